/**
 * All calls of this window, by (account, room, call): takes in the signals that main passes on and the wishes of the user,
 * and decides which call each is for. V1-09, V1-11, V1-12, GL-01..GL-04, GL-09..GL-14, RG-10
 */
import type { CallKey, IncomingSignal } from '../../preload/contract/signalling';
import type { Call } from './call';
import type { CallControls, CallKind, CallView, PlaceTarget } from './call-view';
import { EarlySignals, settles } from './early-signals';
import type { CallEnvironment } from './environment';
import { parseCallEvent, type Invite, type RejectReplacement, type Replaces } from './events';
import { countsForGlare, resolveGlare } from './glare';
import { newCallId, newPartyId } from './ids';
import { IncomingCall } from './incoming-call';
import type { LocalMedia } from './local-media';
import { OutgoingCall } from './outgoing-call';
import type { Party } from './party';
import { PassedOverInvites } from './passed-over';
import { hasVideo } from './sdp';
import { Standby } from './standby';
import { Transfers } from './transfers';

type EventSignal = Extract<IncomingSignal, { kind: 'event' }>;
type CallListener = (calls: readonly CallView[]) => void;

/** An invite on its way to become a call. */
interface Arrived {
  readonly signal: EventSignal;
  readonly invite: Invite;
  readonly from: Party;
}

/** Ids of ended calls that are remembered, so that a late or repeated invite does not ring again. V1-12 */
const mostEnded = 500;
/** Ended calls that wait to be taken off the screen. */
const mostShown = 20;
/** Calls that ring at once: from one person, and at all. More is a nuisance or an attack. */
const mostFromOne = 3;
const mostRinging = 20;
/** Ringing calls that hold a connection ready; each costs memory and sockets. */
const mostPrepared = 3;

const keyOf = ({ account, roomId, callId }: CallKey): string => `${account} ${roomId} ${callId}`;

export class Switchboard {
  readonly #env: CallEnvironment;
  /** On screen: living calls, and ended ones until they are dismissed. */
  readonly #calls = new Map<string, Call>();
  readonly #ended = new Set<string>();
  readonly #early: EarlySignals;
  readonly #passedOver: PassedOverInvites;
  readonly #standby: Standby;
  readonly #transfers: Transfers;
  readonly #listeners = new Set<CallListener>();

