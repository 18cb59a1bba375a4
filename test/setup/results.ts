/** The tools' own reports, added up: what passed and failed in each part of `npm test`. */
import { readFileSync } from 'node:fs';

import { z } from 'zod';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export interface Part {
  readonly name: string;
  readonly counts: Counts;
  readonly seconds: number;
}

/** A part that is one check in itself. */
export const oneOff = (passed: boolean): Counts => ({ passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 });

const VitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
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

const PlaywrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.unknown()),
});

/** A test that passes only when repeated has failed. */
export function playwrightCounts(file: string, code: number): Counts {
  const report = read(file, PlaywrightReport);
  if (report === undefined) return oneOff(false);
  const { expected, unexpected, flaky, skipped } = report.stats;
  return trusting(code, { passed: expected, failed: unexpected + flaky + report.errors.length, skipped });
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

/** The table, and `N passed, N failed` alone on the last line. */
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
  return ['', ...rows, '', `${total('passed')} passed, ${total('failed')} failed`].join('\n');
}
