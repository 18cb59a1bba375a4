import { describe, expect, it } from 'vitest';
import { chooseQuiet, type DoNotDisturb, nextChange, quietAt } from '../../../../preload/contract/quiet';

/** Local time, as the rules see it. 4 March 2026 is a Wednesday. */
const at = (day: number, hour: number, minute = 0): number => new Date(2026, 2, day, hour, minute).getTime();
const off: DoNotDisturb = {
  byHand: 'off',
  times: { on: false, days: [0, 1, 2, 3, 4, 5, 6], from: 22 * 60, to: 7 * 60 },
  timesFrom: 0,
};
const timed = (times: Partial<DoNotDisturb['times']>, over: Partial<DoNotDisturb> = {}): DoNotDisturb => ({
  ...off,
  ...over,
  times: { ...off.times, on: true, ...times },
});

describe('quiet by hand', () => {
  it('is off, holds until it is switched off, or until its time', () => {
    expect(quietAt(off, at(4, 12))).toBeNull();
    expect(quietAt({ ...off, byHand: 'untilSwitchedOff' }, at(4, 12))).toEqual({ until: null, why: 'byHand' });
    const untilOne = { ...off, byHand: at(4, 13) };
    expect(quietAt(untilOne, at(4, 12))).toEqual({ until: at(4, 13), why: 'byHand' });
    expect(quietAt(untilOne, at(4, 13))).toBeNull();
  });

  it('is chosen for an hour, until tomorrow morning, or until it is switched off', () => {
    expect(chooseQuiet(off, 'hour', at(4, 12)).byHand).toBe(at(4, 13));
    expect(chooseQuiet(off, 'tomorrow', at(4, 12)).byHand).toBe(at(5, 8));
    expect(chooseQuiet(off, 'untilSwitchedOff', at(4, 12)).byHand).toBe('untilSwitchedOff');
    expect(chooseQuiet({ ...off, byHand: 'untilSwitchedOff' }, 'off', at(4, 12))).toEqual(off);
  });
});

describe('quiet by the timetable', () => {
  it.each([
    ['before it begins', at(4, 21, 59), null],
    ['from its first minute', at(4, 22), at(5, 7)],
    ['past midnight', at(5, 3), at(5, 7)],
    ['until its end', at(5, 7), null],
  ])('across midnight: %s', (_when, now, until) => {
    expect(quietAt(timed({}), now)).toEqual(until === null ? null : { until, why: 'times' });
  });

  it('within a day', () => {
    const lunch = timed({ from: 12 * 60, to: 13 * 60 });
    expect(quietAt(lunch, at(4, 12, 30))?.until).toBe(at(4, 13));
    expect(quietAt(lunch, at(4, 13, 30))).toBeNull();
  });

  it('a whole day, when it ends as it begins', () => {
    const sunday = timed({ days: [0], from: 0, to: 0 });
    expect(quietAt(sunday, at(8, 23, 59))?.until).toBe(at(9, 0));
    expect(quietAt(sunday, at(9, 0))).toBeNull();
  });

  it('the night belongs to the day on which it begins', () => {
    const tuesday = timed({ days: [2] });
    expect(quietAt(tuesday, at(4, 3))).not.toBeNull();
    expect(quietAt(tuesday, at(3, 3))).toBeNull();
    expect(quietAt(tuesday, at(4, 23))).toBeNull();
  });

  it('never without a day', () => {
    expect(quietAt(timed({ days: [] }), at(4, 23))).toBeNull();
    expect(nextChange(timed({ days: [] }), at(4, 23))).toBeNull();
  });

  it('is ended for this time by "off", and holds again the next', () => {
    const ended = chooseQuiet(timed({}), 'off', at(5, 3));
    expect(quietAt(ended, at(5, 4))).toBeNull();
    expect(quietAt(ended, at(5, 22))).toEqual({ until: at(6, 7), why: 'times' });
  });

  it('and by hand: whichever lasts longer', () => {
    expect(quietAt(timed({}, { byHand: at(5, 9) }), at(5, 3))).toEqual({ until: at(5, 9), why: 'byHand' });
    expect(quietAt(timed({}, { byHand: at(5, 4) }), at(5, 3))).toEqual({ until: at(5, 7), why: 'times' });
  });
});

describe('the next change', () => {
  it.each([
    ['none by itself', off, at(4, 12), null],
    ['the end of an hour', { ...off, byHand: at(4, 13) }, at(4, 12), at(4, 13)],
    ['the beginning of the timetable', timed({}), at(4, 12), at(4, 22)],
    ['its end', timed({}), at(4, 23), at(5, 7)],
    ['a day of the next week', timed({ days: [2] }), at(4, 12), at(10, 22)],
  ])('is %s', (_what, settings, now, moment) => {
    expect(nextChange(settings, now)).toBe(moment);
  });
});
