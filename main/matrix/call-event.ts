/** Which events of a room are signals of a call, and which call. Their contents are the engine's (R3). */
import { CallId } from '../../preload/contract/ids';
import { type ReceivedCallEventType, receivedCallEventTypes } from '../../preload/contract/signalling';
import type { RoomEvent } from './room-event';

export type ReadCallEvent =
  | { readonly ok: true; readonly type: ReceivedCallEventType; readonly callId: CallId }
  /** The rule that it breaks; null for an event of another kind. */
  | { readonly ok: false; readonly breaks: string | null };

/** Bytes of the JSON; the homeserver's own limit for a whole event. IC-19 */
const MOST_BYTES = 65_536;
/** Levels of objects and lists. Real ones have four; thousands would overflow the stack of whoever copies them. V1-13 */
const MOST_LEVELS = 32;

const stable: ReadonlySet<string> = new Set(receivedCallEventTypes);

/** Names from before a proposal was merged, or while it is not. SM-11, X-02 */
const unstable: ReadonlyMap<string, string> = new Map([
  ['org.matrix.call.sdp_stream_metadata_changed', 'm.call.sdp_stream_metadata_changed'],
  ['org.matrix.call.asserted_identity', 'm.call.asserted_identity'],
]);

/** Events that break a rule are dropped with one line in the log; a redacted one has lost its content and says nothing. */
export function readCallEvent(event: Pick<RoomEvent, 'type' | 'content'>): ReadCallEvent {
  const type = unstable.get(event.type) ?? event.type;
  if (!isCallEventType(type)) return { ok: false, breaks: null };
  if (Object.keys(event.content).length === 0) return { ok: false, breaks: null };
  const callId = CallId.safeParse(event.content.call_id);
  if (!callId.success) return { ok: false, breaks: 'V1-04 call_id' };
  if (!isShallow(event.content, MOST_LEVELS)) return { ok: false, breaks: 'V1-13 depth' };
  if (JSON.stringify(event.content).length > MOST_BYTES) return { ok: false, breaks: 'IC-19 size' };
  return { ok: true, type, callId: callId.data };
}

function isCallEventType(type: string): type is ReceivedCallEventType {
  return stable.has(type);
}

function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((part) => isShallow(part, levels - 1));
}
