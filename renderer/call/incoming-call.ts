/** A call to us: ringing, answering, other devices of ours. AN-01, AN-06..AN-08, AN-12..AN-14, AN-21, AN-24, LV-11 */
import type { UserId } from '../../preload/contract/ids';
import type { SignalOutcome } from '../../preload/contract/signalling';
import { Call, type Arrival, type CallOptions } from './call';
import type { CallKind } from './call-view';
import { Deadline } from './deadline';
import type { CallEnvironment } from './environment';
import type { CallEvent, Invite } from './events';
import { maybeSameParty, sameParty, type Party } from './party';
import { NoRelay } from './ice-servers';
import { Peer, PeerClosed } from './peer';
import { hasVoice } from './sdp';
import { sendProblem } from './send-problem';

/** Why this device cannot take the call. */
type Unfit = 'ice_failed' | 'unknown_error';

export class IncomingCall extends Call {
  readonly direction = 'incoming';
  readonly #invite: Invite;
  readonly #caller: Party;
  /** Clock time, ms, after which nobody waits for our answer. */
  readonly #expiresAt: number;
  readonly #expiry: Deadline;
  /** The connection with the caller's offer applied, or why that cannot be done. */
  #prepared: Promise<Peer | Unfit> | null = null;
  /** What that was made for: it shows addresses of ours, or none. V0-15 */
  #relayOnly = false;
  #answerGiven = false;
  /** Our answer has come back from the homeserver: later ones of other devices are later for the caller, too. */
  #answerSeen = false;
  /** Parties of our own devices that refused the call. AN-07 */
  readonly #refusals = new Set<string | null>();

  /** @param age ms since the invite was sent. LV-01 */
  constructor(
    env: CallEnvironment,
    options: CallOptions,
    invite: Invite,
    caller: Party,
    age: number,
    changed: () => void,
  ) {
    super(env, options, { name: 'ringing' }, changed);
    this.#invite = invite;
    this.#caller = caller;
    this.#expiresAt = env.clock.now() + invite.lifetime - Math.max(age, 0); // LV-12: it never rings for ever
    this.#expiry = new Deadline(env.clock, () => this.end('invite_timeout', 'circumstance')); // LV-11: nothing is sent
    this.link.meet(invite);
  }

  get announced(): boolean {
    return this.#answerGiven;
  }

  /**
   * Starts to ring.
   * @param prepare makes everything ready that can be without anything leaving this device. AN-01
   */
  ring(prepare: boolean): void {
    this.report();
    this.env.mark('call:ringing', this.key.callId);
    this.#expiry.set(this.#expiresAt);
    if (prepare) this.#prepared = this.#prepare();
  }

  /** Holds a connection ready while it rings. */
  get isPrepared(): boolean {
    return this.state.name === 'ringing' && this.#prepared !== null;
  }

