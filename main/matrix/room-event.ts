/** One event of a room's timeline as the signalling reads it: plain data, nothing parsed, nothing trusted. */
import type { MatrixEvent } from 'matrix-js-sdk';

import type { Standing } from './room-crypto';

export interface RoomEvent {
  readonly eventId: string;
  readonly roomId: string;
  readonly sender: string;
  readonly type: string;
  readonly content: Readonly<Record<string, unknown>>;
  /** ms, as the homeserver counted them when it handed the event over; absent or nonsense at times. LV-01 */
  readonly age: unknown;
  /** ms since the epoch by the clock of the sender's homeserver. */
  readonly sentAt: unknown;
  /** Our monotonic clock when it arrived. */
  readonly receivedAt: number;
  readonly encrypted: boolean;
  /** What its encryption says of its sender; what came in clear is nobody's word. EN-02, EN-03 */
  readonly standing: Standing | 'clear';
  /** This device sent it: only then does the homeserver return the transaction id. */
  readonly ownDevice: boolean;
  /** Of a redaction. */
  readonly redacts: string | undefined;
  /** Of a membership event: who, from what, to what. */
  readonly membership: { readonly userId: string; readonly from: unknown; readonly to: unknown } | undefined;
}

/**
 * Read it as late as possible: decryption and redaction change what an event says.
 * @returns null for what is no event: inside of its encryption its sender may write anything. V1-13
 */
export function readRoomEvent(
  event: MatrixEvent,
  receivedAt: number,
  standing: RoomEvent['standing'] = 'clear',
): RoomEvent | null {
  const [eventId, roomId, sender] = [event.getId(), event.getRoomId(), event.getSender()];
  if (eventId === undefined || roomId === undefined || sender === undefined) return null;
  const unsigned: Readonly<Record<string, unknown>> = { ...event.getUnsigned() };
  const [type, content]: readonly unknown[] = [event.getType(), event.getContent()];
  if (typeof type !== 'string' || !isObject(content)) return null;
  // What the homeserver acts upon it can read: whoever encrypts such an event has only written it. LV-15, RM-01
  const isHeeded = !event.isEncrypted();
  const redacts = event.event.redacts ?? content.redacts; // room version 11 moved it into the content
  return {
    eventId,
    roomId,
    sender,
    type,
    content,
    age: unsigned.age,
    sentAt: event.event.origin_server_ts,
    receivedAt,
    encrypted: event.isEncrypted(),
    standing,
    ownDevice: typeof unsigned.transaction_id === 'string',
    redacts: isHeeded && type === 'm.room.redaction' && typeof redacts === 'string' ? redacts : undefined,
    membership:
      isHeeded && type === 'm.room.member'
        ? { userId: event.getStateKey() ?? '', from: event.getPrevContent().membership, to: content.membership }
        : undefined,
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
