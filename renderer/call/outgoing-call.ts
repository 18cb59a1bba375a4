/** A call that we place: invite, the choice of one answer, time-out. V1-01..V1-07, AN-02..AN-05, LV-09, LV-10 */
import type { UserId } from '../../preload/contract';
import { Call, type Arrival, type CallOptions } from './call';
import type { CallEnvironment } from './environment';
import { defaultLifetime, type Answer, type CallEvent, type Hangup, type Reject } from './events';
import type { LocalMedia } from './local-media';
import type { Party } from './party';
import { PeerClosed } from './peer';

export class OutgoingCall extends Call {
  readonly direction = 'outgoing';
  /** The invite was handed to main; whether it left is not yet known. */
  #inviteGiven = false;
  #stopTimer: () => void = () => undefined;

  constructor(env: CallEnvironment, options: CallOptions, changed: () => void) {
    super(env, options, { name: 'preparing' }, changed);
  }

  get announced(): boolean {
    return this.#inviteGiven;
  }

  /** Captures, offers, invites. Never rejects: what goes wrong ends the call with a reason. */
  async start(): Promise<void> {
    this.report();
    const opening = this.media.open(this.kind);
    const peer = await this.connect();
    const sdp = await peer.offer(this.kind).catch((error: unknown) => {
      if (!(error instanceof PeerClosed)) this.end('unknown_error', 'circumstance');
      return null;
    });
    const opened = await opening;
    if (this.hasEnded() || sdp === null) return;
    if (!opened) {
      this.end('user_media_failed', 'us'); // AN-19: nobody has heard of this call
      return;
    }
    this.#inviteGiven = true;
    const sending = this.outgoing.invite(sdp, defaultLifetime, this.peerUser, this.metadata);
    this.report();
    const outcome = await sending;
    if (this.hasEnded()) return;
    if (outcome.ok) {
      this.#invited();
      this.sent('invite', sdp);
    } else {
      this.fail({ about: 'signalling', problem: outcome.reason === 'gaveUp' ? 'gaveUp' : 'forbidden' });
      this.#inviteGiven = outcome.reason === 'gaveUp'; // it may have arrived all the same
      this.end('not_sent', 'circumstance', outcome.reason === 'gaveUp' ? 'unknown_error' : undefined);
    }
  }

  /** In a glare: ends without showing, and lets go of the media. An invite that was given away is hung up. GL-02, GL-03 */
  yield(): LocalMedia {
    const { media } = this;
    this.release();
    this.move({ name: 'ended', reason: 'glare', by: 'circumstance' });
    if (this.#inviteGiven) this.outgoing.hangUp('user_hangup');
    return media;
  }

  receive(event: CallEvent, from: Party, arrival: Arrival): void {
    if (this.hasEnded() || this.isOwn(from)) return;
    if (from.user !== this.peerUser) return this.env.log('AN-10', `${event.type} of a user who was not called`);
    if (event.type === 'm.call.candidates') return this.onCandidates(event, from);
    if (this.opponent === null) return this.#receiveWhileInviting(event, from, arrival.members);
    if (from.id !== this.opponent.id) return this.env.log('AN-02', `${event.type} of a party that was not chosen`);
    this.receiveFromOpponent(event, arrival.age);
  }

  memberLeft(user: UserId): void {
    if (user === this.own.user)
      this.end('left_room', 'us'); // RM-04
    else if (user === this.peerUser) this.end('left_room', 'them'); // RM-01, RM-02
  }

  protected override release(): void {
    this.#stopTimer();
    super.release();
  }

  protected onConnected(): void {
    // An outgoing call connects only after its answer was accepted: `connecting` already.
  }

  #receiveWhileInviting(event: CallEvent, from: Party, members: number): void {
    if (!this.#inviteGiven) return;
    switch (event.type) {
      case 'm.call.answer':
        void this.#accept(event, from);
        return;
      case 'm.call.reject':
        this.#rejected(event, from);
        return;
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
    this.#stopTimer();
    this.opponent = from;
    this.opponentVersion = event.version;
    this.opponentCapabilities = event.capabilities;
    this.remote.describe(event.metadata);
    this.move({ name: 'answered' });
    if (event.version !== 0 && from.id !== null) this.outgoing.selectAnswer(from.id); // AN-03
    try {
      await this.peer?.acceptAnswer(event.sdp);
      if (!this.hasEnded()) this.established(from);
    } catch (error) {
      if (!(error instanceof PeerClosed)) this.end('unknown_error', 'circumstance', 'unknown_error'); // AN-26
    }
  }

  #rejected(event: Reject | Hangup, from: Party): void {
    this.#invited();
    this.opponent = from;
    if (event.type === 'm.call.reject' && from.id !== null) this.outgoing.selectAnswer(from.id); // AN-04
    const busy = event.type === 'm.call.hangup' && event.reason === 'user_busy';
    const failed = event.type === 'm.call.hangup' && event.reason === 'user_media_failed';
    this.end(busy ? 'user_busy' : failed ? 'user_media_failed' : 'rejected', 'them');
  }

  #invited(): void {
    if (this.state.name !== 'preparing') return;
    this.env.mark('call:invite-sent', this.key.callId);
    this.move({ name: 'invited' });
    const cancel = this.env.clock.after(defaultLifetime, () =>
      this.end('invite_timeout', 'circumstance', 'invite_timeout'),
    );
    this.#stopTimer = cancel;
  }
}

/**
 * A hangup before any answer. Version 0 has no other way to decline (AN-20); a version 1 client that cannot open its
 * devices, or is busy, says so this way (N6). Both count only from the one person who can be meant.
 */
const endsInvitation = ({ version, reason }: Hangup): boolean =>
  version === 0 || reason === 'user_media_failed' || reason === 'user_busy';
