/**
 * The media connection of one call: the peer connection and what belongs to it (negotiation, candidates both ways,
 * recovery, streams of the far end, hold, our screen), so that the call itself is about who talks to whom.
 */
import type { UserId } from '../../preload/contract/ids';
import type { CallView } from './call-view';
import { CandidateInbox } from './candidate-inbox';
import { batchAfter, CandidateOutbox } from './candidate-outbox';
import { receivedDigit, sendDigits } from './dtmf';
import type { CallEnvironment } from './environment';
import type { Answer, Candidates, Invite, MetadataChanged, Negotiate } from './events';
import { farEndOf, unknownFarEnd, type FarEnd } from './far-end';
import { holdsUs } from './hold';
import { connectionConfiguration, NoRelay } from './ice-servers';
import type { LocalMedia } from './local-media';
import { LocalStreams } from './local-streams';
import { Negotiator } from './negotiator';
import type { Outgoing } from './outgoing';
import { Peer } from './peer';
import type { Party } from './party';
import { readSample, type Sample } from './quality';
import { RemoteStreams } from './remote-streams';
import type { StreamMetadata } from './stream-metadata';
import { Upkeep, type UpkeepListener } from './upkeep';

export interface LinkListener extends UpkeepListener {
  /** Something that the screen shows. */
  readonly changed: () => void;
}

