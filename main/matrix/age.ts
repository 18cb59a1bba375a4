/** How old an event is. Spec: Voice over IP, "Liveness"; checklist LV-01, LV-02. */

export interface Ageing {
  /** `unsigned.age` */
  readonly age: unknown;
  /** `origin_server_ts` */
  readonly sentAt: unknown;
  /** ms of our monotonic clock. */
  readonly receivedAt: number;
}

/** Stands for "older than any call": an event whose age nobody knows must not ring. */
export const UNKNOWN_AGE = 86_400_000;

/** Clocks of homeservers differ by this much at most, ms; a time further in the future says nothing. */
const CLOCK_SKEW = 60_000;

/**
 * ms since the event was sent: what the homeserver counted plus our own wait. Without that count the two wall clocks
 * must do, and what they cannot tell counts as old.
 * @param now our monotonic clock
 * @param date ms since the epoch
 */
export function ageOf(event: Ageing, now: number, date: number): number {
  const waited = Math.max(0, now - event.receivedAt);
  if (isNumber(event.age)) return Math.max(0, event.age) + waited;
  if (!isNumber(event.sentAt) || event.sentAt - date > CLOCK_SKEW) return UNKNOWN_AGE;
  return Math.max(0, date - event.sentAt);
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
