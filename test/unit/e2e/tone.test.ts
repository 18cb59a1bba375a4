import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { writeTone } from '../../e2e/support/tone.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'carillon-tone-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test.each([440, 1000])('a file of %i Hz holds that many whole waves', (hz) => {
  const name = path.join(folder, 'tone.wav');
  writeTone(name, hz);
  const file = readFileSync(name);
  const samples = Array.from({ length: 48_000 }, (_, index) => file.readInt16LE(44 + 2 * index));
  const upward = samples.filter((sample, index) => sample >= 0 && (samples.at(index - 1) ?? 0) < 0).length;
  expect(upward).toBe(hz);
  expect(Math.max(...samples)).toBeGreaterThan(16_000);
  // From the last sample to the first is one step of the wave, like any other.
  const step = (samples[1] ?? 0) - (samples[0] ?? 0);
  expect((samples[0] ?? 0) - (samples.at(-1) ?? 0)).toBeCloseTo(step, -1);
});
