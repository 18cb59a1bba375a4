/**
 * From what a sync brought of one room to the signals of its calls: in order, once each, with their age and, for an
 * invite, whether it may ring. A room whose timeline had a gap, or whose events are being decrypted, waits for
 * them; the other rooms do not.
 * Spec: Voice over IP, "Liveness"; checklist LV-01..LV-06, LV-13, LV-15, EN-03, RM-01, RM-05, V1-04, V1-09.
 */
import type { CallId, RoomId, UserId } from '../../preload/contract/ids';
import type { ReceivedCallEventType, RingVerdict } from '../../preload/contract/signalling';
import type { UnnumberedSignal } from '../account/contract';
import type { Clock } from '../clock';
import type { Log } from '../log';
import { LONGEST_LIFETIME } from '../ringing/policy';
import { ageOf } from './age';
import { readCallEvent } from './call-event';
import { makeRecent } from './recent';
import type { RoomEvent } from './room-event';
import { isSettled } from './settled';

export interface RoomBatch {
  readonly roomId: string;
  /**
   * As the timeline orders them. A function: they are not all there yet, for there is a gap to fill (LV-06), or some are
   * being decrypted (LV-04). It never rejects.
   */
  readonly events: readonly RoomEvent[] | (() => Promise<readonly RoomEvent[]>);
  /** Members who left while the timeline was not looking: known from the room's state alone. */
  readonly departures: readonly { readonly eventId: string; readonly userId: string }[];
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
  readonly isEncrypted: (roomId: string) => boolean;
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

const ROOMS_LATELY = 50;
const MOST_LATELY = 200;
const REMEMBERED_EVENTS = 5000;
const REMEMBERED_INVITES = 500;

export function makeSignallingIn(env: SignallingInEnv): SignallingIn {
  const seen = makeRecent<string, true>(REMEMBERED_EVENTS);
  const invites = makeRecent<string, CallId>(REMEMBERED_INVITES);
  /** Per room, what was told lately: an event that could only be decrypted later may have been settled before. LV-13 */
  const lately = makeRecent<string, readonly CallEvent[]>(ROOMS_LATELY);
  /** Rooms whose events are not all there yet, with what came meanwhile. */
  const waiting = new Map<string, RoomBatch[]>();

  function take(batch: RoomBatch): void {
    const queue = waiting.get(batch.roomId);
    if (queue) queue.push(batch);
    else if (typeof batch.events === 'function') void complete(batch, batch.events);
    else read(batch, batch.events);
  }

  async function complete(batch: RoomBatch, events: () => Promise<readonly RoomEvent[]>): Promise<void> {
    waiting.set(batch.roomId, []);
    try {
      read(batch, await events());
    } catch (error) {
      env.log.failure('events of a room cannot be read', error); // the room must not stay deaf
    }
    const queue = waiting.get(batch.roomId) ?? [];
    waiting.delete(batch.roomId);
    queue.forEach(take); // one of them may have to wait itself
  }

  function read({ roomId, departures }: RoomBatch, events: readonly RoomEvent[]): void {
    const fresh = events.filter(({ eventId }) => !seen.has(eventId) && seen.set(eventId, true));
    const calls = fresh.map(readCall).filter((call) => call !== null);
    const known = [...recallLately(roomId), ...calls];
    if (calls.length > 0) lately.set(roomId, known);
    const byEvent = new Map(calls.map((call) => [call.event, call]));
    const told = new Set<string>();
    for (const event of fresh) {
      const call = byEvent.get(event);
      if (call) tellCall(call, known);
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
    if (read.ok && isForeign(event, read.type)) {
      env.log.warn('call event ignored', { rule: 'EN-03', type: read.type });
      return null;
    }
    if (read.ok) {
      return { event, type: read.type, callId: read.callId, sender: event.sender as UserId, content: event.content };
    }
    if (read.breaks !== null) env.log.debug('call event ignored', { rule: read.breaks, type: event.type });
    return null;
  }

  /**
   * In an encrypted room only what is encrypted is the sender's word: the homeserver could have written the rest, an answer
   * with its own description too. An invite goes on, to be shown and not to ring; what our own devices say only ends things.
   */
  function isForeign({ roomId, sender, standing }: RoomEvent, type: ReceivedCallEventType): boolean {
    if (type === 'm.call.invite') return false;
    if (standing === 'clear') return env.isEncrypted(roomId);
    return standing === 'forged' || (standing === 'stranger' && sender !== env.account);
  }

  function recallLately(roomId: string): readonly CallEvent[] {
    return (lately.get(roomId) ?? [])
      .slice(-MOST_LATELY)
      .filter(({ event }) => ageOf(event, env.clock.now(), env.date()) < LONGEST_LIFETIME);
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
