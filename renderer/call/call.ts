/**
 * One call: what both directions share. Signals and the user's wishes come in through methods; the state changes in
 * `move` alone; everything that takes time checks afterwards whether the call is still alive.
 */
import type { PartyId, UserId } from '../../preload/contract/ids';
import type { CallKey, RingVerdict } from '../../preload/contract/signalling';
import { endReasonOf, next, type CallMove, type CallState, type EndedBy, type EndReason } from './call-state';
import type { CallKind, CallNotice, CallView, TransferView } from './call-view';
import type { CallEnvironment } from './environment';
import type { CallEvent, Identity, RejectReplacement, Replaces } from './events';
import { Link } from './link';
import { LocalMedia } from './local-media';
import { Outgoing, type HangupReason } from './outgoing';
import { sameParty, type Party } from './party';
import type { Sample } from './quality';
import type { Replacement } from './transfer-events';

export interface CallOptions {
  readonly key: CallKey;
  readonly peerUser: UserId;
  readonly ownParty: PartyId;
  readonly kind: CallKind;
  readonly verdict: RingVerdict;
  /** A transfer is asked for, or refused, by the far end. X-01 */
  readonly transfer: (event: Replaces | RejectReplacement) => void;
  /** Media that another call hands over; captured anew when absent. GL-05 */
  readonly media?: LocalMedia;
}

/** What main knows of an event beyond its content. */
export interface Arrival {
  /** ms since the event was sent. LV-01 */
  readonly age: number;
  /** Joined and invited members of the room, ourselves included. GL-10, AN-20 */
  readonly members: number;
}

export abstract class Call {
  readonly key: CallKey;
  readonly peerUser: UserId;
  readonly kind: CallKind;
  abstract readonly direction: 'incoming' | 'outgoing';
  protected readonly env: CallEnvironment;
  protected readonly own: Party;
  protected readonly outgoing: Outgoing;
  protected readonly link: Link;
  protected readonly media: LocalMedia;
  readonly #options: CallOptions;
  readonly #changed: () => void;
  #state: CallState;
  #connectedAt: number | null = null;
  #endedAt: number | null = null;
  #failure: CallNotice | null = null;
  #identity: Identity | null = null;
  #reportedSigns = '';
  #transfer: TransferView | null = null;

