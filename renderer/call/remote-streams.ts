/**
 * What arrives from the far end, sorted by its stream metadata: which stream is the person, which the screen, who is
 * muted. Metadata may come before the tracks or after. SM-02..SM-09, SM-12, SM-13
 */
import type { StreamDescription, StreamMetadata, StreamPurpose } from './stream-metadata';

/** No call has more; a stranger's partial maps must not add up for ever. */
const mostStreams = 64;

export class RemoteStreams {
  readonly #streams = new Map<string, MediaStream>();
  readonly #tracks = new Set<MediaStreamTrack>();
  /** Null: the far end does not know of metadata, so only its first stream counts. SM-04 */
  #metadata: StreamMetadata | null = null;
  #held = false;

  get person(): MediaStream | null {
    return this.#metadata === null ? this.#first() : this.#ofPurpose('m.usermedia');
  }

  get screen(): MediaStream | null {
    return this.#metadata === null ? null : this.#ofPurpose('m.screenshare');
  }

  /** Their own words; audio is never muted by us because of them. SM-09 */
  get personMuted(): { readonly audio: boolean; readonly video: boolean } {
    const { person } = this;
    const description = person === null ? this.#personDescription() : this.#metadata?.get(person.id);
    return { audio: description?.audioMuted ?? false, video: description?.videoMuted ?? false };
  }

  get cameraOn(): boolean {
    return !this.personMuted.video && (this.person?.getVideoTracks().length ?? 0) > 0;
  }

  /** A track came. Without a stream it belongs to nothing we could name, and is ignored. SM-05 */
  add(track: MediaStreamTrack, streams: readonly MediaStream[]): void {
    for (const stream of streams) this.#streams.set(stream.id, stream);
    this.#tracks.add(track);
    track.enabled = !this.#held;
  }

  /** With the invite or answer: it decides whether the far end knows of metadata at all. SM-04 */
  introduce(metadata: StreamMetadata | null): void {
    this.#metadata = metadata;
  }

  /** With a negotiate: the whole truth from now on. Null leaves what is known. */
  describe(metadata: StreamMetadata | null): void {
    if (metadata !== null && this.#metadata !== null) this.#metadata = metadata;
  }

  /** With `sdp_stream_metadata_changed`: partial maps change only what they name. */
  amend(metadata: StreamMetadata): void {
    if (this.#metadata === null) return;
    this.#metadata = new Map([...this.#metadata, ...metadata].slice(0, mostStreams));
  }

  /** While we hold the call, nothing of the far end is heard or seen, whether it agrees or not. NG-15 */
  setHeld(held: boolean): void {
    this.#held = held;
    for (const track of this.#tracks) track.enabled = !held;
  }

  #first(): MediaStream | null {
    const streams = [...this.#streams.values()];
    return streams.find(hasTracks) ?? streams[0] ?? null;
  }

  /** SM-13: several streams may have one purpose; one that carries something comes first. */
  #ofPurpose(purpose: StreamPurpose): MediaStream | null {
    const streams = [...(this.#metadata ?? [])]
      .filter(([, description]) => description.purpose === purpose)
      .map(([id]) => this.#streams.get(id))
      .filter((stream) => stream !== undefined);
    return streams.find(hasTracks) ?? (purpose === 'm.usermedia' ? (streams[0] ?? null) : null);
  }

  #personDescription(): StreamDescription | undefined {
    return [...(this.#metadata?.values() ?? [])].find(({ purpose }) => purpose === 'm.usermedia');
  }
}

const hasTracks = (stream: MediaStream): boolean => stream.getTracks().length > 0;
