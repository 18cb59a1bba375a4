/** A call to us: ringing, answering, other devices of ours. AN-01, AN-06..AN-08, AN-12..AN-14, AN-21, AN-24, LV-11 */
import type { UserId } from '../../preload/contract';
import { Call, type Arrival, type CallOptions } from './call';
import type { CallKind } from './call-view';
import type { CallEnvironment } from './environment';
import type { CallEvent, Invite } from './events';
import { sameParty, type Party } from './party';
import { PeerClosed } from './peer';

export class IncomingCall extends Call {
  readonly direction = 'incoming';
  readonly #invite: Invite;
  readonly #caller: Party;
  /** Clock time, ms, after which nobody waits for our answer. */
  readonly #expiresAt: number;
  #stopTimer: () => void = () => undefined;
  #prepared: Promise<boolean> | null = null;
  #answerGiven = false;

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
    this.opponent = caller;
    this.opponentCapabilities = invite.capabilities;
    this.#expiresAt = env.clock.now() + invite.lifetime - age;
    this.remote.describe(invite.metadata);
  }

  get announced(): boolean {
    return this.#answerGiven;
  }

  /** Starts to ring, and makes everything ready that can be without anything leaving this device. AN-01 */
  ring(): void {
    this.report();
    this.env.mark('call:ringing', this.key.callId);
    this.#startTimer();
    this.#prepared = this.#prepare();
  }

  /** Never rejects. A failure leaves the call ringing, with a notice, to be tried again. AN-24, AN-25 */
  async answer(kind: CallKind): Promise<void> {
    if (this.state.name !== 'ringing') return;
    this.#stopTimer();
    this.move({ name: 'accepted' });
    const opening = this.media.open(kind);
    const ready = await (this.#prepared ?? this.#prepare());
    const opened = await opening;
    if (this.hasEnded()) return;
    if (!ready) {
      this.end('unknown_error', 'circumstance', 'unknown_error');
      return;
    }
    if (!opened) {
      this.#ringAgain();
      return;
    }
    const sdp = await this.peer?.answer(kind).catch((error: unknown) => {
      if (!(error instanceof PeerClosed)) this.end('unknown_error', 'circumstance', 'unknown_error');
      return null;
    });
    if (this.hasEnded() || sdp === undefined || sdp === null) return;
    this.#answerGiven = true;
    const left = this.#expiresAt - this.env.clock.now();
    const sending = this.outgoing.answer(sdp, this.metadata, left);
    this.established(this.#caller);
    const outcome = await sending;
    if (this.hasEnded()) return;
    if (outcome.ok) {
      this.#answered();
      this.sent('answer', sdp);
    } else {
      this.#answerGiven = false;
      this.recovery.stop();
      this.fail({ about: 'signalling', problem: outcome.reason === 'gaveUp' ? 'gaveUp' : 'forbidden' });
      this.#ringAgain();
    }
  }

  decline(): void {
    if (this.state.name !== 'ringing') return this.hangUp();
    this.end('rejected', 'us');
    this.outgoing.reject();
  }

  /** AN-14: before an answer, to hang up is to decline. */
  override hangUp(): void {
    if (this.state.name === 'ringing' || (this.state.name === 'answering' && !this.#answerGiven)) {
      this.end('rejected', 'us');
      this.outgoing.reject();
    } else super.hangUp();
  }

  receive(event: CallEvent, from: Party, { age }: Arrival): void {
    if (this.hasEnded() || this.isOwn(from)) return;
    if (sameParty(from, this.#caller)) return this.#receiveFromCaller(event, age);
    if (from.user === this.own.user) return this.#receiveFromOwnDevice(event);
    this.env.log('AN-21', `${event.type} of a party that is not the caller`);
  }

  /** The invite was taken back. LV-15 */
  redacted(): void {
    if (this.state.name === 'ringing') this.end('user_hangup', 'them');
  }

  memberLeft(user: UserId): void {
    if (user === this.own.user) this.end('left_room', 'us');
    else if (user === this.#caller.user) this.end('left_room', 'them');
  }

  protected override release(): void {
    this.#stopTimer();
    super.release();
  }

  /** Media can flow before the homeserver has confirmed our answer; then the answer has arrived. */
  protected onConnected(): void {
    this.#answered();
  }

  #answered(): void {
    if (this.state.name === 'answering') this.move({ name: 'answerSent' });
  }

  #receiveFromCaller(event: CallEvent, age: number): void {
    if (event.type === 'm.call.candidates') return this.onCandidates(event, this.#caller);
    if (event.type === 'm.call.select_answer') {
      if (event.selected === null) return this.env.log('AN-08', 'select_answer that selects nobody');
      if (event.selected !== this.own.id) this.end('answered_elsewhere', 'us'); // AN-06, AN-07
      return;
    }
    this.receiveFromOpponent(event, age);
  }

  /** AN-12, AN-13: while we only ring, our other device has settled it; once we answered, the caller decides. */
  #receiveFromOwnDevice(event: CallEvent): void {
    if (this.state.name !== 'ringing' && !(this.state.name === 'answering' && !this.#answerGiven)) return;
    if (event.type === 'm.call.answer') this.end('answered_elsewhere', 'us');
    else if (event.type === 'm.call.reject') this.end('rejected_elsewhere', 'us');
    else if (event.type === 'm.call.hangup' && this.#invite.version === 0) this.end('rejected_elsewhere', 'us');
  }

  async #prepare(): Promise<boolean> {
    try {
      const peer = await this.connect();
      // Without metadata the far end would take every stream that is promised for one that is sent. SM-04
      await peer.prepareAnswer(this.#invite.sdp, this.#invite.metadata !== null);
      return true;
    } catch (error) {
      if (!(error instanceof PeerClosed)) this.env.log('AN-26', 'the offer was refused by WebRTC');
      return false;
    }
  }

  #ringAgain(): void {
    this.move({ name: 'answerFailed' });
    this.#startTimer();
  }

  #startTimer(): void {
    const left = Math.max(this.#expiresAt - this.env.clock.now(), 0);
    this.#stopTimer = this.env.clock.after(left, () => this.end('invite_timeout', 'circumstance')); // LV-11: nothing is sent
  }
}
