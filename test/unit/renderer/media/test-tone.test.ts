import { describe, expect, it } from 'vitest';
import { levelOf } from '../../../../renderer/media/level';
import { renderTestTone } from '../../../../renderer/media/test-tone';

describe('the test tone', () => {
  it('is heard, never too loud, and begins and ends without a click', () => {
    const samples = renderTestTone(48_000);
    const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    const steepest = samples.reduce((most, sample, i) => Math.max(most, Math.abs(sample - (samples[i - 1] ?? 0))), 0);
    expect(peak).toBeGreaterThan(0.2);
    expect(peak).toBeLessThanOrEqual(0.25);
    expect(steepest).toBeLessThan(0.05);
    expect(Math.abs(samples.at(-1) ?? 1)).toBeLessThan(0.01);
  });
});

describe('the meter', () => {
  it.each([
    [Number.NEGATIVE_INFINITY, 0],
    [-80, 0],
    [-60, 0],
    [-30, 0.5],
    [0, 1],
    [6, 1],
  ])('%d dB is %d', (decibels, level) => {
    expect(levelOf(decibels)).toBe(level);
  });
});
