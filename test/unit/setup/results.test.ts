import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import {
  oneOff,
  playwrightCounts,
  playwrightFailures,
  summary,
  vitestCounts,
  vitestFailures,
} from '../../setup/results.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'carillon-results-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function report(content: unknown): string {
  const file = path.join(folder, 'report.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

const vitestReport = {
  numPassedTests: 7,
  numFailedTests: 1,
  numPendingTests: 2,
  numTodoTests: 1,
  testResults: [
    { status: 'passed', assertionResults: [{}] },
    { status: 'failed', assertionResults: [{}, {}] },
  ],
};
const stats = { expected: 5, unexpected: 1, flaky: 0, skipped: 3 };

describe('what counts as failed', () => {
  test('failed tests', () => {
    expect(vitestCounts(report(vitestReport), 1)).toEqual({ passed: 7, failed: 1, skipped: 3 });
    expect(playwrightCounts(report({ stats, errors: [] }), 1)).toEqual({ passed: 5, failed: 1, skipped: 3 });
  });

  test('a file that does not load', () => {
    const testResults = [{ status: 'failed', assertionResults: [] }];
    expect(vitestCounts(report({ ...vitestReport, testResults }), 1).failed).toBe(2);
  });

  test('a test that passes only when repeated, and an error outside of tests', () => {
    expect(playwrightCounts(report({ stats: { ...stats, flaky: 1 }, errors: [{}] }), 1).failed).toBe(3);
  });

  test('a tool that fails although all its tests passed', () => {
    expect(vitestCounts(report({ ...vitestReport, numFailedTests: 0, testResults: [] }), 1).failed).toBe(1);
    expect(playwrightCounts(report({ stats: { ...stats, unexpected: 0 }, errors: [] }), 1).failed).toBe(1);
  });

  test.each(['', '{', '{}'])('a report that reads %j', (content) => {
    expect(vitestCounts(report(content), 0)).toEqual(oneOff(false));
    expect(playwrightCounts(report(content), 0)).toEqual(oneOff(false));
  });

  test('a report that is missing', () => {
    expect(vitestCounts(path.join(folder, 'none.json'), 0)).toEqual(oneOff(false));
  });
});

describe('what failed is named', () => {
  test('by vitest', () => {
    const long = Array.from({ length: 40 }, (_, line) => `line ${String(line)}`).join('\n');
    const testResults = [
      {
        name: 'a.test.ts',
        status: 'failed',
        assertionResults: [
          { status: 'passed', fullName: 'rings', failureMessages: [] },
          { status: 'failed', fullName: 'hangs up', failureMessages: ['\u001B[31mno hangup\u001B[39m', long] },
        ],
      },
      { name: 'b.test.ts', status: 'failed', message: 'cannot load', assertionResults: [] },
    ];
    const [first, second] = vitestFailures(report({ ...vitestReport, testResults }));
    expect(first?.title).toBe('a.test.ts › hangs up');
    expect(first?.message.split('\n').slice(0, 2)).toEqual(['no hangup', 'line 0']);
    expect(first?.message.split('\n')).toHaveLength(12);
    expect(second).toEqual({ title: 'b.test.ts', message: 'cannot load' });
  });

  test('by Playwright, however deep it stands', () => {
    const spec = (ok: boolean, message: string) => ({
      title: 'rings',
      ok,
      file: 'call.spec.ts',
      line: 7,
      tests: [{ results: [{ errors: [{ message }] }] }],
    });
    const suites = [
      { title: 'call.spec.ts', specs: [spec(true, '')], suites: [{ title: 'voice', specs: [spec(false, 'silence')] }] },
    ];
    expect(playwrightFailures(report({ stats, errors: [{ message: 'no server' }], suites }))).toEqual([
      { title: 'outside of tests', message: 'no server' },
      { title: 'call.spec.ts:7 › rings', message: 'silence' },
    ]);
  });

  test('not from a report that is missing', () => {
    expect(vitestFailures(path.join(folder, 'none.json'))).toEqual([]);
    expect(playwrightFailures(path.join(folder, 'none.json'))).toEqual([]);
  });
});

test('the summary ends with the totals alone on their line', () => {
  const text = summary([
    { name: 'lint', counts: oneOff(true), failures: [], seconds: 1.26 },
    {
      name: 'end to end',
      counts: { passed: 5, failed: 2, skipped: 1 },
      failures: [{ title: 'call.spec.ts:7 › rings', message: 'silence\n\nat the far end' }],
      seconds: 61,
    },
  ]);
  expect(text.split('\n')).toEqual([
    '',
    'FAILED  call.spec.ts:7 › rings',
    '        silence',
    '',
    '        at the far end',
    '',
    'ok      lint            1 passed    0 failed    0 skipped      1.3 s',
    'FAILED  end to end      5 passed    2 failed    1 skipped     61.0 s',
    '',
    '6 passed, 2 failed',
  ]);
});
