/**
 * The media connection of one call: the peer connection and what belongs to it (negotiation, candidates both ways,
 * recovery, streams of the far end, hold, our screen), so that the call itself is about who talks to whom.
 */
import type { UserId } from '../../preload/contract/ids';
import { CandidateInbox } from './candidate-inbox';
import { batchAfter, CandidateOutbox } from './candidate-outbox';
import { receivedDigit, sendDigits } from './dtmf';
import type { CallEnvironment } from './environment';
import type { Answer, Candidates, Invite, MetadataChanged, Negotiate } from './events';
import { farEndOf, unknownFarEnd, type FarEnd } from './far-end';
import { Handshake } from './handshake';
import { holdsUs } from './hold';
import { connectionConfiguration, NoRelay } from './ice-servers';
import type { LocalMedia } from './local-media';
import { LocalStreams } from './local-streams';
import { Negotiator } from './negotiator';
import type { Outgoing } from './outgoing';
import { Peer } from './peer';
import type { Party } from './party';
import { readSample, type Sample } from './quality';
import { Recovery } from './recovery';
import { RemoteStreams } from './remote-streams';
import type { StreamMetadata } from './stream-metadata';

export interface LinkListener {
  readonly connected: () => void;
  readonly lost: () => void;
  readonly gaveUp: (reason: 'ice_failed' | 'ice_timeout') => void;
  /** Something that the screen shows. */
  readonly changed: () => void;
}

export interface LinkOptions {
  readonly account: UserId;
  readonly callId: string;
  readonly polite: boolean;
  readonly media: LocalMedia;
  readonly outgoing: Outgoing;
}

/** Received digits that are kept for the screen. */
const mostDigits = 100;

export class Link {
  readonly #env: CallEnvironment;
  readonly #options: LinkOptions;
  readonly #listener: LinkListener;
  readonly #inbox = new CandidateInbox();
  readonly #outbox: CandidateOutbox;
  readonly #recovery: Recovery;
  readonly #handshake: Handshake;
  readonly #remote = new RemoteStreams();
  readonly #ours: LocalStreams;
  #peer: Peer | null = null;
  #negotiator: Negotiator | null = null;
  #farEnd: FarEnd = unknownFarEnd;
  #established = false;
  #connected = false;
  #closed = false;
  #heldByUs = false;
  #heldByPeer = false;
  #digits = '';
  #heard = false;
  /** What the far end says of streams and descriptions is taken one after the other. */
  #received: Promise<void> = Promise.resolve();

