/**
 * One call: what both directions share. Signals and the user's wishes come in through methods; the state changes in
 * `move` alone; everything that takes time checks afterwards whether the call is still alive.
 */
import type { CallKey, PartyId, RingVerdict, UserId } from '../../preload/contract';
import { batchAfter, CandidateOutbox } from './candidate-outbox';
import { CandidateInbox } from './candidate-inbox';
import { next, type CallMove, type CallState, type EndedBy, type EndReason } from './call-state';
import type { CallKind, CallNotice, CallView } from './call-view';
import type { CallEnvironment } from './environment';
import type { CallEvent, CallVersion, Candidates, Capabilities } from './events';
import { LocalMedia } from './local-media';
import { Negotiator } from './negotiator';
import { Outgoing, type HangupReason } from './outgoing';
import { sameParty, type Party } from './party';
import { Peer } from './peer';
import { Recovery } from './recovery';
import { RemoteStreams } from './remote-streams';
import type { StreamMetadata } from './stream-metadata';

export interface CallOptions {
  readonly key: CallKey;
  readonly peerUser: UserId;
  readonly ownParty: PartyId;
  readonly version: CallVersion;
  readonly kind: CallKind;
  readonly verdict: RingVerdict;
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
  protected readonly recovery: Recovery;
  protected readonly inbox = new CandidateInbox();
  protected readonly outbox: CandidateOutbox;
  protected readonly remote = new RemoteStreams();
  protected media: LocalMedia;
  protected peer: Peer | null = null;
  /** The party that we talk to: known from the start for an incoming call, chosen by the answer for an outgoing one. */
  protected opponent: Party | null = null;
  protected opponentVersion: CallVersion;
  protected opponentCapabilities: Capabilities | null = null;
  readonly #options: CallOptions;
  readonly #changed: () => void;
  #negotiator: Negotiator | null = null;
  #state: CallState;
  #connectedAt: number | null = null;
  #endedAt: number | null = null;
  #heldByUs = false;
  #heldByPeer = false;
  #failure: CallNotice | null = null;

