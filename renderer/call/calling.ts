/**
 * What the person begins: calls made ready ahead, placed and answered. One conversation at a time: the others are put on
 * hold, and nobody is called who is in a call with us. GL-02, RG-10
 */
import type { CallKey } from '../../preload/contract/signalling';
import type { Call } from './call';
import type { NewCallsEnvironment } from './call-list';
import type { CallKind, PlaceTarget } from './call-view';
import type { CallEnvironment } from './environment';
import type { RejectReplacement, Replaces } from './events';
import { newCallId, newPartyId } from './ids';
import { IncomingCall } from './incoming-call';
import { OutgoingCall } from './outgoing-call';
import { Standby } from './standby';

export class Calling {
  readonly #env: CallEnvironment;
  readonly #board: NewCallsEnvironment;
  readonly #standby: Standby;

  constructor(env: CallEnvironment, board: NewCallsEnvironment) {
    this.#env = env;
    this.#board = board;
    this.#standby = new Standby(env.clock);
  }

  /** See `CallControls.expect`. */
  expect(target: PlaceTarget, kind: CallKind): void {
    if (this.#board.calls.with(target) === undefined) {
      this.#standby.expect(target, kind, () => this.#make(target, kind));
    }
  }

  /** What was made ready was gathered on another network. */
  networkChanged(): void {
    this.#standby.drop();
  }

  /** See `CallControls.place`. */
  place(target: PlaceTarget, kind: CallKind): CallKey {
    const running = this.#board.calls.with(target);
    if (running !== undefined) {
      // Two people who call each other want to talk, also when one of them was first (GL-02).
      if (running instanceof IncomingCall) this.answer(running, kind);
      return running.key;
    }
    const call = this.#standby.take(target, kind) ?? this.#make(target, kind);
    this.#begin(call);
    return call.key;
  }

  /** A call under an id that somebody else has chosen. Null where it is taken, or the person is in a call with us. */
  placeTransferred(target: PlaceTarget, kind: CallKind, callId: CallKey['callId']): Call | null {
    const { calls } = this.#board;
    const key = { ...target, callId };
    if (calls.find(key) !== undefined || calls.hasEnded(key) || calls.with(target) !== undefined) return null;
    const call = this.#make(target, kind, callId);
    this.#begin(call);
    return call;
  }

  answer(call: IncomingCall, kind: CallKind): void {
    if (call.state.name !== 'ringing') return;
    this.#board.calls.holdOthers(call);
    void call.answer(kind);
  }

  #begin(call: OutgoingCall): void {
    const { calls, added } = this.#board;
    calls.holdOthers(call);
    calls.add(call);
    void call.start();
    added();
  }

  #make(
    { account, roomId, peer }: PlaceTarget,
    kind: CallKind,
    callId: CallKey['callId'] = newCallId(this.#env.randomId),
  ): OutgoingCall {
    const { calls, transfer, changed } = this.#board;
    const options = {
      key: { account, roomId, callId },
      peerUser: peer,
      ownParty: newPartyId(this.#env.randomId),
      kind,
      verdict: { ring: true } as const,
      transfer: (event: Replaces | RejectReplacement) => transfer(call, event),
    };
    const call: OutgoingCall = new OutgoingCall(this.#env, options, () => {
      // Not while it is only made ready, and not when another call has taken its place.
      if (calls.find(call.key) === call) changed(call);
    });
    return call;
  }
}
