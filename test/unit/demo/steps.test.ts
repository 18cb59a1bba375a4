import { expect, test } from 'vitest';

import { playSteps } from '../../demo/steps.ts';

function play(...runs: (() => Promise<string | undefined>)[]): { lines: string[]; ok: Promise<boolean> } {
  let clock = 0;
  const lines: string[] = [];
  const steps = runs.map((run, index) => ({
    name: `step ${index}`,
    run: () => {
      clock += 12.4;
      return run();
    },
  }));
  return { lines, ok: playSteps(steps, { say: (line) => lines.push(line), now: () => clock }) };
}

test('what comes after a step is outside of its time, and is left out after a failure', async () => {
  let clock = 0;
  const seen: string[] = [];
  const env = { say: (line: string) => seen.push(line), now: () => clock };
  const after = (): Promise<void> => {
    clock += 1000;
    seen.push('picture');
    return Promise.resolve();
  };
  const good = { name: 'good', run: done, after };
  const bad = { name: 'bad', run: () => Promise.reject(new Error('why')), after };
  expect(await playSteps([good, bad], env)).toBe(false);
  expect(seen).toEqual(['  ok      good     0 ms', 'picture', '  FAILED  bad      0 ms', 'why']);
});

const done = (): Promise<string | undefined> => Promise.resolve(undefined);

test('each step is told with its time and what it found', async () => {
  const { lines, ok } = play(done, () => Promise.resolve('440 Hz'));
  expect(await ok).toBe(true);
  expect(lines).toEqual(['  ok      step 0    12 ms', '  ok      step 1    12 ms  440 Hz']);
});

test('the first failure is told and ends it', async () => {
  const { lines, ok } = play(done, () => Promise.reject(new Error('no sound')), done);
  expect(await ok).toBe(false);
  expect(lines).toEqual(['  ok      step 0    12 ms', '  FAILED  step 1    12 ms', 'no sound']);
});
