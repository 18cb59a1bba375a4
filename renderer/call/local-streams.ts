/**
 * What we send in one call, the person and the screen, and what the far end is told of it: as much as it can understand.
 * NG-12, SM-01, SM-06, SM-10, SM-14
 */
import type { Capture } from './environment';
import type { FarEnd } from './far-end';
import type { LocalMedia } from './local-media';
import { LocalScreen } from './local-screen';
import type { Outgoing } from './outgoing';
import type { Peer } from './peer';
import { sameMetadata, type StreamMetadata } from './stream-metadata';

export interface LocalStreamsEnvironment {
  readonly capture: Capture;
  readonly media: LocalMedia;
  readonly outgoing: Pick<Outgoing, 'metadataChanged'>;
  readonly peer: () => Peer | null;
  readonly farEnd: () => FarEnd;
  /** Offer and answer are known to both. */
  readonly established: () => boolean;
  readonly changed: () => void;
}

export class LocalStreams {
  readonly #env: LocalStreamsEnvironment;
  readonly #screen: LocalScreen;
  /** What the far end was last told. SM-10 */
  #told: StreamMetadata | null = null;

  constructor(env: LocalStreamsEnvironment) {
    this.#env = env;
    this.#screen = new LocalScreen(env.capture);
  }

  get screen(): MediaStream | null {
    return this.#screen.isShared ? this.#screen.stream : null;
  }
  /** The far end takes streams that the call did not begin with. */
  get canChange(): boolean {
    const { renegotiates, knowsStreams } = this.#env.farEnd();
    return renegotiates === 'yes' && knowsStreams;
  }
  /** A picture of ours can reach the far end, now or after a change of the call. */
  get canUseCamera(): boolean {
    return this.#env.peer()?.carriesCamera !== false || this.canChange;
  }

  /** What an invite, an answer or a negotiate says of our streams. SM-01 */
  introduce(): StreamMetadata {
    this.#told = this.#metadata;
    return this.#told;
  }

  /** SM-10: tells the far end what is muted, if that is news to it. SM-14: and if it knows what that means. */
  tell(): void {
    const { established, farEnd, outgoing } = this.#env;
    const metadata = this.#metadata;
    if (!established() || !farEnd().knowsStreams || sameMetadata(this.#told, metadata)) return;
    this.#told = metadata;
    outgoing.metadataChanged(metadata);
  }

  setHeld(held: boolean): void {
    this.#env.media.setHeld(held);
    this.#screen.setHeld(held);
  }

  async setCameraOn(on: boolean): Promise<void> {
    if (on && !this.canUseCamera) return;
    await this.#env.media.setCameraOn(on);
    this.carryCamera();
  }

  /** A camera that is on needs a line of its own, which the first exchange may not have had. NG-12 */
  carryCamera(): void {
    const { established, media, peer } = this.#env;
    const connection = peer();
    if (!established() || !media.cameraOn || connection?.carriesCamera !== false) return;
    void connection.addCamera().catch(() => undefined);
  }

  /** Takes what was picked over, whatever becomes of it. */
  share(picked: MediaStream, possible: boolean): void {
    this.#screen.start(picked, () => this.stopSharing());
    if (possible) void this.#sendScreen();
    else this.#screen.stop();
  }

  stopSharing(): void {
    if (!this.#screen.isShared) return;
    this.#screen.stop();
    void this.#sendScreen();
  }

  /** The screen is not handed on with the devices. */
  close(): void {
    this.#screen.stop();
  }

  get #metadata(): StreamMetadata {
    const { media } = this.#env;
    const streams = new Map([[media.stream.id, media.description]]);
    if (this.#screen.isShared && this.canChange) streams.set(this.#screen.stream.id, this.#screen.description);
    return streams;
  }

  async #sendScreen(): Promise<void> {
    const { stream } = this.#screen;
    if (this.canChange)
      await this.#env
        .peer()
        ?.carryScreen(stream)
        .catch(() => undefined);
    else await this.#env.media.substitute(stream.getVideoTracks()[0] ?? null);
    this.#env.changed();
  }
}