  constructor(env: CallEnvironment) {
    this.#env = env;
    this.#early = new EarlySignals(env.clock);
    this.#passedOver = new PassedOverInvites(env.clock);
    this.#standby = new Standby(env.clock);
    this.#transfers = new Transfers({
      clock: env.clock,
      randomId: env.randomId,
      roomWith: env.roomWith,
      log: env.log,
      place: (target, kind, callId) => this.#placeTransferred(target, kind, callId),
      dismiss: (call) => this.#calls.delete(keyOf(call.key)),
      resume: (call) => this.controls.setHeld(call.key, false),
    });
  }

  readonly controls: CallControls = {
    expect: (target, kind) => {
      if (this.#with(target) === undefined) this.#standby.expect(target, kind, () => this.#makeOutgoing(target, kind));
    },
    place: (target, kind) => this.#place(target, kind),
    answer: (key, kind) => {
      const call = this.#find(key);
      if (call instanceof IncomingCall) this.#answer(call, kind);
    },
    decline: (key) => {
      const call = this.#find(key);
      if (call instanceof IncomingCall) call.decline();
    },
    hangUp: (key) => this.#find(key)?.hangUp(),
    setMicrophoneMuted: (key, muted) => this.#find(key)?.setMicrophoneMuted(muted),
    setCameraOn: (key, on) => void this.#find(key)?.setCameraOn(on),
    setHeld: (key, held) => {
      const call = this.#find(key);
      if (call !== undefined && !held && !call.hasEnded()) this.#holdOthers(call);
      call?.setHeld(held);
    },
    sendDigits: (key, digits) => this.#find(key)?.sendDigits(digits),
    shareScreen: (key, screen) => {
      const call = this.#find(key);
      if (call !== undefined) call.shareScreen(screen);
      else for (const track of screen.getTracks()) track.stop();
    },
    stopSharing: (key) => this.#find(key)?.stopSharing(),
    transfer: (key, target) => {
      const call = this.#find(key);
      if (call !== undefined) this.#transfers.ask(call, target);
    },
    connect: (key, to) => {
      const [call, other] = [this.#find(key), this.#find(to)];
      if (call !== undefined && other !== undefined) this.#transfers.connect(call, other);
    },
    acceptTransfer: (key) => {
      const call = this.#find(key);
      if (call !== undefined) void this.#transfers.accept(call);
    },
    declineTransfer: (key) => {
      const call = this.#find(key);
      if (call !== undefined) this.#transfers.decline(call);
    },
    sample: (key) => this.#find(key)?.sample() ?? Promise.resolve(null),
    dismiss: (key) => {
      const call = this.#find(key);
      if (call?.hasEnded() === true) {
        this.#calls.delete(keyOf(key));
        this.#transfers.forget(call);
      }
      this.#publish();
    },
  };

  /** Calls `listener` with every change, and once at the start. @returns ends the subscription. */
  subscribe(listener: CallListener): () => void {
    this.#listeners.add(listener);
    listener(this.#views());
    return () => void this.#listeners.delete(listener);
  }

  /** Takes one signal from main; in order, each once. Never throws, whatever a stranger sent. */
  receive(signal: IncomingSignal): void {
    switch (signal.kind) {
      case 'event':
        this.#receiveEvent(signal);
        return;
      case 'left':
        for (const call of this.#inRoom(signal)) if (!call.hasEnded()) call.memberLeft(signal.userId);
        return;
      case 'redacted': {
        const call = this.#find(signal);
        if (call instanceof IncomingCall) call.redacted();
        this.#passedOver.forget(keyOf(signal));
        return;
      }
    }
  }

  /** The machine woke up, or the network changed: what depends on time or on the path is looked at again. LV-14, NG-14 */
  networkChanged(): void {
    this.#standby.drop(); // it was gathered on the old network
    for (const call of [...this.#calls.values()]) if (!call.hasEnded()) call.wake();
  }

  #find(key: CallKey): Call | undefined {
    return this.#calls.get(keyOf(key));
  }

  #receiveEvent(signal: EventSignal): void {
    const parsed = parseCallEvent(signal.type, signal.content);
    if (!parsed.ok) return this.#env.log('V1-13', parsed.why);
    const { event } = parsed;
    const from: Party = { user: signal.sender, id: event.party };
    const call = this.#find(signal);
    if (event.type === 'm.call.invite') this.#invited({ signal, invite: event, from }, call);
    else if (call !== undefined) call.receive(event, from, signal);
    else this.#receiveUnknown(signal, { event, from, arrival: signal });
  }

  #receiveUnknown(signal: EventSignal, early: Parameters<EarlySignals['add']>[1]): void {
    if (this.#ended.has(keyOf(signal))) this.#env.log('AN-26', `${signal.type} of an ended call`);
    else this.#early.add(keyOf(signal), early);
  }

  #invited(arrived: Arrived, known: Call | undefined): void {
    const { signal, from } = arrived;
    const verdict = signal.verdict ?? { ring: false, why: 'settled' };
    const ours = this.#rival(signal);
    // GL-08: the one id may stand for two calls, theirs and ours; otherwise a known call is a repeated one.
    if (known !== undefined ? known !== ours || known.isOwn(from) : this.#ended.has(keyOf(signal))) {
      return this.#env.log('V1-11', 'invite of a known call');
    }
    if (this.#isOver(arrived)) {
      this.#remember(keyOf(signal));
      this.#env.log('LV-05', 'invite of a call that is over');
    } else if (ours !== null && countsForGlare(verdict)) this.#resolve(ours, arrived);
    else if (verdict.ring && this.#isTooMuch(signal)) this.#env.log('RG-10', 'too many calls ring');
    else if (verdict.ring) this.#ring(arrived, null);
    else this.#env.log('RG-04', `an invite that may not ring: ${verdict.why}`);
  }

  #resolve(ours: OutgoingCall, arrived: Arrived): void {
    const { signal, invite, from } = arrived;
    const callId = signal.callId;
    const own = { callId: ours.key.callId, party: ours.ownParty, sent: ours.announced };
    const glare = resolveGlare(own, { callId, party: from });
    if (glare === 'keepOurs') {
      this.#env.log('GL-04', 'our call goes on; theirs will find out');
      const until = this.#env.clock.now() + invite.lifetime - signal.age;
      const take = (): void => {
        if (!this.#isOver(arrived)) this.#give(ours, arrived);
      };
      if (callId !== own.callId) this.#passedOver.add(keyOf(ours.key), { key: keyOf(signal), until, take });
    } else {
      this.#give(ours, arrived);
    }
  }

  /** Our call gives way: theirs is answered with our media, as what the user placed. GL-05, GL-12 */
  #give(ours: OutgoingCall, arrived: Arrived): void {
    const { isHeld } = ours;
    const media = ours.hasEnded() ? null : ours.yield(arrived.signal.callId !== ours.key.callId);
    this.#calls.delete(keyOf(ours.key)); // GL-15: it neither failed nor was missed
    const call = this.#ring(arrived, media);
    if (!isHeld) this.#holdOthers(call);
    void call.answer(ours.kind);
    call.setHeld(isHeld);
  }

  /** Did the caller end it, or a device of ours settle it, before its invite came? */
  #isOver({ signal, invite, from }: Arrived): boolean {
    return this.#early.of(keyOf(signal)).some((early) => settles(early, signal, invite, from));
  }

  #ring({ signal, invite, from }: Arrived, media: LocalMedia | null): IncomingCall {
    const { account, roomId, callId } = signal;
    const key = { account, roomId, callId };
    const options = {
      key,
      peerUser: signal.sender,
      ownParty: newPartyId(this.#env.randomId),
      kind: hasVideo(invite.sdp) ? ('video' as const) : ('voice' as const),
      verdict: { ring: true } as const,
      transfer: (event: Replaces | RejectReplacement) => this.#transfers.receive(call, event),
      ...(media === null ? {} : { media }),
    };
    const call: IncomingCall = new IncomingCall(this.#env, options, invite, from, signal.age, () =>
      this.#changed(call),
    );
    const prepared = [...this.#calls.values()].filter((other) => other instanceof IncomingCall && other.isPrepared);
    this.#calls.set(keyOf(key), call);
    call.ring(prepared.length < mostPrepared);
    for (const one of this.#early.take(keyOf(key))) call.receive(one.event, one.from, one.arrival);
    this.#publish();
    return call;
  }

  #isTooMuch({ account, roomId, sender }: EventSignal): boolean {
    const ringing = [...this.#calls.values()].filter(({ state }) => state.name === 'ringing');
    const fromOne = ringing.filter(
      ({ key, peerUser }) => key.account === account && key.roomId === roomId && peerUser === sender,
    );
    return ringing.length >= mostRinging || fromOne.length >= mostFromOne;
  }

  #answer(call: IncomingCall, kind: CallKind): void {
    if (call.state.name !== 'ringing') return;
    this.#holdOthers(call);
    void call.answer(kind);
  }

  #place(target: PlaceTarget, kind: CallKind): CallKey {
    const running = this.#with(target);
    if (running !== undefined) {
      // Two people who call each other want to talk, also when one of them was first (GL-02).
      if (running instanceof IncomingCall) this.#answer(running, kind);
      return running.key;
    }
    const call = this.#standby.take(target, kind) ?? this.#makeOutgoing(target, kind);
    this.#begin(call);
    return call.key;
  }

  #begin(call: OutgoingCall): void {
    this.#holdOthers(call);
    this.#calls.set(keyOf(call.key), call);
    void call.start();
    this.#publish();
  }

  /** A call under an id that somebody else has chosen. Null where it is taken, or the person is in a call with us. */
  #placeTransferred(target: PlaceTarget, kind: CallKind, callId: CallKey['callId']): Call | null {
    const key = keyOf({ ...target, callId });
    if (this.#calls.has(key) || this.#ended.has(key) || this.#with(target) !== undefined) return null;
    const call = this.#makeOutgoing(target, kind, callId);
    this.#begin(call);
    return call;
  }

  #makeOutgoing(
    { account, roomId, peer }: PlaceTarget,
    kind: CallKind,
    callId: CallKey['callId'] = newCallId(this.#env.randomId),
  ): OutgoingCall {
    const key = { account, roomId, callId };
    const ownParty = newPartyId(this.#env.randomId);
    const verdict = { ring: true } as const;
    const transfer = (event: Replaces | RejectReplacement): void => this.#transfers.receive(call, event);
    const options = { key, peerUser: peer, ownParty, kind, verdict, transfer };
    const call: OutgoingCall = new OutgoingCall(this.#env, options, () => {
      if (this.#find(key) === call) this.#changed(call);
    });
    return call;
  }

  /** The living call with this person in this room. */
  #with(target: PlaceTarget): Call | undefined {
    return [...this.#inRoom(target)].find((call) => !call.hasEnded() && call.peerUser === target.peer);
  }

  /** One conversation at a time: the others wait. */
  #holdOthers(call: Call): void {
    for (const other of this.#calls.values()) if (other !== call && other.isOccupied) other.setHeld(true);
  }

  /** Our own call in that room that could connect the same two people. GL-01, GL-09, GL-10 */
  #rival(signal: EventSignal): OutgoingCall | null {
    for (const call of this.#inRoom(signal)) {
      if (call instanceof OutgoingCall && call.isWaiting && call.peerUser === signal.sender) return call;
    }
    return null;
  }

  *#inRoom({ account, roomId }: { account: string; roomId: string }): Iterable<Call> {
    for (const call of [...this.#calls.values()]) {
      if (call.key.account === account && call.key.roomId === roomId) yield call;
    }
  }

  #changed(call: Call): void {
    const key = keyOf(call.key);
    const { state } = call;
    if (state.name === 'ended') {
      this.#remember(key);
      this.#forgetShown();
      // Ours never got through: theirs is as good.
      if (state.reason === 'not_sent') this.#passedOver.take(key);
    }
    if (!(call instanceof OutgoingCall && call.isWaiting)) this.#passedOver.settle(key);
    this.#transfers.changed(call);
    this.#publish();
  }

  #remember(key: string): void {
    this.#ended.delete(key);
    this.#ended.add(key);
    const [oldest] = this.#ended;
    if (this.#ended.size > mostEnded && oldest !== undefined) this.#ended.delete(oldest);
  }

  #forgetShown(): void {
    const ended = [...this.#calls].filter(([, call]) => call.hasEnded());
    for (const [key, call] of ended.slice(0, Math.max(ended.length - mostShown, 0))) {
      this.#calls.delete(key);
      this.#transfers.forget(call);
    }
  }

  #publish(): void {
    const views = this.#views();
    for (const listener of this.#listeners) listener(views);
  }

  #views(): readonly CallView[] {
    return [...this.#calls.values()].map((call) => call.view());
  }
}
