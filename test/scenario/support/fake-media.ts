/** Tracks, streams and devices as far as the engine can tell them from real ones. */
import type { CaptureProblem } from '../../../renderer/call/call-view';
import type { Cancel, Capture, CaptureDevice, Captured } from '../../../renderer/call/environment';
import type { FakeClock } from './fake-clock';

let count = 0;
const newId = (prefix: string): string => `${prefix}-${String(++count)}`;

export class FakeTrack extends EventTarget {
  readonly id = newId('track');
  readonly kind: 'audio' | 'video';
  enabled = true;
  readyState: 'live' | 'ended' = 'live';

  constructor(kind: 'audio' | 'video') {
    super();
    this.kind = kind;
  }
  stop(): void {
    this.readyState = 'ended';
  }
  /** Unplugged, or stopped by the system: ends without having been asked to. */
  unplug(): void {
    this.readyState = 'ended';
    this.dispatchEvent(new Event('ended'));
  }
}

export class FakeStream {
  readonly id: string;
  readonly #tracks = new Set<FakeTrack>();

  constructor(id = newId('stream'), tracks: readonly FakeTrack[] = []) {
    this.id = id;
    for (const track of tracks) this.#tracks.add(track);
  }
  addTrack(track: FakeTrack): void {
    this.#tracks.add(track);
  }
  removeTrack(track: FakeTrack): void {
    this.#tracks.delete(track);
  }
  getTracks(): FakeTrack[] {
    return [...this.#tracks];
  }
  getAudioTracks(): FakeTrack[] {
    return this.getTracks().filter(({ kind }) => kind === 'audio');
  }
  getVideoTracks(): FakeTrack[] {
    return this.getTracks().filter(({ kind }) => kind === 'video');
  }
}

/** The devices of one phone. */
export class FakeCapture implements Capture {
  readonly #clock: FakeClock;
  /** Every track that was ever handed out. */
  readonly tracks: FakeTrack[] = [];
  /** How often devices were opened: a handed-over call must not ask twice. GL-05 */
  openings = 0;
  /** ms to open a device. */
  delay = 4;
  problems: Partial<Record<CaptureDevice, CaptureProblem>> = {};
  readonly #outdated = new Set<MediaStreamTrack>();
  readonly #watching = new Set<() => void>();

  constructor(clock: FakeClock) {
    this.#clock = clock;
  }

  get live(): readonly FakeTrack[] {
    return this.tracks.filter(({ readyState }) => readyState === 'live');
  }

  readonly newStream = (): MediaStream => new FakeStream() as unknown as MediaStream;

  readonly open = async (devices: readonly CaptureDevice[]): Promise<Captured> => {
    this.openings += 1;
    await this.#clock.sleep(this.delay);
    const tracks: Partial<Record<CaptureDevice, MediaStreamTrack>> = {};
    const problems = devices.flatMap((about) => {
      const problem = this.problems[about];
      return problem === undefined ? [] : [{ about, problem }];
    });
    for (const device of devices) {
      if (this.problems[device] !== undefined) continue;
      tracks[device] = this.#hand(device === 'microphone' ? 'audio' : 'video') as unknown as MediaStreamTrack;
    }
    return { tracks, problems };
  };

  readonly isOutdated = (_device: CaptureDevice, track: MediaStreamTrack): boolean => this.#outdated.has(track);

  readonly watch = (listener: () => void): Cancel => {
    this.#watching.add(listener);
    return () => this.#watching.delete(listener);
  };

  /** The person prefers another device of this kind, or plugs it in. */
  preferAnother(kind: 'audio' | 'video'): void {
    for (const track of this.live) {
      if (track.kind === kind) this.#outdated.add(track as unknown as MediaStreamTrack);
    }
    for (const listener of [...this.#watching]) listener();
  }

  /** A picture of the screen, as the picker gives it to the engine; with `sound`, what the system plays too. */
  screen(sound = false): MediaStream {
    const tracks = sound ? [this.#hand('video'), this.#hand('audio')] : [this.#hand('video')];
    return new FakeStream(newId('screen'), tracks) as unknown as MediaStream;
  }

  #hand(kind: 'audio' | 'video'): FakeTrack {
    const track = new FakeTrack(kind);
    this.tracks.push(track);
    return track;
  }
}
