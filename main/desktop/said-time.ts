/** A moment of the near future, as people say it. */

/** ms since the epoch, both. @param language BCP 47 tag, which also says how hours are counted. */
export function sayTime(moment: number, language: string, now: number): string {
  const time = { hour: 'numeric', minute: '2-digit' } as const;
  const today = new Date(moment).toDateString() === new Date(now).toDateString();
  return new Intl.DateTimeFormat(language, today ? time : { weekday: 'short', ...time }).format(moment);
}
