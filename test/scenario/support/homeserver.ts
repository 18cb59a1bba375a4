/**
 * A homeserver as far as calls need one: each room has one order of events, each device gets them in that order and in its
 * own time, a transaction id makes a repetition harmless. What goes wrong on the way is for a test to say.
 */
import type { CallId, RoomId, UserId } from '../../../preload/contract/ids';
import type { RequestFailure } from '../../../main/matrix/request-failure';
import type { FakeClock } from './fake-clock';

export interface SentEvent {
  readonly eventId: string;
  readonly roomId: RoomId;
  readonly sender: UserId;
  /** Null for clients that are not ours. */
  readonly device: string | null;
  readonly type: string;
  readonly content: Readonly<Record<string, unknown>>;
  readonly callId: CallId;
  /** Clock time, ms. */
  readonly at: number;
  readonly encrypted: boolean;
  readonly redacts?: string;
  readonly left?: UserId;
  /** A member with a new name or picture. */
  readonly renamed?: UserId;
}

/** A request to send an event. */
export interface Put {
  readonly sender: UserId;
  readonly device: string;
  readonly roomId: RoomId;
  readonly type: string;
  readonly content: Readonly<Record<string, unknown>>;
}

/** Takes what a device's sync brings, in one response. */
export interface SyncTarget {
  readonly user: UserId;
  /** @param missing what a gap before `events` has left out; whoever cares has to ask for it. */
  readonly takeSync: (events: readonly SentEvent[], missing: readonly SentEvent[]) => void;
}

/** How a request ended that did not bring an event id. */
export class Refused extends Error {
  readonly failure: RequestFailure;
  constructor(failure: RequestFailure) {
    super(failure.reason);
    this.failure = failure;
  }
}

interface Sync {
  readonly target: SyncTarget;
  waiting: SentEvent[];
  online: boolean;
  /** Clock time before which nothing later arrives. */
  busyUntil: number;
}

export const roomId = '!room:carillon.test' as RoomId;

export class Homeserver {
  readonly #clock: FakeClock;
  /** Everything that was taken, in its order. */
  readonly events: SentEvent[] = [];
  /** ms from a device to the homeserver, and again from there to each device. */
  delay = 10;
  /** What is said to a request instead of taking its event. */
  refuse: (put: Put) => RequestFailure | null = () => null;
  /** The event is taken, and its sender never learns: the response gets lost. */
  losesResponse: (put: Put) => boolean = () => false;
  /** ms more until the sender of an event gets its response. */
  slowResponse: (put: Put) => number = () => 0;
  /** ms more until one device gets one event; later events wait for it, as they do in a sync. */
  lag: (event: SentEvent, to: SyncTarget) => number = () => 0;
  readonly #syncs = new Map<SyncTarget, Sync>();
  readonly #rooms = new Map<RoomId, Set<UserId>>();
  readonly #transactions = new Map<string, string>();

  constructor(clock: FakeClock) {
    this.#clock = clock;
  }

  /** A device that syncs all rooms of its user. */
  connect(target: SyncTarget): void {
    this.#syncs.set(target, { target, waiting: [], online: true, busyUntil: 0 });
  }

  join(user: UserId, room: RoomId = roomId): void {
    this.#members(room).add(user);
  }

  members(room: RoomId): number {
    return this.#members(room).size;
  }

  async put(put: Put, transactionId: string): Promise<string> {
    await this.#clock.sleep(this.delay);
    const key = `${put.device} ${transactionId}`;
    const known = this.#transactions.get(key);
    if (known === undefined) {
      const refusal = this.refuse(put);
      if (refusal !== null) throw new Refused(refusal);
    }
    const eventId = known ?? this.post(put.sender, put.type, put.content, { room: put.roomId, device: put.device });
    this.#transactions.set(key, eventId);
    await this.#clock.sleep(this.delay + this.slowResponse(put));
    if (this.losesResponse(put)) throw new Refused({ reason: 'unreachable' });
    return eventId;
  }

  /** Puts an event of any client into a room. @returns its id. */
  post(
    sender: string,
    type: string,
    content: Readonly<Record<string, unknown>>,
    {
      room = roomId,
      device = null,
      ...more
    }: Partial<Pick<SentEvent, 'encrypted' | 'redacts' | 'left' | 'renamed' | 'device'>> & {
      readonly room?: RoomId;
    } = {},
  ): string {
    const event: SentEvent = {
      encrypted: false,
      ...more,
      eventId: `$event-${String(this.events.length)}`,
      roomId: room,
      sender: sender as UserId,
      device,
      type,
      content,
      callId: content.call_id as CallId,
      at: this.#clock.now(),
    };
    this.events.push(event);
    for (const sync of this.#syncs.values()) this.#queue(event, sync);
    return event.eventId;
  }

  leave(user: string, room: RoomId = roomId): void {
    this.post(user, 'm.room.member', { membership: 'leave' }, { room, left: user as UserId });
    this.#members(room).delete(user as UserId);
  }

  /** From now on events of this device's sync wait, all in one response, for `online`. */
  offline(target: SyncTarget): void {
    const sync = this.#syncs.get(target);
    if (sync !== undefined) sync.online = false;
  }

  /** @param limit events that the response holds at most; what came before them is a gap. */
  online(target: SyncTarget, limit = Infinity): void {
    const sync = this.#syncs.get(target);
    if (sync === undefined) return;
    sync.online = true;
    this.#respond(sync, limit);
  }

  #members(room: RoomId): Set<UserId> {
    const members = this.#rooms.get(room) ?? new Set();
    this.#rooms.set(room, members);
    return members;
  }

  #queue(event: SentEvent, sync: Sync): void {
    if (!this.#members(event.roomId).has(sync.target.user)) return;
    const arrival = Math.max(this.#clock.now() + this.delay + this.lag(event, sync.target), sync.busyUntil);
    sync.busyUntil = arrival;
    this.#clock.after(arrival - this.#clock.now(), () => {
      sync.waiting.push(event);
      this.#respond(sync);
    });
  }

  #respond(sync: Sync, limit = Infinity): void {
    if (!sync.online || sync.waiting.length === 0) return;
    const events = sync.waiting;
    const gap = Math.max(events.length - limit, 0);
    sync.waiting = [];
    sync.target.takeSync(events.slice(gap), events.slice(0, gap));
  }
}
