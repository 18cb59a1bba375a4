/**
 * One installation of the app: main's signalling, ringing policy and list of calls as they are, the engine as it is, with
 * fake devices and a fake network. Main goes on where the page is thrown away and made anew.
 */
import { makeLiveCalls } from '../../../main/calls/live-calls';
import { makeSignalLog } from '../../../main/calls/signal-log';
import type { Log } from '../../../main/log';
import type { RoomEvent } from '../../../main/matrix/room-event';
import { makeSignallingIn } from '../../../main/matrix/signalling-in';
import { makeSignallingOut } from '../../../main/matrix/signalling-out';
import { makeAlerts } from '../../../main/ringing/alert';
import { byOwnRules } from '../../../main/ringing/own-rules';
import { mayRing, type RingFacts } from '../../../main/ringing/policy';
import { defaultSettings } from '../../../preload/contract/default-settings';
import type { CallReport } from '../../../preload/contract/calls';
import type { RoomId, UserId } from '../../../preload/contract/ids';
import { RuleLine } from '../../../preload/contract/log';
import type {
  CallKey,
  IncomingSignal,
  OutgoingSignal,
  SignalOutcome,
  TurnServers,
} from '../../../preload/contract/signalling';
import type { CallControls, CallKind, CallView } from '../../../renderer/call/call-view';
import type { CallMark } from '../../../renderer/call/environment';
import type { Switchboard } from '../../../renderer/call/switchboard';
import type { FakeClock } from './fake-clock';
import { FakeCapture } from './fake-media';
import type { FakePeerConnection, Network } from './fake-peer-connection';
import { Page } from './page';
import { Refused, roomId, type Homeserver, type SentEvent, type SyncTarget } from './homeserver';

export interface PhoneEnvironment {
  readonly clock: FakeClock;
  readonly homeserver: Homeserver;
  readonly network: Network;
  readonly randomId: (length: number) => string;
}

type UnnumberedSignal = IncomingSignal extends infer S ? (S extends unknown ? Omit<S, 'sequence'> : never) : never;

const quiet = (): void => undefined;
const noLog: Log = { debug: quiet, info: quiet, warn: quiet, error: quiet, failure: quiet };

export class Phone implements SyncTarget {
  readonly user: UserId;
  readonly device: string;
  readonly capture: FakeCapture;
  readonly reports: CallReport[] = [];
  readonly marks: CallMark[] = [];
  /** What the engine said for the log: rules by which it ignored something, and why, in order. */
  readonly lines: RuleLine[] = [];
  /** Every signal that main gave to the page. */
  readonly received: IncomingSignal[] = [];
  /** Every signal that the page gave to main. */
  readonly signals: OutgoingSignal[] = [];
  readonly connections: FakePeerConnection[] = [];
  /** What differs from an ordinary direct room. */
  ringFacts: Partial<RingFacts> = {};
  turn: TurnServers | null = null;
  relayOnly = false;
  /** It can tell the digits of a far end. DT-02 */
  receivesDigits = true;
  /** ms */
  inviteLifetime = 90_000;
  /** Rooms in which people can be called, for somebody who is to be called without having been chosen. */
  readonly rooms = new Map<UserId, RoomId>();
  /** What main says to a signal instead of sending it. */
  refuseSignals: (signal: OutgoingSignal) => Extract<SignalOutcome, { ok: false }>['reason'] | null = () => null;
  /** Throws when a connection is made: the renderer has run out of them. */
  failsToConnect = false;
  readonly #env: PhoneEnvironment;
  readonly #signalling: ReturnType<typeof makeSignallingIn>;
  readonly #outgoing: ReturnType<typeof makeSignallingOut>;
  readonly #signalLog: ReturnType<typeof makeSignalLog>;
  readonly #live: ReturnType<typeof makeLiveCalls>;
  readonly #alerts: ReturnType<typeof makeAlerts>;
  #page: Page | null = null;
  #views: readonly CallView[] = [];
  readonly #screens = new Set<(views: readonly CallView[]) => void>();

