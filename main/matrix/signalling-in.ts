/**
 * From what a sync brought of one room to the signals of its calls: in order, once each, with their age and, for an
 * invite, whether it may ring. A room whose timeline had a gap waits until the gap is filled; the other rooms do not.
 * Spec: Voice over IP, "Liveness"; checklist LV-01..LV-06, LV-15, RM-01, RM-05, V1-04, V1-09.
 */
import type { CallId, RoomId, UserId } from '../../preload/contract/ids';
import type { ReceivedCallEventType, RingVerdict } from '../../preload/contract/signalling';
import type { UnnumberedSignal } from '../account/contract';
import type { Clock } from '../clock';
import type { Log } from '../log';
import { ageOf } from './age';
import { readCallEvent } from './call-event';
import { makeRecent } from './recent';
import type { RoomEvent } from './room-event';
import { isSettled } from './settled';

export interface RoomBatch {
  readonly roomId: string;
  /** As the timeline orders them. */
  readonly events: readonly RoomEvent[];
  /** Members who left while the timeline was not looking: known from the room's state alone. */
  readonly departures: readonly { readonly eventId: string; readonly userId: string }[];
  /** Set when the timeline has a gap before `events`: what is missing, oldest first. Never rejects. LV-06 */
  readonly missing?: (() => Promise<readonly RoomEvent[]>) | undefined;
}

export interface CallEventFacts {
  readonly event: RoomEvent;
  readonly age: number;
  readonly settled: boolean;
}

export interface SignallingInEnv {
  readonly account: UserId;
  readonly clock: Clock;
  /** ms since the epoch. */
  readonly date: () => number;
  /** Joined and invited members of a room. */
  readonly members: (roomId: string) => number;
  readonly verdict: (invite: CallEventFacts) => RingVerdict;
  readonly deliver: (signal: UnnumberedSignal) => void;
  readonly log: Log;
}

export interface SignallingIn {
  /** Call it when the sync that brought the batch has been processed whole. LV-04 */
  readonly take: (batch: RoomBatch) => void;
  /** Does the timeline before this event need no filling? */
  readonly knows: (eventId: string) => boolean;
  /** It was read at an earlier start. */
  readonly remember: (eventId: string) => void;
}

interface CallEvent {
  readonly event: RoomEvent;
  readonly type: ReceivedCallEventType;
  readonly callId: CallId;
  readonly sender: UserId;
  readonly content: RoomEvent['content'];
}

const REMEMBERED_EVENTS = 5000;
const REMEMBERED_INVITES = 500;

export function makeSignallingIn(env: SignallingInEnv): SignallingIn {
  const seen = makeRecent<string, true>(REMEMBERED_EVENTS);
  const invites = makeRecent<string, CallId>(REMEMBERED_INVITES);
  /** Rooms whose gap is being filled, with what came meanwhile. */
  const waiting = new Map<string, RoomBatch[]>();

  function take(batch: RoomBatch): void {
    const queue = waiting.get(batch.roomId);
    if (queue) queue.push(batch);
    else if (batch.missing) void fill(batch, batch.missing);
    else read(batch);
  }

  async function fill(batch: RoomBatch, missing: () => Promise<readonly RoomEvent[]>): Promise<void> {
    waiting.set(batch.roomId, []);
    const older = await missing();
    read({ ...batch, events: [...older, ...batch.events] });
    const queue = waiting.get(batch.roomId) ?? [];
    waiting.delete(batch.roomId);
    queue.forEach(take); // one of them may have a gap of its own
  }

  function read({ roomId, events, departures }: RoomBatch): void {
    const fresh = events.filter(({ eventId }) => !seen.has(eventId) && seen.set(eventId, true));
    const calls = fresh.map(readCall).filter((call) => call !== null);
    const byEvent = new Map(calls.map((call) => [call.event, call]));
    const told = new Set<string>();
    for (const event of fresh) {
      const call = byEvent.get(event);
      if (call) tellCall(call, calls);
      else if (event.redacts !== undefined) tellRedaction(event, event.redacts);
      else if (hasLeft(event.membership)) tellDeparture(event.membership.userId, event);
      if (event.membership) told.add(event.eventId);
    }
    for (const { eventId, userId } of departures) {
      if (told.has(eventId) || seen.has(eventId)) continue;
      seen.set(eventId, true);
      tellDeparture(userId, { roomId });
    }
  }

  function readCall(event: RoomEvent): CallEvent | null {
    const read = readCallEvent(event);
    if (read.ok) {
      return { event, type: read.type, callId: read.callId, sender: event.sender as UserId, content: event.content };
    }
    if (read.breaks !== null) env.log.debug('call event ignored', { rule: read.breaks, type: event.type });
    return null;
  }

  function tellCall(call: CallEvent, others: readonly CallEvent[]): void {
    const { event, type, callId, sender, content } = call;
    const age = ageOf(event, env.clock.now(), env.date());
    const isInvite = type === 'm.call.invite';
    if (isInvite) invites.set(event.eventId, callId);
    env.deliver({
      kind: 'event',
      account: env.account,
      roomId: event.roomId as RoomId,
      callId,
      eventId: event.eventId,
      sender,
      type,
      content,
      age,
      encrypted: event.encrypted,
      members: env.members(event.roomId),
      ...(isInvite && { verdict: env.verdict({ event, age, settled: isSettled(call, others, env.account) }) }),
    });
  }

  function tellRedaction({ roomId, eventId }: RoomEvent, redacted: string): void {
    const callId = invites.get(redacted);
    if (callId === undefined) return;
    env.deliver({ kind: 'redacted', account: env.account, roomId: roomId as RoomId, callId, eventId });
  }

  function tellDeparture(userId: string, { roomId }: { readonly roomId: string }): void {
    env.deliver({ kind: 'left', account: env.account, roomId: roomId as RoomId, userId: userId as UserId });
  }

  return {
    take,
    knows: (eventId) => seen.has(eventId),
    remember: (eventId) => void seen.set(eventId, true),
  };
}

/** RM-05: a change of name or picture is a membership event, too, from join to join. */
function hasLeft(membership: RoomEvent['membership']): membership is NonNullable<RoomEvent['membership']> {
  return membership !== undefined && wasIn(membership.from) && isOut(membership.to);
}

export function wasIn(membership: unknown): boolean {
  return membership === 'join' || membership === 'invite';
}

export function isOut(membership: unknown): boolean {
  return membership === 'leave' || membership === 'ban';
}
