import { describe, expect, it } from 'vitest';
import type { HistoryEntry } from '../../../../preload/contract/history';
import { daysOf } from '../../../../renderer/composables/history-days';
import { dayOf, daysAgo, longDay, shortDay } from '../../../../renderer/composables/moments';

/** Local time. */
const at = (day: number, hour: number, minute = 0): number => new Date(2026, 10, day, hour, minute).getTime();
const entries = (...times: number[]): HistoryEntry[] =>
  times.map((startedAt, id) => ({ id, startedAt }) as unknown as HistoryEntry);
const shape = (...times: number[]) =>
  daysOf(entries(...times)).map(({ key, stretches }) => [
    key,
    stretches.map(({ calls, first }) => [calls.length, first]),
  ]);

describe('the list of calls', () => {
  it('is cut at midnight', () => {
    expect(shape(at(21, 0, 1), at(20, 23, 59), at(20, 0))).toEqual([
      ['2026-11-21', [[1, true]]],
      ['2026-11-20', [[2, true]]],
    ]);
    expect(shape()).toEqual([]);
  });

  it('is cut within long days, and only what fills a window is drawn at once', () => {
    const day = (on: number, count: number): number[] =>
      Array.from({ length: count }, (_, index) => at(on, 12) - index);
    const first = [20, true];
    expect(shape(...day(21, 70), ...day(20, 10))).toEqual([
      ['2026-11-21', [first, first, first, [10, false]]],
      ['2026-11-20', [[10, false]]],
    ]);
  });
});

describe('days in words', () => {
  it('counts days, not hours', () => {
    expect(daysAgo(at(20, 23, 59), at(21, 0, 1))).toBe(1);
    expect(daysAgo(at(21, 0, 1), at(21, 23, 59))).toBe(0);
    // The clocks are changed in between, wherever they are.
    expect(daysAgo(new Date(2026, 2, 1).getTime(), new Date(2026, 3, 30).getTime())).toBe(60);
    expect(dayOf(at(21, 5))).toBe('2026-11-21');
  });

  it('names the year only when it is another one', () => {
    const now = at(21, 12);
    const before = new Date(2025, 0, 5).getTime();
    expect([longDay(at(20, 8), now, 'en-GB'), longDay(before, now, 'de')]).toEqual([
      'Friday 20 November',
      'Sonntag, 5. Januar 2025',
    ]);
    expect([shortDay(at(20, 8), now, 'en-GB'), shortDay(before, now, 'en-GB')]).toEqual(['20 Nov', '5 Jan 2025']);
  });
});
