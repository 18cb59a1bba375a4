/**
 * A homeserver's room as the engines see it, and phones in it: engines with fake devices and a fake network. What a test
 * asserts is what leaves a phone (`world.sent`), what its screen knows (`phone.call()`), and what can be heard.
 */
import type {
  CallEventType,
  CallId,
  CallKey,
  CallReport,
  IncomingSignal,
  OutgoingSignal,
  RingVerdict,
  RoomId,
  SignalOutcome,
  UserId,
} from '../../../preload/contract';
import type { CallKind, CallView } from '../../../renderer/call/call-view';
import type { CallMark } from '../../../renderer/call/environment';
import { Switchboard } from '../../../renderer/call/switchboard';
import { FakeClock, settle } from './fake-clock';
import { FakeCapture } from './fake-media';
import { createFakePeerConnection, FakeNetwork, type FakePeerConnection } from './fake-webrtc';

export interface SentEvent {
  readonly eventId: string;
  readonly sender: UserId;
  readonly type: CallEventType;
  readonly callId: CallId;
  readonly content: Readonly<Record<string, unknown>>;
  readonly at: number;
}

export const roomId = '!room:carillon.test' as RoomId;

type UnnumberedSignal = IncomingSignal extends infer S ? (S extends unknown ? Omit<S, 'sequence'> : never) : never;

export class World {
  readonly clock = new FakeClock();
  readonly network = new FakeNetwork(this.clock);
  readonly phones: Phone[] = [];
  /** Every event that the homeserver took, in its order. */
  readonly sent: SentEvent[] = [];
  /** ms from a phone to the homeserver, and again from there to each phone. */
  delay = 10;
  members = 2;
  /** What the homeserver says instead of taking an event. */
  refuse: (signal: OutgoingSignal) => SignalOutcome | null = () => null;
  /** ms more for one delivery to one phone, or null to lose it. */
  deliver: (event: SentEvent, to: Phone) => number | null = () => 0;
  #random = 0;
  readonly #known = new Set<string>();

  phone(user: string): Phone {
    const phone = new Phone(this, user as UserId);
    this.phones.push(phone);
    return phone;
  }

  /** Lets `ms` pass. */
  pass(ms: number): Promise<void> {
    return this.clock.advance(ms);
  }

