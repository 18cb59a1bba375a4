/** Days and times of day in words. Pure; `locale` is a BCP 47 tag, times are ms since the epoch. */
import { dateFormat } from './formatters';

/** A key for the local day of a moment: the same for all its moments. */
export function dayOf(ms: number): string {
  const date = new Date(ms);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}

/** Local days from `ms` to `now`: 0 is today. */
export function daysAgo(ms: number, now: number): number {
  const midnight = (at: number): number => new Date(at).setHours(0, 0, 0, 0);
  // A day on which the clocks are put back or forward is not 24 hours long.
  return Math.round((midnight(now) - midnight(ms)) / 86_400_000);
}

/** `14:02` */
export const timeOfDay = (ms: number, locale: string): string => dateFormat(locale, { timeStyle: 'short' }).format(ms);

/** `Friday, 20 November`, with the year when that is another one. */
export function longDay(ms: number, now: number, locale: string): string {
  const year = new Date(ms).getFullYear() === new Date(now).getFullYear() ? {} : ({ year: 'numeric' } as const);
  return dateFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', ...year }).format(ms);
}

/** `20 Nov`, with the year when that is another one. */
export function shortDay(ms: number, now: number, locale: string): string {
  const year = new Date(ms).getFullYear() === new Date(now).getFullYear() ? {} : ({ year: 'numeric' } as const);
  return dateFormat(locale, { day: 'numeric', month: 'short', ...year }).format(ms);
}

/** `Friday, 20 November 2026 at 14:02:07` */
export const exactly = (ms: number, locale: string): string =>
  dateFormat(locale, { dateStyle: 'full', timeStyle: 'medium' }).format(ms);
