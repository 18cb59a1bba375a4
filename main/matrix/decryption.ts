/**
 * Encrypted events on their way to the signalling: each is waited for while it is being decrypted, and one whose key has
 * not come yet is kept until it does. Checklist LV-04, LV-13.
 */
import { type MatrixClient, type MatrixEvent, MatrixEventEvent } from 'matrix-js-sdk';

import { type Clock, within } from '../clock';
import type { RoomCrypto } from './room-crypto';
import { readRoomEvent, type RoomEvent } from './room-event';

export interface Received {
  readonly event: MatrixEvent;
  /** ms of our monotonic clock. */
  readonly receivedAt: number;
}

export interface Decryption {
  /** Those that can be read, in order; the others follow by `late`. Never rejects. */
  readonly read: (events: readonly Received[]) => Promise<readonly RoomEvent[]>;
  /** Its key has not come yet. */
  readonly awaits: (eventId: string) => boolean;
  /** Those of a room whose key is here now, before `late` tells them: what follows them must not come first. */
  readonly takeLate: (roomId: string) => readonly Received[];
}

export interface DecryptionEnv {
  readonly client: MatrixClient;
  readonly crypto: Pick<RoomCrypto, 'standingOf'>;
  readonly clock: Clock;
  /** These of a room can be read now; in the order in which they came. */
  readonly late: (roomId: string, events: readonly Received[]) => void;
}

/** ms; decryption is local work, and what takes longer is as good as a missing key. */
const PATIENCE = 3000;
/** ms in which what one key opens comes together: an invite and the hangup that settled it. LV-05 */
const GATHER = 50;
/** Events whose keys may still come; the oldest are given up first. */
const MOST_AWAITED = 2000;

export function makeDecryption({ client, crypto, clock, late }: DecryptionEnv): Decryption {
  /** By event id, in the order in which they came. */
  const awaited = new Map<string, Received>();
  let opened = new Set<string>();

  client.on(MatrixEventEvent.Decrypted, (event) => {
    const eventId = event.getId() ?? '';
    if (!awaited.has(eventId) || event.isDecryptionFailure()) return;
    if (opened.size === 0) clock.after(GATHER, tellLate);
    opened.add(eventId);
  });

  function tellLate(): void {
    const ready = take(({ event }) => opened.has(event.getId() ?? ''));
    opened = new Set();
    const rooms = Map.groupBy(ready, ({ event }) => event.getRoomId() ?? '');
    for (const [roomId, events] of rooms) late(roomId, events);
  }

  function take(which: (received: Received) => boolean): readonly Received[] {
    const taken = [...awaited].filter(([, received]) => which(received));
    for (const [eventId] of taken) awaited.delete(eventId);
    return taken.map(([, received]) => received);
  }

  function wait(eventId: string, received: Received): void {
    awaited.set(eventId, received);
    for (const oldest of awaited.keys()) {
      if (awaited.size <= MOST_AWAITED) break;
      awaited.delete(oldest);
    }
  }

  async function readOne(received: Received): Promise<RoomEvent | null> {
    const { event, receivedAt } = received;
    if (!event.isEncrypted() || event.isRedacted()) return readRoomEvent(event, receivedAt);
    await within(clock, PATIENCE, event.getDecryptionPromise() ?? Promise.resolve());
    if (event.isBeingDecrypted() || event.isDecryptionFailure() || event.getClearContent() === null) {
      wait(event.getId() ?? '', received);
      return null;
    }
    // Most of what is encrypted is no call: what the crypto says of its sender need not be asked.
    const read = readRoomEvent(event, receivedAt);
    if (!read?.type.includes('.call.')) return read;
    const standing = await crypto.standingOf(event).catch(() => 'forged' as const);
    return readRoomEvent(event, receivedAt, standing);
  }

  return {
    read: async (events) => (await Promise.all(events.map(readOne))).filter((event) => event !== null),
    awaits: (eventId) => awaited.has(eventId),
    takeLate: (roomId) =>
      take(({ event }) => event.getRoomId() === roomId && (event.isBeingDecrypted() || !event.isDecryptionFailure())),
  };
}