  constructor(
    env: CallEnvironment,
    options: CallOptions,
    initial: CallState & { readonly name: 'preparing' | 'ringing' },
    changed: () => void,
  ) {
    const { key, ownParty } = options;
    this.env = env;
    this.#options = options;
    this.#changed = changed;
    this.#state = initial;
    this.key = key;
    this.peerUser = options.peerUser;
    this.kind = options.kind;
    this.own = { user: key.account, id: ownParty };
    this.outgoing = new Outgoing(key, ownParty, env.receivesDigits, (signal) => env.send(signal));
    this.media = options.media ?? new LocalMedia(env.capture);
    this.media.listen(() => this.#mediaChanged());
    this.media.setHeld(false); // whoever had it before may have held its call
    const polite = initial.name === 'ringing'; // the callee; in a glare whoever gave way. GL-06
    this.link = new Link(
      env,
      { account: key.account, callId: key.callId, polite, media: this.media, outgoing: this.outgoing },
      {
        connected: () => this.#onConnected(),
        lost: () => this.#onLost(),
        gaveUp: (reason) => this.end(reason, 'circumstance', reason),
        changed: () => this.changed(),
      },
    );
  }

  get state(): CallState {
    return this.#state;
  }
  hasEnded(): boolean {
    return this.#state.name === 'ended';
  }
  get ownParty(): Party {
    return this.own;
  }
  get isHeld(): boolean {
    return this.link.heldByUs;
  }
  /** Somebody talks here, or is about to: no second conversation may be heard meanwhile. */
  get isOccupied(): boolean {
    return this.#state.name !== 'ended' && this.#state.name !== 'ringing' && !this.link.heldByUs;
  }
  /** The far end may have heard of us: our invite or answer was given away. AN-19 */
  abstract get announced(): boolean;

  abstract receive(event: CallEvent, from: Party, arrival: Arrival): void;
  abstract memberLeft(user: UserId): void;
  /** The machine woke up, or the network changed: what depends on time or on the path is looked at again. */
  abstract wake(): void;

  hangUp(): void {
    if (!this.hasEnded()) this.end('user_hangup', 'us', 'user_hangup');
  }

  setMicrophoneMuted(muted: boolean): void {
    if (this.hasEnded()) return;
    this.media.setMicrophoneMuted(muted);
    this.#mediaChanged();
  }

  async setCameraOn(on: boolean): Promise<void> {
    // While it rings no device is opened: that is for the answer to say.
    if (!this.hasEnded() && this.#state.name !== 'ringing') await this.link.setCameraOn(on);
  }

  setHeld(held: boolean): void {
    if (this.hasEnded() || this.#state.name === 'ringing' || held === this.link.heldByUs) return;
    this.link.setHeld(held);
    this.report();
    this.changed();
  }

  /** One look at the counters of the connection; null where there is none. */
  sample(): Promise<Sample | null> {
    return this.hasEnded() ? Promise.resolve(null) : this.link.sample();
  }

  sendDigits(digits: string): void {
    if (!this.hasEnded()) this.link.sendDigits(digits);
  }

  get transfer(): TransferView | null {
    return this.#transfer;
  }
  /** The far end can be asked to go on with somebody else. X-01 */
  get canTransfer(): boolean {
    return this.#state.name === 'connected' && this.link.farEndTransfers && !isPending(this.#transfer);
  }

  showTransfer(transfer: TransferView | null): void {
    this.#transfer = transfer;
    this.changed();
  }

  /** @returns whether it could be sent. */
  async replace(replacement: Replacement): Promise<boolean> {
    return (await this.outgoing.replace(replacement)).ok;
  }

  rejectReplacement(replacement: string): void {
    if (!this.hasEnded()) this.outgoing.rejectReplacement(replacement);
  }

  /** Somebody else goes on: this call is over, and nobody needs to be told why. X-01 */
  endTransferred(): void {
    this.end('transferred', 'us', 'user_hangup');
  }

  /** `screen` is ours from now on, also when the call can do nothing with it. */
  shareScreen(screen: MediaStream): void {
    this.link.share(screen);
  }

  stopSharing(): void {
    this.link.stopSharing();
  }

  /** What comes after the end changes nothing. AN-26 */
  protected comesLate(event: CallEvent, from: Party): boolean {
    if (this.hasEnded() && !this.isOwn(from)) this.env.log('AN-26', `${event.type} of an ended call`);
    return this.hasEnded();
  }

  /** Is this event one of our own, come back from the homeserver? V1-06 */
  isOwn(from: Party): boolean {
    return sameParty(from, this.own);
  }

  view(): CallView {
    const { media } = this;
    return {
      ...this.key,
      ...this.link.view(),
      direction: this.direction,
      peer: this.peerUser,
      kind: this.kind,
      state: this.#state,
      verdict: this.#options.verdict,
      connectedAt: this.#connectedAt,
      endedAt: this.#endedAt,
      microphoneMuted: media.microphoneMuted,
      cameraOn: media.cameraOn,
      peerIdentity: this.#identity,
      localStream: media.stream,
      canTransfer: this.canTransfer,
      transfer: this.#transfer,
      notice: this.#failure ?? media.notice,
    };
  }

  /** The only place where the state changes. */
  protected move(move: CallMove): void {
    this.#state = next(this.#state, move);
    if (this.#state.name === 'connected' && this.#connectedAt === null) {
      this.#connectedAt = this.env.clock.now();
      this.env.mark('call:connected', this.key.callId);
    }
    if (this.#state.name === 'ended') this.#endedAt = this.env.clock.now();
    this.report();
    this.changed();
  }

  protected changed(): void {
    const running = !this.hasEnded() && this.#state.name !== 'ringing';
    if (running && this.#reportedSigns !== this.#signs()) this.report();
    this.#changed();
  }

  /** What main is told of beside the state, and what changes without it. */
  #signs(): string {
    return `${this.link.heldByUs} ${this.#hasPicture} ${this.link.isSharing}`;
  }

  get #hasPicture(): boolean {
    return this.media.cameraOn || this.link.hasPicture;
  }

  /** Ends the call here; with `tell` the far end hears of it, if it has heard of us at all. AN-19 */
  protected end(reason: EndReason, by: EndedBy, tell?: HangupReason): void {
    if (this.hasEnded()) return;
    this.release();
    this.media.stop();
    const { announced } = this;
    this.move({ name: 'ended', reason, by });
    if (tell !== undefined && announced) this.outgoing.hangUp(tell);
  }

  /** Ends everything but the media and what is said about it. */
  protected release(): void {
    this.link.close();
  }

  protected fail(notice: CallNotice | null): void {
    this.#failure = notice;
    this.changed();
  }

  /** What only the party we talk to may say in a running call. NG-03, SM-12 */
  protected receiveFromOpponent(event: CallEvent, from: Party, age: number): void {
    switch (event.type) {
      case 'm.call.candidates':
        return this.link.receiveCandidates(event, from);
      case 'm.call.negotiate':
        return this.link.receiveNegotiate(event, age);
      case 'm.call.sdp_stream_metadata_changed':
        return this.link.receiveMetadata(event);
      case 'm.call.asserted_identity':
        this.#identity = event.identity;
        return this.changed();
      case 'm.call.hangup':
        return this.end(this.#reasonOf(event.reason), 'them');
      case 'm.call.replaces':
      case 'm.call.reject_replacement':
        return this.#options.transfer(event);
      default:
        this.env.log('V1-13', `${event.type} out of place`);
    }
  }

  protected report(): void {
    const state = this.#state;
    this.#reportedSigns = this.#signs();
    this.env.report({
      ...this.key,
      partyId: this.#options.ownParty,
      version: '1',
      direction: this.direction,
      peer: this.peerUser,
      kind: this.kind,
      state: state.name,
      announced: this.announced,
      muted: this.media.microphoneMuted,
      held: this.link.heldByUs,
      picture: this.#hasPicture,
      sharing: this.link.isSharing,
      ...(state.name === 'ended' ? { reason: state.reason, by: state.by } : {}),
    });
  }

  /** Media can flow before the homeserver has confirmed our answer. */
  protected beforeConnected(): void {
    // An outgoing call connects only after its answer was accepted: `connecting` already.
  }

  /** Whoever was asked to go on with somebody else hangs up when it does; who asks may do so at once. X-01 */
  #reasonOf(reason: string): EndReason {
    const { step } = this.#transfer ?? {};
    if (step === 'asking' || step === 'promised' || step === 'awaited') return 'transferred';
    return reason === 'transferred' ? 'user_hangup' : endReasonOf(reason);
  }

  #onConnected(): void {
    if (this.hasEnded()) return;
    this.beforeConnected();
    if (this.#state.name === 'connecting') this.move({ name: 'connected' });
    else if (this.#state.name === 'reconnecting') this.move({ name: 'reconnected' });
  }

  #onLost(): void {
    if (this.#state.name === 'connected') this.move({ name: 'lost' });
  }

  #mediaChanged(): void {
    if (this.hasEnded()) return;
    this.link.tellStreams();
    this.report();
    this.changed();
  }
}

const isPending = (transfer: TransferView | null): boolean =>
  transfer?.step === 'asking' || transfer?.step === 'promised';