/** What the screen shows of the connection. */
type Shown =
  | 'canUseCamera'
  | 'peerMuted'
  | 'peerCameraOn'
  | 'heldByUs'
  | 'heldByPeer'
  | 'holdIsLocal'
  | 'canShareScreen'
  | 'localScreen'
  | 'remoteScreen'
  | 'peerTakesDigits'
  | 'receivedDigits'
  | 'remoteStream';

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
  readonly #upkeep: Upkeep;
  readonly #remote = new RemoteStreams();
  readonly #ours: LocalStreams;
  #peer: Peer | null = null;
  #negotiator: Negotiator | null = null;
  #farEnd: FarEnd = unknownFarEnd;
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
      established: () => this.#upkeep.established,
      changed: listener.changed,
    });
    this.#outbox = new CandidateOutbox({ clock: env.clock, send: (batch) => options.outgoing.candidates(batch) });
    this.#upkeep = new Upkeep({
      clock: env.clock,
      log: env.log,
      caller: !options.polite,
      listener,
      farEnd: () => this.#farEnd,
      peer: () => this.#peer,
      negotiator: () => this.#negotiator,
      configuration: () => connectionConfiguration(env, options.account),
    });
  }

  // --- What is known of it

  view(): Pick<CallView, Shown> {
    const ours = this.#ours;
    const remote = this.#remote;
    return {
      canUseCamera: ours.canUseCamera,
      peerMuted: remote.personMuted.audio,
      peerCameraOn: remote.cameraOn,
      heldByUs: this.#heldByUs,
      heldByPeer: this.#heldByPeer,
      // NG-15: the far end knows nothing of our hold; it hears silence.
      holdIsLocal: this.#heldByUs && this.#farEnd.renegotiates !== 'yes',
      canShareScreen: this.#canShareScreen,
      localScreen: ours.screen,
      remoteScreen: remote.screen,
      peerTakesDigits: this.#farEnd.takesDigits,
      receivedDigits: this.#digits,
      remoteStream: remote.person,
    };
  }

  get heldByUs(): boolean {
    return this.#heldByUs;
  }
  /** Our screen is shared. */
  get isSharing(): boolean {
    return this.#ours.screen !== null;
  }
  /** Something is to be seen beside our own camera's picture. */
  get hasPicture(): boolean {
    return this.isSharing || this.#remote.cameraOn || this.#remote.screen !== null;
  }
  /** The far end takes a picture that the call did not begin with. NG-12, NG-15 */
  get canAddCamera(): boolean {
    return this.#ours.canChange;
  }
  get knowsStreams(): boolean {
    return this.#farEnd.knowsStreams;
  }
  get farEndTransfers(): boolean {
    return this.#farEnd.transferee;
  }
  /** One look at the connection's counters. */
  async sample(): Promise<Sample | null> {
    const stats = await this.#peer?.stats().catch(() => null);
    return stats == null ? null : readSample(stats, this.#env.clock.now());
  }

  // --- The first exchange

  /** Makes the connection. @throws when the browser makes no more, or may not without a relay. V0-15 */
  async open(): Promise<Peer> {
    const configuration = await connectionConfiguration(this.#env, this.#options.account);
    this.#peer?.close(); // of an attempt that failed
    this.#options.media.unbind();
    this.#outbox.clear();
    if (this.#env.relayOnly() && configuration.iceServers?.length === 0) throw new NoRelay();
    const peer = new Peer(this.#env, configuration, this.#options.media, {
      candidate: (candidate) => this.#outbox.add(candidate),
      connectionStateChanged: (state) => this.#upkeep.connectionStateChanged(state),
      negotiationNeeded: () => this.#negotiator?.needed(),
      track: (track, streams) => this.#onTrack(track, streams),
      digit: (digit) => this.#onDigit(digit),
    });
    this.#negotiator = new Negotiator({
      clock: this.#env.clock,
      peer,
      polite: this.#options.polite,
      allowed: () => this.#upkeep.mayNegotiate,
      send: (description, lifetime) => {
        this.#options.outgoing.negotiate(description, lifetime, this.#ours.introduce());
      },
      applied: (event, ourOffer) => this.#onApplied(event, ourOffer),
      dropped: () => this.#upkeep.dropped(),
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
    this.#upkeep.establish();
    this.#negotiator?.open();
    this.#inbox.choose(from, (candidates) => void this.#peer?.addCandidates(candidates).catch(() => undefined));
    if (this.#heldByUs) this.#holdLines();
    this.#ours.carryCamera();
    this.#ours.tell();
  }

  /** The answer did not get out after all. AN-25 */
  unestablish(): void {
    this.#upkeep.unestablish();
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
    if (this.#upkeep.established) this.#holdLines();
    this.#ours.tell();
  }

  setCameraOn(on: boolean): Promise<void> {
    return this.#ours.setCameraOn(on);
  }

  /** Takes what was picked over, whatever becomes of it. */
  share(picked: MediaStream): void {
    this.#ours.share(picked, !this.#closed && this.#canShareScreen);
  }

  stopSharing(): void {
    this.#ours.stopSharing();
  }

  tellStreams(): void {
    this.#ours.tell();
  }

  sendDigits(digits: string): void {
    if (!this.#upkeep.established || this.#heldByUs) return;
    const sent = sendDigits(this.#options.media.sender('microphone')?.dtmf, digits);
    if (!sent) this.#env.log('DT-01', 'digits cannot be sent now');
  }

  /** The network changed, or the machine woke up. */
  networkChanged(): void {
    this.#upkeep.networkChanged();
  }

  /** Ends everything but our devices, which may be handed on. */
  close(): void {
    this.#closed = true;
    this.#outbox.close();
    this.#upkeep.close();
    this.#negotiator?.close();
    this.#options.media.unbind();
    this.#ours.close();
    this.#peer?.close();
  }

  /** SM-06: a far end that knows one picture only can see the screen in the camera's place. */
  get #canShareScreen(): boolean {
    return this.#upkeep.established && (this.#ours.canChange || this.#peer?.carriesCamera === true);
  }

  #holdLines(): void {
    if (this.#farEnd.renegotiates === 'yes') this.#peer?.setHeld(this.#heldByUs);
  }

  #inOrder(step: () => unknown): void {
    const done = this.#received.then(step);
    const nothing = (): void => undefined;
    this.#received = done.then(nothing, nothing); // what follows must not be lost with one that fails
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
    if (ourOffer !== null) this.#upkeep.answered();
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
