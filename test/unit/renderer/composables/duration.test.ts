import { describe, expect, it } from 'vitest';
import { formatDuration, formatLength, formatWait } from '../../../../renderer/composables/duration';

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

describe('a length of time', () => {
  it.each([
    [0, 'en', '0 sec'],
    [499, 'en', '0 sec'],
    [42_000, 'en', '42 sec'],
    [760_000, 'en', '12 min 40 sec'],
    [760_000, 'de', '12 Min. 40 Sek.'],
    [3_600_000, 'en', '1 hr'],
    [3_930_000, 'en', '1 hr 5 min'],
    [-5000, 'en', '0 sec'],
  ])('%i ms in %s: %s', (ms, locale, words) => {
    // Some locales put a space there that does not break.
    expect(formatLength(ms, locale).replaceAll('\u00a0', ' ')).toBe(words);
  });
});
