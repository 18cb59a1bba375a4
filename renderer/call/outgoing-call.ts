/** A call that we place: invite, the choice of one answer, time-out. V1-01..V1-07, AN-02..AN-05, LV-09, LV-10 */
import type { UserId } from '../../preload/contract/ids';
import type { SignalOutcome } from '../../preload/contract/signalling';
import { Call, type Arrival, type CallOptions } from './call';
import { Deadline } from './deadline';
import type { CallEnvironment } from './environment';
import { type Answer, type CallEvent, type Hangup, type Reject } from './events';
import { NoRelay } from './ice-servers';
import type { LocalMedia } from './local-media';
import type { Party } from './party';
import { PeerClosed, type Peer } from './peer';
import { hasVoice, mediaSections } from './sdp';
import { sendProblem } from './send-problem';

export class OutgoingCall extends Call {
  readonly direction = 'outgoing';
  /** The invite was handed to main; whether it left is not yet known. */
  #inviteGiven = false;
  /** The party whose answer or reject came first. AN-02 */
  #chosen: Party | null = null;
  #peer: Peer | null = null;
  /** The offer, while the call waits to be placed. */
  #prepared: Promise<string | null> | null = null;
  /** What the offer was made for: it shows addresses of ours, or none. V0-15 */
  #relayOnly = false;
  readonly #expiry: Deadline;
  /** ms; a change of the setting meanwhile is for the next call. */
  #lifetime = 0;

  constructor(env: CallEnvironment, options: CallOptions, changed: () => void) {
    super(env, options, { name: 'preparing' }, changed);
    this.#expiry = new Deadline(env.clock, () => this.end('invite_timeout', 'circumstance', 'invite_timeout'));
  }

  get announced(): boolean {
    return this.#inviteGiven;
  }

  /** Nobody has answered yet: the call could still give way to one from the other side. GL-02, GL-03 */
  get isWaiting(): boolean {
    return this.state.name === 'preparing' || this.state.name === 'inviting';
  }

  /** Makes the offer before anybody has asked for the call. What fails now is tried again by `start`. */
  async prepare(): Promise<void> {
    this.#prepared = this.#makeOffer().catch(() => null);
    await this.#prepared;
  }

  /** The call was not placed after all: nobody has heard of it, and no screen has shown it. */
  discard(): void {
    this.release();
    this.media.stop();
  }