  /** Never rejects. A failure leaves the call ringing, with a notice, to be tried again. AN-24, AN-25 */
  async answer(kind: CallKind): Promise<void> {
    if (this.state.name !== 'ringing') return;
    this.fail(null);
    this.move({ name: 'accepted' });
    const able = this.kind === 'video' || this.link.canAddCamera ? kind : 'voice';
    if (able !== kind) void this.media.setCameraOn(false); // handed over by a call that could have shown it
    const opening = this.media.open(able);
    let peer = await this.#prepared;
    // Once more: what was missing while it rang may be there, or the person has decided otherwise.
    if (!(peer instanceof Peer) || this.#relayOnly !== this.env.relayOnly()) peer = await this.#prepare();
    const opened = await opening;
    if (this.hasEnded()) return;
    if (!(peer instanceof Peer)) {
      this.end(peer, 'circumstance');
      return;
    } // other devices of ours may do better
    this.#prepared = Promise.resolve(peer);
    if (!opened) {
      this.#ringAgain();
      return;
    }
    const sdp = await peer.answer(able).catch((error: unknown) => {
      if (!(error instanceof PeerClosed)) this.end('unknown_error', 'circumstance');
      return null;
    });
    if (sdp === null || this.hasEnded()) return;
    if (hasVoice(sdp) || !hasVoice(this.#invite.sdp)) await this.#sendAnswer(sdp);
    else this.end('no_codec', 'circumstance'); // other devices of ours may do better
  }

  decline(): void {
    if (this.state.name === 'ringing') this.#refuse();
    else this.hangUp();
  }

  /** AN-14: before an answer, to hang up is to decline. */
  override hangUp(): void {
    if (this.#onlyRings) this.#refuse();
    else super.hangUp();
  }

  receive(event: CallEvent, from: Party, { age }: Arrival): void {
    if (this.comesLate(event, from)) return;
    if (this.isOwn(from)) this.#answerSeen ||= event.type === 'm.call.answer';
    else if (sameParty(from, this.#caller)) this.#receiveFromCaller(event, age);
    else if (this.#onlyRings && event.type === 'm.call.hangup' && maybeSameParty(from, this.#caller))
      this.#receiveFromCaller(event, age); // whoever it was, nobody waits any more
    else if (from.user === this.own.user) this.#receiveFromOwnDevice(event, from);
    else this.env.log('AN-21', `${event.type} of a party that is not the caller`);
  }

  /** The invite was taken back. LV-15 */
  redacted(): void {
    if (this.#onlyRings) this.end('user_hangup', 'them');
  }

  memberLeft(user: UserId): void {
    if (user === this.own.user) this.end('left_room', 'us');
    else if (user === this.#caller.user) this.end('left_room', 'them');
  }

  wake(): void {
    this.#expiry.check();
    if (!this.hasEnded()) this.link.networkChanged();
  }

  protected override release(): void {
    this.#expiry.stop();
    super.release();
  }

  protected override beforeConnected(): void {
    this.#answered();
  }

  /** Nobody has heard of us yet. */
  get #onlyRings(): boolean {
    return this.state.name === 'ringing' || (this.state.name === 'answering' && !this.#answerGiven);
  }

  async #sendAnswer(sdp: string): Promise<void> {
    const left = this.#expiresAt - this.env.clock.now();
    if (left <= 0) {
      this.end('invite_timeout', 'circumstance');
      return;
    }
    this.#expiry.stop();
    this.#answerGiven = true;
    const sending = this.outgoing.answer(sdp, this.link.introduce(), left);
    this.report();
    this.link.establish(this.#caller);
    const outcome = await sending;
    if (this.hasEnded()) return;
    if (outcome.ok) {
      this.#answered();
      this.link.sent('answer', sdp);
    } else if (this.state.name === 'answering') {
      this.#notSent(outcome.reason);
    }
  }

  #notSent(reason: Extract<SignalOutcome, { ok: false }>['reason']): void {
    this.#answerGiven = false;
    this.link.unestablish();
    this.fail({ about: 'signalling', problem: sendProblem(reason) });
    this.#ringAgain();
  }

  #answered(): void {
    if (this.state.name === 'answering') this.move({ name: 'answerSent' });
  }

  /** AN-14: a version 0 caller knows hangups only. */
  #refuse(): void {
    this.end('rejected', 'us');
    if (this.#invite.version === 0) this.outgoing.hangUp('user_hangup');
    else this.outgoing.reject();
  }

  #receiveFromCaller(event: CallEvent, age: number): void {
    if (event.type === 'm.call.select_answer') return this.#selected(event.selected);
    // Nothing of a running call before it runs: to apply a description now would show the caller where we are. AN-01
    if (event.type === 'm.call.negotiate' && this.#onlyRings)
      return this.env.log('NG-01', 'negotiate before an answer');
    this.receiveFromOpponent(event, this.#caller, age);
  }

  #selected(party: string | null): void {
    if (party === null) return this.env.log('AN-08', 'select_answer that selects nobody');
    if (party === this.own.id) return;
    this.end(this.#refusals.has(party) ? 'rejected_elsewhere' : 'answered_elsewhere', 'us'); // AN-06, AN-07
  }

  /** AN-12, AN-13: while we only ring, our other device has settled it; once we answered, the caller decides. */
  #receiveFromOwnDevice(event: CallEvent, from: Party): void {
    const refuses = event.type === 'm.call.reject' || (event.type === 'm.call.hangup' && this.#invite.version === 0);
    if (refuses || event.type === 'm.call.hangup') this.#refusals.add(from.id);
    if (event.type !== 'm.call.answer' && !refuses) return;
    // A version 0 caller takes the first answer and does not say which that was.
    const comesFirst = this.#invite.version === 0 && !this.#answerSeen && this.state.name !== 'connected';
    if (this.#onlyRings || comesFirst) this.end(refuses ? 'rejected_elsewhere' : 'answered_elsewhere', 'us');
  }

  async #prepare(): Promise<Peer | Unfit> {
    this.#relayOnly = this.env.relayOnly();
    try {
      const peer = await this.link.open();
      // Without metadata the far end would take every stream that is promised for one that is sent. SM-04
      await peer.prepareAnswer(this.#invite.sdp, this.link.knowsStreams);
      return peer;
    } catch (error) {
      if (!(error instanceof PeerClosed)) this.env.log('AN-26', 'no connection, or an offer that WebRTC refuses');
      return error instanceof NoRelay ? 'ice_failed' : 'unknown_error';
    }
  }

  #ringAgain(): void {
    this.move({ name: 'answerFailed' });
    this.#expiry.set(this.#expiresAt);
  }
}