  constructor(env: PhoneEnvironment, user: UserId, device: string) {
    this.#env = env;
    this.user = user;
    this.device = device;
    const { clock, homeserver } = env;
    this.capture = new FakeCapture(clock);
    this.#outgoing = makeSignallingOut({
      clock,
      log: noLog,
      sendEvent: (room, type, content, transactionId) => {
        const put = { sender: user, device, roomId: room as RoomId, type, content: { ...content } };
        return homeserver.put(put, transactionId);
      },
      failureOf: (error) => (error instanceof Refused ? error.failure : { reason: 'rejected' }),
    });
    this.#signalLog = makeSignalLog(clock);
    this.#live = makeLiveCalls({
      send: (signal) => this.#outgoing.send(signal),
      changed: quiet,
      lost: quiet,
      hungUp: (call) => {
        this.#signalLog.forget(call);
        this.#alerts.stop(call);
      },
      log: noLog,
    });
    this.#alerts = makeAlerts({ clock, signs: [], changed: quiet, ended: quiet });
    this.#signalling = makeSignallingIn({
      account: user,
      clock,
      date: clock.now,
      members: (room) => homeserver.members(room as RoomId),
      isEncrypted: () => this.ringFacts.roomEncrypted === true,
      verdict: ({ event, age, settled }) =>
        mayRing({
          account: user,
          sender: event.sender as UserId,
          ownDevice: event.ownDevice,
          invitee: event.content.invitee,
          inviteeDevice: event.content.invitee_device_id,
          device,
          age,
          lifetime: event.content.lifetime,
          settled,
          joined: true,
          senderJoined: true,
          senderIgnored: false,
          joinRule: 'invite',
          roomEncrypted: false,
          standing: event.standing,
          notifies: true,
          silenced: false,
          ...this.ringFacts,
        }),
      deliver: (signal) => this.receive(signal),
      log: noLog,
    });
    homeserver.connect(this);
    this.load();
  }

  // --- What the person sees and does

  get views(): readonly CallView[] {
    return this.#views;
  }
  get controls(): CallControls {
    return this.#board.controls;
  }
  /** Shows the calls on a screen, now and with every change. @returns ends it. */
  readonly subscribe = (screen: (views: readonly CallView[]) => void): (() => void) => {
    this.#screens.add(screen);
    screen(this.#views);
    return () => this.#screens.delete(screen);
  };
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
  get rules(): readonly string[] {
    return this.lines.map(({ rule }) => rule);
  }
  /** Calls whose signs main shows: tray, notification. */
  get alerts(): number {
    return this.#alerts.list().length;
  }
  /** Calls that main thinks are alive. */
  get reported(): readonly CallReport[] {
    return this.#live.list();
  }
  place(peer: string, kind: CallKind = 'voice', room: RoomId = roomId): CallKey {
    return this.controls.place({ account: this.user, roomId: room, peer: peer as UserId }, kind);
  }
  answer(kind: CallKind = 'voice', call: CallKey = this.call()): void {
    this.controls.answer(call, kind);
  }
  decline(call: CallKey = this.call()): void {
    this.controls.decline(call);
  }
  hangUp(call: CallKey = this.call()): void {
    this.controls.hangUp(call);
  }
  mute(muted: boolean): void {
    this.controls.setMicrophoneMuted(this.call(), muted);
  }
  camera(on: boolean): void {
    this.controls.setCameraOn(this.call(), on);
  }
  /** Does sound (or a picture) of the far end arrive? */
  gets(kind: 'audio' | 'video', stream?: string): boolean {
    return this.connections.some((connection) => connection.received(kind, stream) !== null);
  }

  // --- What the machine does

  takeSync(events: readonly SentEvent[], missing: readonly SentEvent[]): void {
    const [gaps, timelines] = [missing, events].map((list) => Map.groupBy(list, (event) => event.roomId));
    for (const room of new Set([...missing, ...events].map((event) => event.roomId))) {
      const gap = gaps?.get(room);
      const read = (list: readonly SentEvent[] = []): RoomEvent[] => list.map((event) => this.#roomEvent(event));
      const live = read(timelines?.get(room));
      this.#signalling.take({
        roomId: room,
        events: gap ? () => Promise.resolve([...read(gap), ...live]) : live,
        departures: [],
      });
    }
  }

  /** A signal as main gives it out. */
  receive(signal: UnnumberedSignal): void {
    const rules = {
      settings: () => defaultSettings,
      date: this.#env.clock.now,
      caller: () => ({ listed: true, favourite: false }),
      isTooMuch: this.#alerts.isTooMuch,
    };
    const numbered = this.#signalLog.add(byOwnRules(signal, rules));
    this.#alerts.signal(numbered);
    this.received.push(numbered);
    this.#page?.board.receive(numbered);
  }

  /** The page is gone, with all that it held: main hangs up for it. AN-27 */
  crash(): void {
    this.#page?.die();
    this.#page = null;
    this.#views = [];
    void this.#live.hangUp();
    this.#alerts.pageGone();
  }

  /** A page that starts: it takes main's snapshot and what follows. EN-05 */
  load(): void {
    const page = new Page({
      ...this.#env,
      capture: this.capture,
      turn: () => this.turn,
      inviteLifetime: () => this.inviteLifetime,
      relayOnly: () => this.relayOnly,
      receivesDigits: () => this.receivesDigits,
      roomWith: (_account, peer) => this.rooms.get(peer) ?? null,
      failsToConnect: () => this.failsToConnect,
      send: (signal) => this.#send(signal),
      report: (report) => this.#report(report),
      connected: (connection) => this.connections.push(connection),
      mark: (mark) => this.marks.push(mark),
      // Main takes nothing else.
      log: (rule, reason) => this.lines.push(RuleLine.parse({ rule, reason })),
    });
    this.#page = page;
    page.board.subscribe((views) => {
      if (this.#page !== page) return;
      this.#views = views;
      for (const screen of this.#screens) screen(views);
    });
    for (const signal of this.#signalLog.snapshot().signals) page.board.receive(signal);
  }

  /** The machine wakes up after `ms`, or finds itself on another network. */
  wake(): void {
    this.#board.networkChanged();
  }

  get #board(): Switchboard {
    if (this.#page === null) throw new Error('the page is gone');
    return this.#page.board;
  }

  #send(signal: OutgoingSignal): Promise<SignalOutcome> {
    this.signals.push(signal);
    const reason = this.refuseSignals(signal);
    return reason === null ? this.#live.send(signal) : Promise.resolve({ ok: false, reason });
  }

  #report(report: CallReport): void {
    this.reports.push(report);
    if (report.state !== 'ringing' && report.state !== 'answering') this.#signalLog.forget(report);
    this.#live.report(report);
    this.#alerts.report(report);
  }

  #roomEvent(event: SentEvent): RoomEvent {
    const { clock } = this.#env;
    return {
      eventId: event.eventId,
      roomId: event.roomId,
      sender: event.sender,
      type: event.type,
      content: event.content,
      age: clock.now() - event.at,
      sentAt: event.at,
      receivedAt: clock.now(),
      encrypted: event.encrypted,
      standing: event.encrypted ? 'trusted' : 'clear',
      ownDevice: event.device === this.device,
      redacts: event.redacts,
      membership: membershipOf(event),
    };
  }
}

function membershipOf({ left, renamed }: SentEvent): RoomEvent['membership'] {
  const userId = left ?? renamed;
  return userId === undefined ? undefined : { userId, from: 'join', to: left === undefined ? 'join' : 'leave' };
}
