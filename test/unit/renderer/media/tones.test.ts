import { describe, expect, it } from 'vitest';
import { ringtones } from '../../../../preload/contract/ringtones';
import { renderRingtone } from '../../../../renderer/media/ringtones';
import { renderDigit, renderTone, type Tone } from '../../../../renderer/media/tones';

const rate = 48_000;
const tones: readonly Tone[] = ['waiting', 'held', 'ringback', 'busy', 'congestion', 'lost', 'ended', 'answered'];

/** Energy of one frequency among `samples`, by the Goertzel algorithm, as a share of the whole. */
function share(samples: Float32Array, hertz: number): number {
  const k = 2 * Math.cos((2 * Math.PI * hertz) / rate);
  let [before, last] = [0, 0];
  for (const sample of samples) [before, last] = [last, sample + k * last - before];
  const energy = samples.reduce((sum, sample) => sum + sample * sample, 0);
  return (last * last + before * before - k * last * before) / (energy * (samples.length / 2));
}

describe('tones', () => {
  it.each([...tones, ...ringtones])('%s stays within its level, starts and ends without a click', (name) => {
    const ringtone = ringtones.find((one) => one === name);
    const samples = ringtone === undefined ? renderTone(name as Tone, rate) : renderRingtone(ringtone, rate);
    const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    const steepest = samples.reduce((most, sample, i) => Math.max(most, Math.abs(sample - (samples[i - 1] ?? 0))), 0);
    expect(peak).toBeGreaterThan(0.05);
    expect(peak).toBeLessThanOrEqual(0.5001);
    expect(steepest).toBeLessThan(0.2);
    expect(Math.abs(samples.at(-1) ?? 1)).toBeLessThan(0.01);
  });

  it('ringtones differ, are equally loud at their loudest, and leave a pause to speak in', () => {
    const all = ringtones.map((ringtone) => renderRingtone(ringtone, rate));
    expect(new Set(all.map((samples) => samples.slice(0, rate).join())).size).toBe(ringtones.length);
    for (const samples of all) {
      const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
      expect(loudest).toBeCloseTo(0.5);
      const end = samples.subarray(-0.4 * rate);
      expect(end.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)).toBeLessThan(0.06);
    }
  });

  it.each([
    ['busy', 0.5, 0.5],
    ['congestion', 0.25, 0.25],
  ] as const)('E.180: %s is 425 Hz, %f s on, %f s off', (tone, on, off) => {
    const samples = renderTone(tone, rate);
    const period = on + off;
    for (let at = 0; at < 2; at += period) {
      expect(share(samples.subarray(at * rate, (at + on) * rate), 425)).toBeGreaterThan(0.9);
      expect(samples.subarray((at + on) * rate, (at + period) * rate).every((sample) => sample === 0)).toBe(true);
    }
  });

  it('E.180: ringback is 425 Hz, one second on, four off', () => {
    const samples = renderTone('ringback', rate);
    expect(samples.length).toBe(5 * rate);
    expect(share(samples.subarray(0, rate), 425)).toBeGreaterThan(0.95);
    expect(samples.subarray(rate, 5 * rate).every((sample) => sample === 0)).toBe(true);
  });

  it.each([
    ['1', 697, 1209],
    ['6', 770, 1477],
    ['*', 941, 1209],
    ['0', 941, 1336],
    ['#', 941, 1477],
  ])('Q.23: %s is %i and %i Hz, equally loud', (digit, low, high) => {
    const samples = renderDigit(digit, rate).subarray(0, 0.12 * rate);
    expect(share(samples, low)).toBeGreaterThan(0.4);
    expect(share(samples, high)).toBeGreaterThan(0.4);
  });
});
