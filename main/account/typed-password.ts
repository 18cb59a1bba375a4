/**
 * The password that somebody signed in with. Making the identity of a new account asks for it once more, seconds later,
 * and the person should not have to type it twice. It is let go at the first of: taken, a few minutes, the session's end.
 */
import type { Clock } from '../clock';

export interface TypedPassword {
  /** Gives it up; null from then on. */
  readonly take: () => string | null;
}

/** ms; the first sync and one more request are through by then, or the homeserver is not there. */
const KEEP = 5 * 60_000;

/** @param password null where another way of signing in was taken, or none was needed. */
export function makeTypedPassword(password: string | null, clock: Clock): TypedPassword {
  let kept = password;
  const take = (): string | null => {
    const taken = kept;
    kept = null;
    cancelTimer?.();
    return taken;
  };
  const cancelTimer = kept === null ? null : clock.after(KEEP, take);
  return { take };
}