  /** Ids that differ from call to call and are the same in every run. */
  readonly randomId = (length: number): string => {
    this.#random += 1;
    return String(this.#random).padStart(length, 'x');
  };

  readonly take = async (sender: UserId, signal: OutgoingSignal): Promise<SignalOutcome> => {
    await this.clock.sleep(this.delay);
    const refusal = this.refuse(signal);
    if (refusal !== null) return refusal;
    const eventId = `$${sender}-${signal.callId}-${signal.signalId}`;
    if (this.#known.has(eventId)) return { ok: true, eventId };
    this.#known.add(eventId);
    this.post(sender, signal.type, signal.content, eventId);
    await this.clock.sleep(this.delay);
    return { ok: true, eventId };
  };

  /** An event of any client, as the homeserver hands it on. */
  post(sender: string, type: CallEventType, content: Readonly<Record<string, unknown>>, id?: string): void {
    const eventId = id ?? `$raw-${String(this.sent.length)}`;
    const callId = content.call_id as CallId;
    const event: SentEvent = { eventId, sender: sender as UserId, type, callId, content, at: this.clock.now() };
    this.sent.push(event);
    for (const phone of this.phones) {
      const late = this.deliver(event, phone);
      if (late !== null) this.clock.after(this.delay + late, () => phone.receiveEvent(event));
    }
  }

  leave(user: string): void {
    for (const phone of this.phones)
      phone.receive({ kind: 'left', account: phone.user, roomId, userId: user as UserId });
  }

  /** Types that left `phone` (all of its user's without one), in order. */
  types(of: Phone | UserId): readonly string[] {
    const user = typeof of === 'string' ? of : of.user;
    return this.sent.filter(({ sender }) => sender === user).map(({ type }) => type);
  }

  last(type: CallEventType): SentEvent {
    const found = this.sent.filter((event) => event.type === type).at(-1);
    if (found === undefined) throw new Error(`no ${type} was sent`);
    return found;
  }
}

export class Phone {
  readonly user: UserId;
  readonly capture: FakeCapture;
  readonly reports: CallReport[] = [];
  readonly marks: CallMark[] = [];
  readonly rules: string[] = [];
  readonly switchboard: Switchboard;
  readonly connections: FakePeerConnection[] = [];
  /** May this invite ring? Main decides in the product; here the invitee alone. RG-01 */
  verdict: (event: SentEvent) => RingVerdict = ({ sender, content }) => {
    const invitee = content.invitee ?? null;
    if (invitee !== null && invitee !== this.user) return { ring: false, why: 'invitee' };
    return invitee === null && sender === this.user ? { ring: false, why: 'ownUser' } : { ring: true };
  };
  readonly #world: World;
  #views: readonly CallView[] = [];
  #sequence = 0;

  constructor(world: World, user: UserId) {
    this.#world = world;
    this.user = user;
    this.capture = new FakeCapture(world.clock);
    const create = createFakePeerConnection(world.network);
    this.switchboard = new Switchboard({
      clock: world.clock,
      randomId: world.randomId,
      createPeerConnection: (configuration, events) => {
        const connection = create(configuration, events);
        this.connections.push(connection as unknown as FakePeerConnection);
        return connection;
      },
      capture: this.capture,
      send: (signal) => world.take(user, signal),
      turn: () => Promise.resolve(null),
      report: (report) => this.reports.push(report),
      mark: (mark) => this.marks.push(mark),
      log: (rule) => this.rules.push(rule),
    });
    this.switchboard.subscribe((views) => {
      this.#views = views;
    });
  }

  get views(): readonly CallView[] {
    return this.#views;
  }

  /** The newest call on screen. */
  call(): CallView {
    const call = this.#views.at(-1);
    if (call === undefined) throw new Error(`${this.user} has no call`);
    return call;
  }

  get state(): string {
    return this.#views.at(-1)?.state.name ?? 'none';
  }

  /** State, and for an ended call its reason. */
  get outcome(): string {
    const state = this.#views.at(-1)?.state;
    return state?.name === 'ended' ? `ended: ${state.reason} by ${state.by}` : (state?.name ?? 'none');
  }

  place(peer: string, kind: CallKind = 'voice'): CallKey {
    return this.switchboard.controls.place({ account: this.user, roomId, peer: peer as UserId }, kind);
  }
  answer(kind: CallKind = 'voice'): void {
    this.switchboard.controls.answer(this.call(), kind);
  }
  decline(): void {
    this.switchboard.controls.decline(this.call());
  }
  hangUp(): void {
    this.switchboard.controls.hangUp(this.call());
  }
  mute(muted: boolean): void {
    this.switchboard.controls.setMicrophoneMuted(this.call(), muted);
  }
  camera(on: boolean): void {
    this.switchboard.controls.setCameraOn(this.call(), on);
  }

  /** Does sound (or a picture) of the far end arrive? */
  gets(kind: 'audio' | 'video'): boolean {
    return this.connections.some((connection) => connection.received(kind) !== null);
  }

  receiveEvent(event: SentEvent): void {
    const { sender, type, content, eventId, callId } = event;
    const age = this.#world.clock.now() - event.at;
    const verdict = type === 'm.call.invite' ? { verdict: this.verdict(event) } : {};
    const members = this.#world.members;
    const common = { kind: 'event' as const, account: this.user, roomId, callId, eventId, encrypted: false };
    this.receive({ ...common, sender, type, content, age, members, ...verdict });
  }

  receive(signal: UnnumberedSignal): void {
    this.#sequence += 1;
    this.switchboard.receive({ ...signal, sequence: this.#sequence });
  }
}

/** Two people with one phone each in a direct room. */
export function twoPhones(): { world: World; anna: Phone; ben: Phone } {
  const world = new World();
  return { world, anna: world.phone('@anna:carillon.test'), ben: world.phone('@ben:carillon.test') };
}

/** A voice or video call that Anna placed and Ben answered, connected at both ends. */
export async function connected(kind: CallKind = 'voice'): Promise<ReturnType<typeof twoPhones>> {
  const phones = twoPhones();
  const { world, anna, ben } = phones;
  anna.place(ben.user, kind);
  await world.pass(400);
  ben.answer(kind);
  await world.pass(400);
  if (anna.state !== 'connected' || ben.state !== 'connected') throw new Error(`${anna.outcome}, ${ben.outcome}`);
  return phones;
}

export { settle };
