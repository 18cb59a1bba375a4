import { describe, expect, it } from 'vitest';
import { formatDuration, formatWait } from '../../../../renderer/composables/duration';

describe('the length of a call', () => {
  it.each([
    [0, '0:00'],
    [999, '0:00'],
    [7_000, '0:07'],
    [760_000, '12:40'],
    [3_599_999, '59:59'],
    [3_723_000, '1:02:03'],
    [36_000_000, '10:00:00'],
    [-5_000, '0:00'],
  ])('%i ms is %s', (ms, words) => {
    expect(formatDuration(ms)).toBe(words);
  });
});

describe('a wait', () => {
  it.each([
    [1, 'en', '1 second'],
    [11_001, 'en', '12 seconds'],
    [89_000, 'en', '89 seconds'],
    [90_000, 'en', '2 minutes'],
    [180_000, 'de', '3 Minuten'],
  ])('of %i ms in %s is %s', (ms, locale, words) => {
    expect(formatWait(ms, locale)).toBe(words);
  });
});