  constructor(env: CallEnvironment, options: LinkOptions, listener: LinkListener) {
    this.#env = env;
    this.#options = options;
    this.#listener = listener;
    this.#ours = new LocalStreams({
      capture: env.capture,
      media: options.media,
      outgoing: options.outgoing,
      peer: () => this.#peer,
      farEnd: () => this.#farEnd,
      established: () => this.#established,
      changed: listener.changed,
    });
    this.#outbox = new CandidateOutbox({ clock: env.clock, send: (batch) => options.outgoing.candidates(batch) });
    this.#recovery = new Recovery({
      clock: env.clock,
      restart: () => this.#restartIce(),
      giveUp: (reason) => listener.gaveUp(reason),
    });
    this.#handshake = new Handshake({
      clock: env.clock,
      caller: !options.polite,
      hangs: () => this.#hangsInHandshake,
      exchange: (fingerprints) => {
        this.#peer?.setFingerprints(fingerprints);
        this.#negotiator?.insist();
      },
    });
  }

  // --- What the screen shows

  get remote(): Pick<RemoteStreams, 'person' | 'screen' | 'personMuted' | 'cameraOn'> {
    return this.#remote;
  }
  get screen(): MediaStream | null {
    return this.#ours.screen;
  }
  get heldByUs(): boolean {
    return this.#heldByUs;
  }
  get heldByPeer(): boolean {
    return this.#heldByPeer;
  }
  /** NG-15: the far end knows nothing of our hold; it hears silence. */
  get holdIsLocal(): boolean {
    return this.#heldByUs && this.#farEnd.renegotiates !== 'yes';
  }
  /** The far end takes a picture that the call did not begin with. NG-12, NG-15 */
  get canAddCamera(): boolean {
    return this.#ours.canChange;
  }
  /** A picture of ours can reach the far end, now or after a change of the call. */
  get canUseCamera(): boolean {
    return this.#ours.canUseCamera;
  }
  /** SM-06: a far end that knows one picture only can see the screen in the camera's place. */
  get canShareScreen(): boolean {
    return this.#established && (this.#ours.canChange || this.#peer?.carriesCamera === true);
  }
  /** One look at the connection's counters. */
  async sample(): Promise<Sample | null> {
    const stats = await this.#peer?.stats().catch(() => null);
    return stats == null ? null : readSample(stats, this.#env.clock.now());
  }
  get knowsStreams(): boolean {
    return this.#farEnd.knowsStreams;
  }
  get takesDigits(): boolean {
    return this.#farEnd.takesDigits;
  }
  get farEndTransfers(): boolean {
    return this.#farEnd.transferee;
  }
  get digits(): string {
    return this.#digits;
  }

  // --- The first exchange

  /** Makes the connection. @throws when the browser makes no more, or may not without a relay. V0-15 */
  async open(): Promise<Peer> {
    const configuration = await connectionConfiguration(this.#env, this.#options.account);
    this.#peer?.close(); // of an attempt that failed
    this.#options.media.unbind();
    if (this.#env.relayOnly() && configuration.iceServers?.length === 0) throw new NoRelay();
    const peer = new Peer(this.#env, configuration, this.#options.media, {
      candidate: (candidate) => this.#outbox.add(candidate),
      connectionStateChanged: (state) => this.#onConnectionState(state),
      negotiationNeeded: () => this.#negotiator?.needed(),
      track: (track, streams) => this.#onTrack(track, streams),
      digit: (digit) => this.#onDigit(digit),
    });
    this.#negotiator = new Negotiator({
      clock: this.#env.clock,
      peer,
      polite: this.#options.polite,
      allowed: () => this.#mayNegotiate,
      send: (description, lifetime) => {
        this.#options.outgoing.negotiate(description, lifetime, this.#ours.introduce());
      },
      applied: (event, ourOffer) => this.#onApplied(event, ourOffer),
      log: this.#env.log,
    });
    this.#peer = peer;
    if (this.#closed) peer.close();
    return peer;
  }

  /** What the invite and the answer say of our streams. */
  introduce(): StreamMetadata {
    return this.#ours.introduce();
  }

  /** Who the other end is: its invite or its answer. */
  meet(introduction: Invite | Answer): void {
    this.#farEnd = farEndOf(introduction);
    this.#remote.introduce(this.#farEnd.knowsStreams ? introduction.metadata : null);
  }

  /** Both descriptions are known: media may flow, changes may be negotiated. */
  establish(from: Party): void {
    this.#established = true;
    this.#recovery.start();
    this.#handshake.start();
    this.#negotiator?.open();
    this.#inbox.choose(from, (candidates) => void this.#peer?.addCandidates(candidates).catch(() => undefined));
    if (this.#heldByUs) this.#holdLines();
    this.#ours.carryCamera();
    this.#ours.tell();
  }

  /** The answer did not get out after all. AN-25 */
  unestablish(): void {
    this.#established = false;
    this.#recovery.stop();
    this.#handshake.reset();
    this.#negotiator?.shut();
  }

  /** The homeserver has our invite or answer: the candidates that it does not hold may follow. */
  sent(what: 'invite' | 'answer', sdp: string): void {
    this.#outbox.open(sdp, batchAfter[what]);
  }

  // --- What the far end says in a running call

  receiveCandidates({ candidates }: Candidates, from: Party): void {
    const kept = this.#inbox.receive(from, candidates);
    if (!kept) this.#env.log('IC-12', 'candidates of a party that was not chosen, or too many');
  }

  receiveNegotiate(event: Negotiate, age: number): void {
    if (this.#farEnd.version === 0) this.#env.log('NG-01', 'negotiate in a version 0 call');
    else this.#inOrder(() => this.#negotiator?.receive(event, age));
  }

  /** A negotiate holds metadata, too, and takes its time: what was said after it must not be undone by it. SM-12 */
  receiveMetadata({ metadata }: MetadataChanged): void {
    this.#inOrder(() => {
      this.#remote.amend(metadata);
      this.#listener.changed();
    });
  }

  // --- What the person wants

  setHeld(held: boolean): void {
    this.#heldByUs = held;
    this.#ours.setHeld(held);
    this.#remote.setHeld(held);
    if (this.#established) this.#holdLines();
    this.#ours.tell();
  }

  setCameraOn(on: boolean): Promise<void> {
    return this.#ours.setCameraOn(on);
  }

  /** Takes what was picked over, whatever becomes of it. */
  share(picked: MediaStream): void {
    this.#ours.share(picked, !this.#closed && this.canShareScreen);
  }

  stopSharing(): void {
    this.#ours.stopSharing();
  }

  tellStreams(): void {
    this.#ours.tell();
  }

  sendDigits(digits: string): void {
    if (!this.#established || this.#heldByUs) return;
    const sent = sendDigits(this.#options.media.sender('microphone')?.dtmf, digits);
    if (!sent) this.#env.log('DT-01', 'digits cannot be sent now');
  }

  /** The network changed, or the machine woke up: do not wait for the loss to be noticed. NG-14 */
  networkChanged(): void {
    if (this.#connected && this.#farEnd.renegotiates === 'yes') this.#restartIce();
  }

  /** Ends everything but our devices, which may be handed on. */
  close(): void {
    this.#closed = true;
    this.#outbox.close();
    this.#recovery.stop();
    this.#handshake.stop();
    this.#negotiator?.close();
    this.#options.media.unbind();
    this.#ours.close();
    this.#peer?.close();
  }

  get #mayNegotiate(): boolean {
    const { renegotiates } = this.#farEnd;
    return renegotiates === 'yes' || (renegotiates === 'atTheLast' && !this.#connected);
  }

  /** There is something left to try: otherwise the failure counts as every other. */
  get #hangsInHandshake(): boolean {
    return this.#mayNegotiate && this.#peer?.hangsInHandshake === true;
  }

  #holdLines(): void {
    if (this.#farEnd.renegotiates === 'yes') this.#peer?.setHeld(this.#heldByUs);
  }

  #restartIce(): boolean {
    const peer = this.#peer;
    if (peer === null || !this.#established || this.#farEnd.renegotiates === 'no') return false;
    void connectionConfiguration(this.#env, this.#options.account).then((configuration) => {
      if (this.#closed) return;
      peer.restartIce(configuration);
      this.#negotiator?.insist();
    });
    return true;
  }

  #inOrder(step: () => unknown): void {
    this.#received = this.#received.then(step).then(() => undefined);
  }

  #onConnectionState(state: RTCPeerConnectionState): void {
    if (state === 'connected') {
      this.#connected = true;
      this.#recovery.connected();
      this.#handshake.stop();
      this.#listener.connected();
    } else if (state === 'failed' && this.#handshake.isUnderWay && this.#hangsInHandshake) {
      this.#env.log('AN-28', 'DTLS failed on a path that is there');
    } else if ((state === 'disconnected' || state === 'failed') && this.#established) {
      this.#connected = false;
      this.#listener.lost();
      this.#recovery.lost(state);
    }
  }

  #onTrack(track: MediaStreamTrack, streams: readonly MediaStream[]): void {
    this.#remote.add(track, streams);
    // `unmute` comes with the first packet; an own picture of "sound flows" that needs no polling.
    if (track.kind === 'audio') track.addEventListener('unmute', () => this.#onSound(), { once: true });
    this.#listener.changed();
  }

  #onSound(): void {
    if (!this.#heard) this.#env.mark('call:first-audio', this.#options.callId);
    this.#heard = true;
  }

  #onApplied({ description, metadata }: Negotiate, ourOffer: string | null): void {
    if (ourOffer !== null) this.#handshake.answered();
    this.#inbox.renew();
    this.#remote.describe(metadata);
    this.#heldByPeer = holdsUs(description.sdp ?? '', ourOffer) ?? this.#heldByPeer;
    this.#listener.changed();
  }

  #onDigit(digit: string): void {
    const taken = receivedDigit(digit);
    if (taken === null) return;
    this.#digits = `${this.#digits}${taken}`.slice(-mostDigits);
    this.#listener.changed();
  }
}
