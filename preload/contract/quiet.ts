/**
 * Do not disturb: by hand, and by a timetable. Pure, and apart from the schema: the window and the tray offer it by the
 * same rules. All times of day are those of this machine's clock on the wall.
 */

export interface QuietTimes {
  readonly on: boolean;
  /** Days on which it begins, 0 is Sunday; the night that follows belongs to them. */
  readonly days: readonly number[];
  /** Minutes after midnight. An end that is not after the beginning lies on the next day. */
  readonly from: number;
  readonly to: number;
}

export interface DoNotDisturb {
  /** By hand: not at all, until it is switched off, or until then (ms since the epoch). */
  readonly byHand: 'off' | 'untilSwitchedOff' | number;
  readonly times: QuietTimes;
  /** The timetable does not hold before then (ms since the epoch): a person wanted to be disturbed after all. */
  readonly timesFrom: number;
}

/** How long a person can ask for quiet without a timetable. */
export type QuietChoice = 'off' | 'hour' | 'tomorrow' | 'untilSwitchedOff';
export const quietChoices = ['off', 'hour', 'tomorrow', 'untilSwitchedOff'] as const satisfies readonly QuietChoice[];

/** `until`: ms since the epoch; null until it is switched off. */
export interface Quiet {
  readonly until: number | null;
  readonly why: 'byHand' | 'times';
}

/** Minutes after midnight at which "tomorrow" begins. */
export const morning = 8 * 60;

/** @param now ms since the epoch. @returns null when calls may ring. */
export function quietAt(settings: DoNotDisturb, now: number): Quiet | null {
  const { byHand } = settings;
  if (byHand === 'untilSwitchedOff') return { until: null, why: 'byHand' };
  const timed = spansAround(settings, now).find(({ start, end }) => start <= now && now < end);
  const untilByHand = byHand === 'off' || byHand <= now ? 0 : byHand;
  if (timed !== undefined && timed.end >= untilByHand) return { until: timed.end, why: 'times' };
  return untilByHand === 0 ? null : { until: untilByHand, why: 'byHand' };
}

/** When `quietAt` may say something else; null when only a person can change it. */
export function nextChange(settings: DoNotDisturb, now: number): number | null {
  const { byHand } = settings;
  const moments = spansAround(settings, now).flatMap(({ start, end }) => [start, end]);
  const future = [...moments, ...(typeof byHand === 'number' ? [byHand] : [])].filter((moment) => moment > now);
  return future.length === 0 ? null : Math.min(...future);
}

/** What becomes of the settings by a choice. */
export function chooseQuiet(settings: DoNotDisturb, choice: QuietChoice, now: number): DoNotDisturb {
  switch (choice) {
    case 'off': {
      const timed = spansAround(settings, now).find(({ start, end }) => start <= now && now < end);
      return { ...settings, byHand: 'off', timesFrom: timed?.end ?? settings.timesFrom };
    }
    case 'hour':
      return { ...settings, byHand: now + 3_600_000 };
    case 'tomorrow':
      return { ...settings, byHand: momentOn(now, 1, morning) };
    case 'untilSwitchedOff':
      return { ...settings, byHand: 'untilSwitchedOff' };
  }
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** The quiet spans that begin between yesterday and a week from now, in their order. */
function spansAround({ times, timesFrom }: DoNotDisturb, now: number): readonly Span[] {
  if (!times.on) return [];
  const offsets = Array.from({ length: 9 }, (_, index) => index - 1);
  const overnight = times.to <= times.from ? 1 : 0;
  return offsets
    .filter((offset) => times.days.includes(new Date(momentOn(now, offset, 0)).getDay()))
    .map((offset) => ({
      start: Math.max(timesFrom, momentOn(now, offset, times.from)),
      end: momentOn(now, offset + overnight, times.to),
    }))
    .filter(({ start, end }) => start < end);
}

/** By the calendar, so that it is right also when the clocks change in between. */
function momentOn(now: number, daysLater: number, minutes: number): number {
  const day = new Date(now);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + daysLater, 0, minutes).getTime();
}
