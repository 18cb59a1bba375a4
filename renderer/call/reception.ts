/**
 * What becomes of an invite: it rings, it meets a call of ours to the same person, or it is over before it came. V1-11,
 * V1-12, GL-01..GL-04, GL-09..GL-14, LV-05, RG-10
 */
import { callKeyOf } from '../../preload/contract/call-key';
import { wouldBeTooMany } from '../../preload/contract/ringing-bound';
import type { CallKey, IncomingSignal } from '../../preload/contract/signalling';
import type { Call } from './call';
import type { NewCallsEnvironment } from './call-list';
import { EarlySignals, settles, type EarlySignal } from './early-signals';
import type { CallEnvironment } from './environment';
import type { Invite, RejectReplacement, Replaces } from './events';
import { countsForGlare, resolveGlare } from './glare';
import { newPartyId } from './ids';
import { IncomingCall } from './incoming-call';
import type { LocalMedia } from './local-media';
import { OutgoingCall } from './outgoing-call';
import type { Party } from './party';
import { PassedOverInvites } from './passed-over';
import { hasVideo } from './sdp';

export type EventSignal = Extract<IncomingSignal, { kind: 'event' }>;

/** An invite on its way to become a call. */
export interface Arrived {
  readonly signal: EventSignal;
  readonly invite: Invite;
  readonly from: Party;
}

/** Ringing calls that hold a connection ready; each costs memory and sockets. */
const mostPrepared = 3;

export class Reception {
  readonly #env: CallEnvironment;
  readonly #board: NewCallsEnvironment;
  readonly #early: EarlySignals;
  readonly #passedOver: PassedOverInvites;

  constructor(env: CallEnvironment, board: NewCallsEnvironment) {
    this.#env = env;
    this.#board = board;
    this.#early = new EarlySignals(env.clock);
    this.#passedOver = new PassedOverInvites(env.clock);
  }

  invited(arrived: Arrived): void {
    const { signal, from } = arrived;
    const { calls } = this.#board;
    const known = calls.find(signal);
    const verdict = signal.verdict ?? { ring: false, why: 'settled' };
    const ours = this.#rival(signal);
    // GL-08: the one id may stand for two calls, theirs and ours; otherwise a known call is a repeated one.
    if (known !== undefined ? known !== ours || known.isOwn(from) : calls.hasEnded(signal)) {
      return this.#env.log('V1-11', 'invite of a known call');
    }
    if (this.#isOver(arrived)) {
      calls.remember(signal);
      this.#env.log('LV-05', 'invite of a call that is over');
    } else if (ours !== null && countsForGlare(verdict)) this.#resolve(ours, arrived);
    else if (verdict.ring && this.#isTooMuch(signal)) this.#env.log('RG-10', 'too many calls ring');
    else if (verdict.ring) this.#ring(arrived, null);
    else this.#env.log('RG-04', `an invite that may not ring: ${verdict.why}`);
  }

  /** An event of a call that is not known, whose invite may follow. */
  cameEarly(call: CallKey, early: EarlySignal): void {
    if (this.#board.calls.hasEnded(call)) this.#env.log('AN-26', `${early.event.type} of an ended call`);
    else this.#early.add(callKeyOf(call), early);
  }

  /** Their call is over. */
  forget(call: CallKey): void {
    this.#passedOver.forget(callKeyOf(call));
  }

  /** A call of ours for which theirs may have been passed over. */
  changed(call: Call): void {
    const key = callKeyOf(call.key);
    // Ours never got through: theirs is as good.
    if (call.state.name === 'ended' && call.state.reason === 'not_sent') this.#passedOver.take(key);
    if (!(call instanceof OutgoingCall && call.isWaiting)) this.#passedOver.settle(key);
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
      if (callId !== own.callId) this.#passedOver.add(callKeyOf(ours.key), { key: callKeyOf(signal), until, take });
    } else {
      this.#give(ours, arrived);
    }
  }

  /** Our call gives way: theirs is answered with our media, as what the user placed. GL-05, GL-12 */
  #give(ours: OutgoingCall, arrived: Arrived): void {
    const { calls } = this.#board;
    const { isHeld } = ours;
    const media = ours.hasEnded() ? null : ours.yield(arrived.signal.callId !== ours.key.callId);
    calls.remove(ours); // GL-15: it neither failed nor was missed
    const call = this.#ring(arrived, media);
    if (!isHeld) calls.holdOthers(call);
    void call.answer(ours.kind);
    call.setHeld(isHeld);
  }

  #ring({ signal, invite, from }: Arrived, media: LocalMedia | null): IncomingCall {
    const { calls, transfer, changed, added } = this.#board;
    const { account, roomId, callId } = signal;
    const options = {
      key: { account, roomId, callId },
      peerUser: signal.sender,
      ownParty: newPartyId(this.#env.randomId),
      kind: hasVideo(invite.sdp) ? ('video' as const) : ('voice' as const),
      verdict: { ring: true } as const,
      transfer: (event: Replaces | RejectReplacement) => transfer(call, event),
      ...(media === null ? {} : { media }),
    };
    const call: IncomingCall = new IncomingCall(this.#env, options, invite, from, signal.age, () => changed(call));
    const prepared = calls.all().filter((other) => other instanceof IncomingCall && other.isPrepared);
    calls.add(call);
    call.ring(prepared.length < mostPrepared);
    for (const one of this.#early.take(callKeyOf(call.key))) call.receive(one.event, one.from, one.arrival);
    added();
    return call;
  }

  /** Did the caller end it, or a device of ours settle it, before its invite came? */
  #isOver({ signal, invite, from }: Arrived): boolean {
    return this.#early.of(callKeyOf(signal)).some((early) => settles(early, signal, invite, from));
  }

  #isTooMuch({ account, roomId, sender }: EventSignal): boolean {
    const ringing = this.#board.calls.all().filter(({ state }) => state.name === 'ringing');
    return wouldBeTooMany(
      ringing.map(({ key, peerUser }) => ({ account: key.account, roomId: key.roomId, caller: peerUser })),
      { account, roomId, caller: sender },
    );
  }

  /** Our own call in that room that could connect the same two people. GL-01, GL-09, GL-10 */
  #rival(signal: EventSignal): OutgoingCall | null {
    for (const call of this.#board.calls.inRoom(signal)) {
      if (call instanceof OutgoingCall && call.isWaiting && call.peerUser === signal.sender) return call;
    }
    return null;
  }
}
