/**
 * Where the signalling meets the SDK: collects what a sync brings, hands it over when that sync was processed whole.
 * Only live timelines count: what is paginated from the past or comes from a cache never rings (LV-07, LV-08).
 */
import {
  ClientEvent,
  Direction,
  EventTimeline,
  type MatrixClient,
  type MatrixEvent,
  RoomEvent as SdkRoomEvent,
  RoomMemberEvent,
  SyncState,
} from 'matrix-js-sdk';

import type { Clock } from '../clock';
import { LONGEST_LIFETIME } from '../ringing/policy';
import { ageOf } from './age';
import { readRoomEvent, type RoomEvent } from './room-event';
import { isOut, type SignallingIn, wasIn } from './signalling-in';
import { INITIAL_LIMIT, timelineFilter } from './sync-filter';

export interface TimelineEnv {
  readonly client: MatrixClient;
  readonly signalling: SignallingIn;
  readonly clock: Clock;
  /** ms since the epoch. */
  readonly date: () => number;
}

type MessagesPage = Awaited<ReturnType<MatrixClient['createMessagesRequest']>>;

interface Collected {
  readonly events: { readonly event: MatrixEvent; readonly receivedAt: number }[];
  readonly departures: { readonly eventId: string; readonly userId: string }[];
  gap: boolean;
}

/** Events fetched for one gap; a call has far fewer, and older ones cannot matter any more. LV-06 */
const MOST_MISSING = 100;
const PAGE = 50;

/** Listens until the client is stopped. */
export function watchTimeline({ client, signalling, clock, date }: TimelineEnv): void {
  let collected = new Map<string, Collected>();
  const of = (roomId: string): Collected => {
    const known = collected.get(roomId) ?? { events: [], departures: [], gap: false };
    collected.set(roomId, known);
    return known;
  };

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
  });

  /**
   * What was kept of the last start was dealt with then. Only a call that could still ring is read again, together with
   * what the first sync brings of it: nobody answered it here. LV-07
   */
  function recall(roomId: string, { events }: Collected): void {
    const read = events.flatMap((one) => readRoomEvent(one.event, one.receivedAt) ?? []);
    const newest = read.findLast((event) => !isRecent(event));
    if (newest) signalling.remember(newest.eventId);
    const recent = new Set(read.filter(isRecent).map(({ eventId }) => eventId));
    const kept = events.filter(({ event }) => recent.has(event.getId() ?? ''));
    if (kept.length > 0) collected.set(roomId, { events: kept, departures: [], gap: false });
    else collected.delete(roomId);
  }

  function handOver(roomId: string, { events, departures, gap }: Collected, initial: boolean): void {
    const read = events
      .map(({ event, receivedAt }) => readRoomEvent(event, receivedAt))
      .filter((event) => event !== null);
    const timeline = client.getRoom(roomId)?.getLiveTimeline();
    const from = timeline?.getPaginationToken(EventTimeline.BACKWARDS) ?? null;
    // No call is older than the program: what the first sync brings can ring, or be part of what rings, nothing else.
    const relevant = initial ? read.filter(isRecent) : read;
    const hasGap = gap || (initial && relevant.length >= INITIAL_LIMIT);
    signalling.take({
      roomId,
      events: relevant,
      departures: initial ? [] : departures,
      ...(hasGap && from !== null && { missing: () => missing(roomId, from, initial) }),
    });
  }

  function isRecent(event: RoomEvent): boolean {
    return ageOf(event, clock.now(), date()) < LONGEST_LIFETIME;
  }

  /** What came before `token`, oldest first: back to what we know or, at first, to what is too old to ring. */
  async function missing(roomId: string, token: string, initial: boolean): Promise<readonly RoomEvent[]> {
    const found: RoomEvent[] = [];
    let from: string | undefined = token;
    while (from !== undefined && found.length < MOST_MISSING) {
      const page: MessagesPage = await client
        .createMessagesRequest(roomId, from, PAGE, Direction.Backward, timelineFilter())
        .catch(() => ({ chunk: [], start: '' })); // what is lost now is lost: the calls that we know of go on
      const receivedAt = clock.now();
      for (const raw of page.chunk) {
        const event = readRoomEvent(client.getEventMapper({ decrypt: false })(raw), receivedAt);
        if (event && (signalling.knows(event.eventId) || (initial && !isRecent(event)))) return found.reverse();
        if (event) found.push(event);
      }
      from = page.end;
    }
    return found.reverse();
  }
}
