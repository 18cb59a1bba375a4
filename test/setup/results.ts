/** The tools' own reports, added up: what passed and failed in each part of `npm test`. */
import { readFileSync } from 'node:fs';

import { z } from 'zod';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** A failed test: where it stands, its title, and the first lines of what went wrong. */
export interface Failure {
  readonly title: string;
  readonly message: string;
}

export interface Part {
  readonly name: string;
  readonly counts: Counts;
  /** Those the tool's report names. */
  readonly failures: readonly Failure[];
  readonly seconds: number;
}

/** A part that is one check in itself. */
export const oneOff = (passed: boolean): Counts => ({ passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 });

const VitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string().default(''),
      status: z.string(),
      message: z.string().default(''),
      assertionResults: z.array(
        z.object({
          status: z.string().default(''),
          fullName: z.string().default(''),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});

/** @param code vitest's exit code: it may have failed for what is no test's fault, such as an unhandled rejection. */
export function vitestCounts(file: string, code: number): Counts {
  const report = read(file, VitestReport);
  if (report === undefined) return oneOff(false);
  // A file that does not load has no tests to fail.
  const unloadable = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length;
  const skipped = report.numPendingTests + report.numTodoTests;
  return trusting(code, { passed: report.numPassedTests, failed: report.numFailedTests + unloadable, skipped });
}

export function vitestFailures(file: string): Failure[] {
  return (read(file, VitestReport)?.testResults ?? []).flatMap(({ name, status, message, assertionResults }) => {
    if (status === 'failed' && assertionResults.length === 0) return [failure(name, message)];
    return assertionResults
      .filter((test) => test.status === 'failed')
      .map((test) => failure(`${name} › ${test.fullName}`, test.failureMessages?.join('\n') ?? ''));
  });
}

const PlaywrightError = z.object({ message: z.string().default('') });
const PlaywrightSuite = z.object({
  title: z.string(),
  get suites() {
    return z.array(PlaywrightSuite).optional();
  },
  specs: z
    .array(
      z.object({
        title: z.string(),
        ok: z.boolean(),
        file: z.string(),
        line: z.number(),
        tests: z.array(z.object({ results: z.array(z.object({ errors: z.array(PlaywrightError).default([]) })) })),
      }),
    )
    .optional(),
});
const PlaywrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(PlaywrightError),
  suites: z.array(PlaywrightSuite).optional(),
});

/** A test that passes only when repeated has failed. */
export function playwrightCounts(file: string, code: number): Counts {
  const report = read(file, PlaywrightReport);
  if (report === undefined) return oneOff(false);
  const { expected, unexpected, flaky, skipped } = report.stats;
  return trusting(code, { passed: expected, failed: unexpected + flaky + report.errors.length, skipped });
}

export function playwrightFailures(file: string): Failure[] {
  const report = read(file, PlaywrightReport);
  const inSuite = (suite: z.infer<typeof PlaywrightSuite>): Failure[] => [
    ...(suite.specs ?? [])
      .filter(({ ok }) => !ok)
      .map(({ title, file: where, line, tests }) => {
        const errors = tests.flatMap(({ results }) => results.flatMap((result) => result.errors));
        return failure(`${where}:${String(line)} › ${title}`, errors.map(({ message }) => message).join('\n'));
      }),
    ...(suite.suites ?? []).flatMap(inSuite),
  ];
  return [
    ...(report?.errors ?? []).map(({ message }) => failure('outside of tests', message)),
    ...(report?.suites ?? []).flatMap(inSuite),
  ];
}

/** Lines of a message that say enough to begin with; the whole of it stands above, where the test ran. */
const shown = 12;
// eslint-disable-next-line no-control-regex -- colours of a terminal
const colours = /\u001B\[[\d;]*m/g;

function failure(title: string, message: string): Failure {
  const lines = message.replaceAll(colours, '').split('\n');
  return { title, message: lines.slice(0, shown).join('\n').trimEnd() };
}

/** A tool that says it failed has failed, whatever its report says. */
function trusting(code: number, counts: Counts): Counts {
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

function read<T>(file: string, schema: z.ZodType<T>): T | undefined {
  try {
    return schema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch {
    return undefined;
  }
}

/** What failed, by name; the table; and `N passed, N failed` alone on the last line. */
export function summary(parts: readonly Part[]): string {
  const total = (key: keyof Counts): number => parts.reduce((sum, { counts }) => sum + counts[key], 0);
  const width = Math.max(...parts.map(({ name }) => name.length));
  const rows = parts.map(({ name, counts, seconds }) =>
    [
      counts.failed === 0 ? 'ok    ' : 'FAILED',
      name.padEnd(width),
      `${counts.passed} passed`.padStart(12),
      `${counts.failed} failed`.padStart(10),
      `${counts.skipped} skipped`.padStart(11),
      `${seconds.toFixed(1)} s`.padStart(9),
    ].join('  '),
  );
  const failures = parts.flatMap((each) => each.failures);
  const told = failures.flatMap(({ title, message }) => ['', `FAILED  ${title}`, ...message.split('\n').map(indent)]);
  return [...told, '', ...rows, '', `${total('passed')} passed, ${total('failed')} failed`].join('\n');
}

const indent = (line: string): string => `        ${line}`.trimEnd();
