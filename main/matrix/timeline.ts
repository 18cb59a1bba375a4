/**
 * Where the signalling meets the SDK: collects what a sync brings, hands it over when that sync was processed whole and
 * its events were decrypted, and once more what could only be decrypted later.
 * Only live timelines count: what is paginated from the past or comes from a cache never rings (LV-07, LV-08).
 */
import {
  ClientEvent,
  Direction,
  EventTimeline,
  type MatrixClient,
  RoomEvent as SdkRoomEvent,
  RoomMemberEvent,
  SyncState,
} from 'matrix-js-sdk';

import type { Clock } from '../clock';
import { LONGEST_LIFETIME } from '../ringing/policy';
import { ageOf } from './age';
import { makeDecryption, type Received } from './decryption';
import { makeLanes } from './lanes';
import { pruneTimeline } from './prune';
import type { RoomCrypto } from './room-crypto';
import { readRoomEvent, type RoomEvent } from './room-event';
import { isOut, type SignallingIn, wasIn } from './signalling-in';
import { INITIAL_LIMIT, timelineFilter } from './sync-filter';

export interface TimelineEnv {
  readonly client: MatrixClient;
  readonly crypto: Pick<RoomCrypto, 'standingOf'>;
  readonly signalling: SignallingIn;
  readonly clock: Clock;
  /** ms since the epoch. */
  readonly date: () => number;
}

type MessagesPage = Awaited<ReturnType<MatrixClient['createMessagesRequest']>>;

interface Collected {
  readonly events: Received[];
  readonly departures: { readonly eventId: string; readonly userId: string }[];
  gap: boolean;
}

/**
 * Events fetched for one gap. A call has far fewer; but what was missed in a conversation of two while the program was
 * away shall be told, and in an encrypted one calls stand among everything else. LV-06
 */
const MOST_MISSING = { ofTwo: 500, ofMany: 100 };
const PAGE = 50;
/** Rooms whose gaps are filled at once: after a week away a thousand may have one. */
const LANES = 4;

/** Listens until the client is stopped. */
export function watchTimeline({ client, crypto, signalling, clock, date }: TimelineEnv): void {
  let collected = new Map<string, Collected>();
  const of = (roomId: string): Collected => {
    const known = collected.get(roomId) ?? { events: [], departures: [], gap: false };
    collected.set(roomId, known);
    return known;
  };
  const lanes = makeLanes(LANES);
  const decryption = makeDecryption({
    client,
    crypto,
    clock,
    late: (roomId, events) => {
      signalling.take({ roomId, events: () => decryption.read(events), departures: [] });
    },
  });

  client.on(SdkRoomEvent.Timeline, (event, room, toStart, removed, { timeline }) => {
    if (!room || toStart === true || removed || timeline !== room.getLiveTimeline()) return;
    of(room.roomId).events.push({ event, receivedAt: clock.now() });
  });
  client.on(SdkRoomEvent.TimelineReset, (room) => {
    if (room) of(room.roomId).gap = true;
  });
  client.on(RoomMemberEvent.Membership, (event, { roomId, userId, membership }, before) => {
    const eventId = event.getId();
    const from = before ?? event.getPrevContent().membership;
    if (eventId !== undefined && wasIn(from) && isOut(membership)) of(roomId).departures.push({ eventId, userId });
  });

  client.on(ClientEvent.Sync, (state, _before, data) => {
    if (state !== SyncState.Prepared && state !== SyncState.Syncing) return;
    if (data?.fromCache === true) {
      for (const [roomId, room] of collected) recall(roomId, room);
      return;
    }
    const rooms = collected;
    collected = new Map();
    const initial = data?.oldSyncToken === undefined;
    for (const [roomId, room] of rooms) handOver(roomId, room, initial);
    for (const roomId of rooms.keys()) prune(roomId);
  });

  /** A key that is on its way may open an event of any age. */
  function prune(roomId: string): void {
    const room = client.getRoom(roomId);
    if (room) pruneTimeline(room, (event) => event.isBeingDecrypted() || decryption.awaits(event.getId() ?? ''));
  }

  /**
   * What was kept of the last start was dealt with then. Only a call that could still ring is read again, together with
   * what the first sync brings of it: nobody answered it here. LV-07
   */
  function recall(roomId: string, { events }: Collected): void {
    const newest = events.findLast((one) => !isRecent(one))?.event.getId();
    if (newest !== undefined) signalling.remember(newest);
    const kept = events.filter(isRecent);
    if (kept.length > 0) collected.set(roomId, { events: kept, departures: [], gap: false });
    else collected.delete(roomId);
  }

  function handOver(roomId: string, { events, departures, gap }: Collected, initial: boolean): void {
    const timeline = client.getRoom(roomId)?.getLiveTimeline();
    const from = timeline?.getPaginationToken(EventTimeline.BACKWARDS) ?? null;
    // No call is older than the program: what the first sync brings can ring, or be part of what rings, nothing else.
    const relevant = initial ? events.filter(isRecent) : events;
    const hasGap = gap || (initial && relevant.length >= INITIAL_LIMIT);
    const late = decryption.takeLate(roomId);
    const inClear = late.length === 0 && relevant.every(({ event }) => !event.isEncrypted());
    signalling.take({
      roomId,
      events: inClear && !(hasGap && from !== null) ? readClear(relevant) : whole,
      departures: initial ? [] : departures,
    });

    async function whole(): Promise<readonly RoomEvent[]> {
      const isOfTwo = (client.getRoom(roomId)?.getInvitedAndJoinedMemberCount() ?? 0) <= 2;
      const most = isOfTwo ? MOST_MISSING.ofTwo : MOST_MISSING.ofMany;
      const fill = (token: string) => lanes(isOfTwo, () => missing(roomId, token, initial, most));
      const older = hasGap && from !== null ? await fill(from) : [];
      return decryption.read([...late, ...older, ...relevant]);
    }
  }

  function isRecent({ event, receivedAt }: Received): boolean {
    const read = readRoomEvent(event, receivedAt);
    return read !== null && ageOf(read, clock.now(), date()) < LONGEST_LIFETIME;
  }

  const isKnown = (eventId: string): boolean => signalling.knows(eventId) || decryption.awaits(eventId);

  /** What came before `token`, oldest first: back to what we know or, at first, to what is too old to ring. */
  async function missing(roomId: string, token: string, initial: boolean, most: number): Promise<readonly Received[]> {
    const found: Received[] = [];
    let from: string | undefined = token;
    while (from !== undefined && found.length < most) {
      const page: MessagesPage = await client
        .createMessagesRequest(roomId, from, PAGE, Direction.Backward, timelineFilter())
        .catch(() => ({ chunk: [], start: '' })); // what is lost now is lost: the calls that we know of go on
      const receivedAt = clock.now();
      for (const raw of page.chunk) {
        const received = { event: client.getEventMapper()(raw), receivedAt };
        const eventId = received.event.getId();
        if (eventId === undefined) continue;
        if (isKnown(eventId) || (initial && !isRecent(received))) return found.reverse();
        found.push(received);
      }
      from = page.end;
    }
    return found.reverse();
  }
}

function readClear(events: readonly Received[]): readonly RoomEvent[] {
  return events.flatMap(({ event, receivedAt }) => readRoomEvent(event, receivedAt) ?? []);
}
