/** The list of calls cut into days, and long days into stretches that are shown or hidden as one. Pure. */
import type { HistoryEntry } from '../../preload/contract/history';
import { dayOf } from './moments';

export interface HistoryDay {
  readonly key: string;
  /** Some moment of that day, ms since the epoch. */
  readonly at: number;
  readonly stretches: readonly HistoryStretch[];
}

export interface HistoryStretch {
  readonly calls: readonly HistoryEntry[];
  /** Of the first that one sees: drawn before anybody has looked how far down it is. */
  readonly first: boolean;
}

/** Rows of one stretch: few enough to be drawn within a frame. */
const longest = 20;
/** Rows that fill a tall window. */
const windowful = 60;

/** @param entries newest first. */
export function daysOf(entries: readonly HistoryEntry[]): readonly HistoryDay[] {
  const days: HistoryDay[] = [];
  let before = 0;
  for (const [key, calls] of Map.groupBy(entries, ({ startedAt }) => dayOf(startedAt))) {
    const stretches: HistoryStretch[] = [];
    for (let start = 0; start < calls.length; start += longest) {
      stretches.push({ calls: calls.slice(start, start + longest), first: before + start < windowful });
    }
    days.push({ key, at: calls[0]?.startedAt ?? 0, stretches });
    before += calls.length;
  }
  return days;
}