  constructor(env: CallEnvironment, options: CallOptions, initial: CallState, changed: () => void) {
    this.env = env;
    this.#options = options;
    this.#changed = changed;
    this.#state = initial;
    this.key = options.key;
    this.peerUser = options.peerUser;
    this.kind = options.kind;
    this.own = { user: options.key.account, id: options.ownParty };
    this.opponentVersion = options.version;
    this.outgoing = new Outgoing(options.key, options.ownParty, options.version, (signal) => env.send(signal));
    this.media = options.media ?? new LocalMedia(env.capture, () => this.#mediaChanged());
    this.outbox = new CandidateOutbox({ clock: env.clock, send: (batch) => this.outgoing.candidates(batch) });
    this.recovery = new Recovery({
      clock: env.clock,
      restart: () => this.#restartIce(),
      giveUp: (reason) => this.end(reason, 'circumstance', reason),
    });
  }

  get state(): CallState {
    return this.#state;
  }
  hasEnded(): boolean {
    return this.#state.name === 'ended';
  }
  /** The homeserver has our invite or answer. */
  abstract get announced(): boolean;

  abstract receive(event: CallEvent, from: Party, arrival: Arrival): void;
  abstract memberLeft(user: UserId): void;

  hangUp(): void {
    if (!this.hasEnded()) this.end('user_hangup', 'us', 'user_hangup');
  }

  setMicrophoneMuted(muted: boolean): void {
    if (this.hasEnded()) return;
    this.media.setMicrophoneMuted(muted);
    this.#mediaChanged();
  }

  async setCameraOn(on: boolean): Promise<void> {
    if (this.hasEnded() || on === this.media.cameraOn || !this.#canUseCamera) return;
    await this.media.setCameraOn(on);
    if (on && this.peer?.carriesCamera === false) await this.peer.addCamera().catch(() => undefined);
  }

  networkChanged(): void {
    if (!this.hasEnded()) this.recovery.networkChanged();
  }

  /** Is this event one of our own, come back from the homeserver? V1-06 */
  isOwn(from: Party): boolean {
    return sameParty(from, this.own);
  }

  view(): CallView {
    const { person, personMuted } = this.remote;
    return {
      ...this.key,
      direction: this.direction,
      peer: this.peerUser,
      kind: this.kind,
      state: this.#state,
      verdict: this.#options.verdict,
      connectedAt: this.#connectedAt,
      endedAt: this.#endedAt,
      microphoneMuted: this.media.microphoneMuted,
      cameraOn: this.media.cameraOn,
      canUseCamera: this.#canUseCamera,
      peerMuted: personMuted.audio,
      peerCameraOn: !personMuted.video && (person?.getVideoTracks().length ?? 0) > 0,
      heldByUs: this.#heldByUs,
      heldByPeer: this.#heldByPeer,
      localStream: this.media.stream,
      remoteStream: person,
      notice: this.#failure ?? this.media.notice,
    };
  }

  protected abstract onConnected(): void;

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
    this.#changed();
  }

  /** Ends the call here; with `tell` the far end hears of it, if it has heard of us at all. AN-19 */
  end(reason: EndReason, by: EndedBy, tell?: HangupReason): void {
    if (this.hasEnded()) return;
    this.release();
    this.media.stop();
    this.move({ name: 'ended', reason, by });
    if (tell !== undefined && this.announced) this.outgoing.hangUp(tell);
  }

  /** Ends everything but the media and what is said about it. */
  protected release(): void {
    this.outbox.close();
    this.recovery.stop();
    this.#negotiator?.close();
    this.peer?.close();
  }

  protected fail(notice: CallNotice): void {
    this.#failure = notice;
    this.changed();
  }

  protected get metadata(): StreamMetadata {
    return new Map([[this.media.stream.id, this.media.description]]);
  }

  protected async connect(): Promise<Peer> {
    const servers = await this.env.turn(this.key.account);
    const iceServers = servers === null ? [] : [toIceServer(servers)];
    const peer = new Peer(this.env, { iceServers, bundlePolicy: 'max-bundle' }, this.media, {
      candidate: (candidate) => this.outbox.add(candidate),
      connectionStateChanged: (state) => this.#onConnectionState(state),
      negotiationNeeded: () => this.#negotiator?.needed(),
      track: (track, streams) => this.#onTrack(track, streams),
    });
    this.#negotiator = new Negotiator({
      clock: this.env.clock,
      peer,
      polite: this.direction === 'incoming',
      allowed: () => this.#canNegotiate,
      send: (description, lifetime) => this.outgoing.negotiate(description, lifetime, this.metadata),
      applied: (event) => {
        this.remote.describe(event.metadata);
        this.changed();
      },
      log: this.env.log,
    });
    this.peer = peer;
    if (this.hasEnded()) peer.close();
    return peer;
  }

  /** The exchange of the first offer and answer is complete: media may flow, changes may be negotiated. */
  protected established(from: Party): void {
    this.recovery.start();
    this.#negotiator?.open();
    this.inbox.choose(from, (candidates) => void this.peer?.addCandidates(candidates).catch(() => undefined));
  }

  protected sent(what: 'invite' | 'answer', sdp: string): void {
    this.outbox.open(sdp, batchAfter[what]);
  }

  protected onCandidates(event: Candidates, from: Party): void {
    const kept = this.inbox.receive(from, event.candidates);
    if (!kept) this.env.log('IC-12', 'candidates of a party that was not chosen, or too many');
  }

  /** What only the party we talk to may say in a running call. NG-03, SM-12 */
  protected receiveFromOpponent(event: CallEvent, age: number): void {
    switch (event.type) {
      case 'm.call.negotiate':
        if (this.opponentVersion === 0) this.env.log('NG-01', 'negotiate in a version 0 call');
        else void this.#negotiator?.receive(event, age);
        return;
      case 'm.call.sdp_stream_metadata_changed':
        this.remote.amend(event.metadata);
        this.changed();
        return;
      case 'm.call.hangup':
        this.end(endReasonOf(event.reason), 'them');
        return;
      default:
        this.env.log('V1-13', `${event.type} out of place`);
    }
  }

  protected report(): void {
    const { state } = this;
    this.env.report({
      ...this.key,
      partyId: this.#options.ownParty,
      version: this.#options.version,
      direction: this.direction,
      peer: this.peerUser,
      kind: this.kind,
      state: state.name,
      announced: this.announced,
      muted: this.media.microphoneMuted,
      ...(state.name === 'ended' ? { reason: state.reason } : {}),
    });
  }

  #onConnectionState(state: RTCPeerConnectionState): void {
    if (this.hasEnded()) return;
    if (state === 'connected') {
      this.recovery.connected();
      this.onConnected();
      if (this.#state.name === 'connecting') this.move({ name: 'connected' });
      else if (this.#state.name === 'reconnecting') this.move({ name: 'reconnected' });
    } else if (state === 'disconnected' || state === 'failed') {
      if (this.#state.name === 'ringing' || this.#state.name === 'answering') return;
      if (this.#state.name === 'connected') this.move({ name: 'lost' });
      this.recovery.lost(state);
    }
  }

  #onTrack(track: MediaStreamTrack, streams: readonly MediaStream[]): void {
    this.remote.add(streams);
    // `unmute` comes with the first packet; an own picture of "sound flows" that needs no polling.
    const first = (): void => this.env.mark('call:first-audio', this.key.callId);
    if (track.kind === 'audio') track.addEventListener('unmute', first, { once: true });
    this.changed();
  }

  #mediaChanged(): void {
    if (this.hasEnded()) return;
    // SM-14: clients without stream metadata do not know the event. SM-10
    if (this.announced && this.remote.described) this.outgoing.metadataChanged(this.metadata);
    this.report();
    this.changed();
  }

  #restartIce(): boolean {
    if (this.opponentVersion === 0 || this.peer === null) return false;
    const { peer } = this;
    void this.env.turn(this.key.account).then((servers) => {
      if (!this.hasEnded()) peer.restartIce(servers === null ? [] : [toIceServer(servers)]);
    });
    return true;
  }

  /** N5: a far end that showed neither metadata nor capabilities may hang up on a negotiate; only a lost call risks it. */
  get #canNegotiate(): boolean {
    if (this.opponentVersion === 0) return false;
    return this.remote.described || this.opponentCapabilities !== null || this.#state.name === 'reconnecting';
  }

  get #canUseCamera(): boolean {
    return this.peer?.carriesCamera !== false || (this.opponentVersion !== 0 && this.remote.described);
  }
}

const toIceServer = ({
  urls,
  username,
  credential,
}: {
  urls: readonly string[];
  username: string;
  credential: string;
}): RTCIceServer => ({
  urls: [...urls],
  username,
  credential,
});

const told: readonly string[] = [
  'user_hangup',
  'invite_timeout',
  'ice_failed',
  'ice_timeout',
  'user_media_failed',
  'user_busy',
  'unknown_error',
] satisfies EndReason[];

/** Reasons outside the standard's list are in use; they say no more than "an error". AN-17 */
const endReasonOf = (reason: string): EndReason => (told.includes(reason) ? (reason as EndReason) : 'unknown_error');
