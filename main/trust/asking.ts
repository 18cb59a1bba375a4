/**
 * May this request to verify be shown? Anybody on any server can send one, to one of our devices or in a room: only our
 * own devices and people of the list, in their direct room, reach the person, and nobody does all the time. Whoever may
 * not is left without an answer, as if nobody were there. Pure.
 */
export interface Asking {
  readonly own: boolean;
  /** Null: sent to this device alone. */
  readonly roomId: string | null;
  /** The direct room with whoever asks; null where there is none. */
  readonly directRoom: string | null;
  readonly ignored: boolean;
  /** ms ago that the same user asked before, as far back as `WINDOW`. */
  readonly before: readonly number[];
  /** Requests that are on the screen already. */
  readonly open: number;
}

/** ms */
export const WINDOW = 10 * 60_000;
const MOST_IN_WINDOW = 5;
const MOST_OPEN = 3;

export function mayAsk({ own, roomId, directRoom, ignored, before, open }: Asking): boolean {
  if (open >= MOST_OPEN || before.length >= MOST_IN_WINDOW) return false;
  return own || (!ignored && roomId !== null && roomId === directRoom);
}
