/**
 * What arrives from the far end, sorted by its stream metadata: which stream is the person, which the screen, who is
 * muted. Metadata may come before the tracks or after. SM-02..SM-09, SM-12, N3
 */
import type { StreamDescription, StreamMetadata, StreamPurpose } from './stream-metadata';

export class RemoteStreams {
  readonly #streams = new Map<string, MediaStream>();
  #metadata: StreamMetadata | null = null;

  /** False until an invite or answer brought metadata: then only the first stream counts, and only one is sent. SM-04 */
  get described(): boolean {
    return this.#metadata !== null;
  }

  get person(): MediaStream | null {
    return this.#metadata === null ? (this.#first() ?? null) : this.#ofPurpose('m.usermedia');
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

  /** A track came. Without a stream it belongs to nothing we could name, and is ignored. SM-05 */
  add(streams: readonly MediaStream[]): void {
    for (const stream of streams) this.#streams.set(stream.id, stream);
  }

  /** With an invite, answer or negotiate: the whole truth. Null leaves what is known. */
  describe(metadata: StreamMetadata | null): void {
    if (metadata !== null) this.#metadata = metadata;
  }

  /** With `sdp_stream_metadata_changed`: partial maps change only what they name. Ignored before any full one. */
  amend(metadata: StreamMetadata): void {
    if (this.#metadata !== null) this.#metadata = new Map([...this.#metadata, ...metadata]);
  }

  #first(): MediaStream | undefined {
    return this.#streams.values().next().value;
  }

  #ofPurpose(purpose: StreamPurpose): MediaStream | null {
    for (const [id, description] of this.#metadata ?? []) {
      const stream = this.#streams.get(id);
      if (description.purpose === purpose && stream !== undefined) return stream;
    }
    return null;
  }

  #personDescription(): StreamDescription | undefined {
    return [...(this.#metadata?.values() ?? [])].find(({ purpose }) => purpose === 'm.usermedia');
  }
}
