/** `sdp_stream_metadata`: what each stream of the SDP is, and whether it is muted. MSC3077, MSC3291; SM-01..SM-08 */

/** Any other purpose is none of ours. SM-02 */
export type StreamPurpose = 'm.usermedia' | 'm.screenshare';

export interface StreamDescription {
  readonly purpose: StreamPurpose;
  readonly audioMuted: boolean;
  readonly videoMuted: boolean;
}

/** Stream id → what it is. Streams of unknown purpose are left out, which is to ignore them. */
export type StreamMetadata = ReadonlyMap<string, StreamDescription>;

const stableKey = 'sdp_stream_metadata';
/** SM-11: sent by clients from before MSC3077 was merged. */
const unstableKey = 'org.matrix.msc3077.sdp_stream_metadata';
const mostStreams = 32;

/** Null when the content has none: its sender does not know of stream metadata. SM-04 */
export function parseStreamMetadata(content: Readonly<Record<string, unknown>>): StreamMetadata | null {
  const found = [stableKey, unstableKey].map((key) => (Object.hasOwn(content, key) ? content[key] : undefined));
  const value = found.find((candidate) => typeof candidate === 'object' && candidate !== null);
  if (value === undefined) return null;
  const streams = new Map<string, StreamDescription>();
  for (const [id, entry] of Object.entries(value).slice(0, mostStreams)) {
    const description = parseDescription(entry);
    if (description !== null) streams.set(id, description);
  }
  return streams;
}

function parseDescription(entry: unknown): StreamDescription | null {
  if (typeof entry !== 'object' || entry === null) return null;
  const told = new Map<string, unknown>(Object.entries(entry));
  const purpose = told.get('purpose');
  if (purpose !== 'm.usermedia' && purpose !== 'm.screenshare') return null;
  return { purpose, audioMuted: told.get('audio_muted') === true, videoMuted: told.get('video_muted') === true }; // SM-08
}

/** As it stands in an event. The flags are always written out: some clients read an absent one as unknown. */
export function writeStreamMetadata(streams: StreamMetadata): Record<string, unknown> {
  return {
    [stableKey]: Object.fromEntries(
      [...streams].map(([id, { purpose, audioMuted, videoMuted }]) => [
        id,
        { purpose, audio_muted: audioMuted, video_muted: videoMuted },
      ]),
    ),
  };
}

export function sameMetadata(a: StreamMetadata | null, b: StreamMetadata): boolean {
  return a !== null && JSON.stringify([...a]) === JSON.stringify([...b]);
}