  /** Captures, offers, invites. Never rejects: what goes wrong ends the call with a reason. */
  async start(): Promise<void> {
    this.report();
    const opening = this.media.open(this.kind);
    const sdp = await this.#offer();
    const opened = await opening;
    if (this.hasEnded() || sdp === null) return;
    if (!opened) {
      this.end('user_media_failed', 'us');
      return;
    } // AN-19: nobody has heard of this call
    this.#inviteGiven = true;
    this.#lifetime = this.env.inviteLifetime();
    const sending = this.outgoing.invite(sdp, this.#lifetime, this.peerUser, this.link.introduce());
    this.report();
    const outcome = await sending;
    if (this.hasEnded()) return;
    if (!outcome.ok) {
      this.#notSent(outcome.reason);
      return;
    }
    this.#invited();
    this.link.sent('invite', sdp);
  }

  /**
   * In a glare: ends without showing, and lets go of the media. An invite that was given away is hung up, unless theirs
   * has the same id: to hang it up would hang up the survivor. GL-02, GL-03, GL-08
   */
  yield(tell: boolean): LocalMedia {
    const { media } = this;
    this.release();
    this.move({ name: 'ended', reason: 'glare', by: 'circumstance' });
    if (this.#inviteGiven && tell) this.outgoing.hangUp('user_hangup');
    return media;
  }

  receive(event: CallEvent, from: Party, { age, members }: Arrival): void {
    if (this.comesLate(event, from) || this.isOwn(from)) return;
    if (from.user !== this.peerUser) return this.env.log('AN-10', `${event.type} of a user who was not called`);
    if (event.type === 'm.call.candidates') return this.link.receiveCandidates(event, from);
    if (this.#chosen === null) return this.#receiveWhileInviting(event, from, members);
    if (from.id !== this.#chosen.id) return this.env.log('AN-02', `${event.type} of a party that was not chosen`);
    this.receiveFromOpponent(event, from, age);
  }

  memberLeft(user: UserId): void {
    if (user === this.own.user)
      this.end('left_room', 'us'); // RM-04
    else if (user === this.peerUser) this.end('left_room', 'them'); // RM-01, RM-02
  }

  wake(): void {
    this.#expiry.check();
    if (!this.hasEnded()) this.link.networkChanged();
  }

  protected override release(): void {
    this.#expiry.stop();
    super.release();
  }

  async #makeOffer(): Promise<string> {
    this.#relayOnly = this.env.relayOnly();
    this.#peer = await this.link.open();
    return this.#peer.offer(this.kind);
  }

  async #offer(): Promise<string | null> {
    try {
      const prepared = await this.#prepared;
      return this.#relayOnly === this.env.relayOnly() && prepared !== null ? prepared : await this.#makeOffer();
    } catch (error) {
      if (!(error instanceof PeerClosed))
        this.end(error instanceof NoRelay ? 'ice_failed' : 'unknown_error', 'circumstance');
      return null;
    }
  }

  #notSent(reason: Extract<SignalOutcome, { ok: false }>['reason']): void {
    const uncertain = reason === 'gaveUp'; // it may have arrived all the same
    this.#inviteGiven = uncertain;
    this.fail({ about: 'signalling', problem: sendProblem(reason) });
    this.end('not_sent', 'circumstance', uncertain ? 'unknown_error' : undefined);
  }

  #receiveWhileInviting(event: CallEvent, from: Party, members: number): void {
    if (!this.#inviteGiven) return;
    switch (event.type) {
      case 'm.call.answer':
        void this.#accept(event, from);
        return;
      case 'm.call.reject':
        return this.#rejected(event, from);
      case 'm.call.hangup':
        if (members <= 2 && endsInvitation(event)) this.#rejected(event, from);
        else this.env.log('AN-20', 'hangup of a party that was not chosen');
        return;
      default:
        this.env.log('V1-13', `${event.type} before an answer`);
    }
  }

  async #accept(event: Answer, from: Party): Promise<void> {
    this.#invited(); // an answer proves that the invite arrived, whatever the response to it will say
    this.#expiry.stop();
    this.#chosen = from;
    this.link.meet(event);
    this.move({ name: 'answered' });
    if (event.version !== 0 && from.id !== null) this.outgoing.selectAnswer(from.id); // AN-03
    if (!hasVoice(event.sdp) && mediaSections(event.sdp).length > 0) {
      this.end('no_codec', 'circumstance', 'unknown_error');
      return;
    }
    try {
      await this.#peer?.acceptAnswer(event.sdp);
      if (!this.hasEnded()) this.link.establish(from);
    } catch (error) {
      if (!(error instanceof PeerClosed)) this.end('unknown_error', 'circumstance', 'unknown_error'); // AN-26
    }
  }

  #rejected(event: Reject | Hangup, from: Party): void {
    this.#invited();
    this.#chosen = from;
    if (event.version !== 0 && from.id !== null) this.outgoing.selectAnswer(from.id); // AN-04
    const reason = event.type === 'm.call.hangup' ? event.reason : null;
    this.end(reason === 'user_busy' || reason === 'user_media_failed' ? reason : 'rejected', 'them');
  }

  #invited(): void {
    if (this.state.name !== 'preparing') return;
    this.env.mark('call:invite-sent', this.key.callId);
    this.move({ name: 'invited' });
    this.#expiry.set(this.env.clock.now() + this.#lifetime);
  }
}

/**
 * A hangup before any answer. Version 0 has no other way to decline (AN-20); a version 1 client that cannot open its
 * devices, or is busy, says so this way (N6). Both count only from the one person who can be meant.
 */
const endsInvitation = ({ version, reason }: Hangup): boolean =>
  version === 0 || reason === 'user_media_failed' || reason === 'user_busy';
