/**
 * All calls of this window, by (account, room, call): takes in the signals that main passes on and the wishes of the user,
 * and decides which call each is for. V1-09, V1-11, V1-12, GL-01..GL-04, GL-09..GL-14
 */
import type { CallKey, IncomingSignal } from '../../preload/contract';
import type { Call } from './call';
import type { CallControls, CallKind, CallView, PlaceTarget } from './call-view';
import type { CallEnvironment } from './environment';
import { parseCallEvent, type Invite } from './events';
import { resolveGlare } from './glare';
import { newCallId, newPartyId } from './ids';
import { IncomingCall } from './incoming-call';
import type { LocalMedia } from './local-media';
import { OutgoingCall } from './outgoing-call';
import type { Party } from './party';
import { hasVideo } from './sdp';

type EventSignal = Extract<IncomingSignal, { kind: 'event' }>;
type CallListener = (calls: readonly CallView[]) => void;

/** Ids of ended calls that are remembered, so that a late or repeated invite does not ring again. V1-12 */
const mostEnded = 500;

const keyOf = ({ account, roomId, callId }: CallKey): string => `${account} ${roomId} ${callId}`;

export class Switchboard {
  readonly #env: CallEnvironment;
  /** On screen: living calls, and ended ones until they are dismissed. */
  readonly #calls = new Map<string, Call>();
  readonly #ended = new Set<string>();
  readonly #listeners = new Set<CallListener>();

  constructor(env: CallEnvironment) {
    this.#env = env;
  }

  readonly controls: CallControls = {
    place: (target, kind) => this.#place(target, kind),
    answer: (key, kind) => {
      const call = this.#calls.get(keyOf(key));
      if (call instanceof IncomingCall) void call.answer(kind);
    },
    decline: (key) => {
      const call = this.#calls.get(keyOf(key));
      if (call instanceof IncomingCall) call.decline();
    },
    hangUp: (key) => this.#calls.get(keyOf(key))?.hangUp(),
    setMicrophoneMuted: (key, muted) => this.#calls.get(keyOf(key))?.setMicrophoneMuted(muted),
    setCameraOn: (key, on) => void this.#calls.get(keyOf(key))?.setCameraOn(on),
    dismiss: (key) => {
      if (this.#calls.get(keyOf(key))?.hasEnded() === true) this.#calls.delete(keyOf(key));
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
        for (const call of this.#inRoom(signal)) call.memberLeft(signal.userId);
        return;
      case 'redacted': {
        const call = this.#calls.get(keyOf(signal));
        if (call instanceof IncomingCall) call.redacted();
        return;
      }
    }
  }

  /** Running calls look after their connections. NG-14 */
  networkChanged(): void {
    for (const call of this.#calls.values()) call.networkChanged();
  }

  #receiveEvent(signal: EventSignal): void {
    const parsed = parseCallEvent(signal.type, signal.content);
    if (!parsed.ok) return this.#env.log('V1-13', parsed.why);
    const { event } = parsed;
    const from: Party = { user: signal.sender, id: event.party };
    const call = this.#calls.get(keyOf(signal));
    if (event.type === 'm.call.invite') {
      if (call !== undefined || this.#ended.has(keyOf(signal))) this.#env.log('V1-11', 'invite of a known call');
      else this.#invited(signal, event, from);
    } else if (call === undefined) this.#env.log('V1-13', `${event.type} of an unknown call`);
    else call.receive(event, from, signal);
  }

  #invited(signal: EventSignal, invite: Invite, from: Party): void {
    const verdict = signal.verdict ?? { ring: false, why: 'settled' };
    const ours = this.#rival(signal);
    if (!verdict.ring) return this.#env.log('RG-04', `an invite that may not ring: ${verdict.why}`);
    if (ours === null) return void this.#ring(signal, invite, from, null);
    const glare = resolveGlare({ callId: ours.key.callId, sent: ours.announced }, signal.callId);
    if (glare === 'keepOurs') return this.#env.log('GL-04', 'our call goes on; theirs will find out');
    const media = ours.yield();
    this.#calls.delete(keyOf(ours.key)); // GL-15: it neither failed nor was missed
    void this.#ring(signal, invite, from, media).answer(ours.kind); // GL-12: what the user placed, not what they offer
  }

  #ring(signal: EventSignal, invite: Invite, from: Party, media: LocalMedia | null): IncomingCall {
    const { account, roomId, callId } = signal;
    const key = { account, roomId, callId };
    const options = {
      key,
      peerUser: signal.sender,
      ownParty: newPartyId(this.#env.randomId),
      version: invite.version,
      kind: hasVideo(invite.sdp) ? ('video' as const) : ('voice' as const),
      verdict: signal.verdict ?? { ring: true },
      ...(media === null ? {} : { media }),
    };
    const call = new IncomingCall(this.#env, options, invite, from, signal.age, () => this.#changed(call));
    this.#calls.set(keyOf(key), call);
    call.ring();
    this.#publish();
    return call;
  }

  #place(target: PlaceTarget, kind: CallKind): CallKey {
    const { account, roomId, peer } = target;
    const running = [...this.#inRoom(target)].find((call) => !call.hasEnded() && call.peerUser === peer);
    if (running !== undefined) return running.key;
    const key = { account, roomId, callId: newCallId(this.#env.randomId) };
    const options = {
      key,
      peerUser: peer,
      ownParty: newPartyId(this.#env.randomId),
      version: '1' as const,
      kind,
      verdict: { ring: true } as const,
    };
    const call = new OutgoingCall(this.#env, options, () => this.#changed(call));
    this.#calls.set(keyOf(key), call);
    void call.start();
    this.#publish();
    return key;
  }

  /** Our own call in that room that could connect the same two people. GL-01, GL-09, GL-10 */
  #rival(signal: EventSignal): OutgoingCall | null {
    for (const call of this.#inRoom(signal)) {
      const waiting = call.state.name === 'preparing' || call.state.name === 'inviting';
      if (call instanceof OutgoingCall && waiting && call.peerUser === signal.sender) return call;
    }
    return null;
  }

  *#inRoom({ account, roomId }: { account: string; roomId: string }): Iterable<Call> {
    for (const call of [...this.#calls.values()]) {
      if (call.key.account === account && call.key.roomId === roomId) yield call;
    }
  }

  #changed(call: Call): void {
    if (call.hasEnded()) this.#remember(keyOf(call.key));
    this.#publish();
  }

  #remember(key: string): void {
    this.#ended.add(key);
    const [oldest] = this.#ended;
    if (this.#ended.size > mostEnded && oldest !== undefined) this.#ended.delete(oldest);
  }

  #publish(): void {
    const views = this.#views();
    for (const listener of this.#listeners) listener(views);
  }

  #views(): readonly CallView[] {
    return [...this.#calls.values()].map((call) => call.view());
  }
}
