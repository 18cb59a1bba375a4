/**
 * Our microphone and camera in one stream, lent to a call. The stream exists before any device is open, so that SDP can
 * name it while capture is still under way; a call that gives way in a glare hands the whole object on (GL-05, GL-11).
 */
import type { Capture, CaptureDevice, CaptureNotice } from './environment';
import type { CallKind } from './call-view';
import type { StreamDescription } from './stream-metadata';

const devicesOf: Readonly<Record<CallKind, readonly CaptureDevice[]>> = {
  voice: ['microphone'],
  video: ['microphone', 'camera'],
};

const kindOf: Readonly<Record<CaptureDevice, 'audio' | 'video'>> = { microphone: 'audio', camera: 'video' };

/** `false`: without a microphone no call can be placed or answered. AN-24 */
export type Opened = boolean;

export class LocalMedia {
  readonly stream: MediaStream;
  readonly #capture: Capture;
  readonly #onChange: () => void;
  readonly #tracks = new Map<CaptureDevice, MediaStreamTrack>();
  readonly #senders = new Map<CaptureDevice, RTCRtpSender>();
  #muted = false;
  #held = false;
  #notice: CaptureNotice | null = null;
  #opening: Promise<Opened> | null = null;
  #stopped = false;

  /** @param onChange told of a track that came, went or ended by itself (unplugged). */
  constructor(capture: Capture, onChange: () => void) {
    this.#capture = capture;
    this.#onChange = onChange;
    this.stream = capture.newStream();
  }

  get microphoneMuted(): boolean {
    return this.#muted;
  }
  get cameraOn(): boolean {
    return this.#tracks.has('camera');
  }
  get notice(): CaptureNotice | null {
    return this.#notice;
  }

  /** How the stream is described to the far end. SM-10 */
  get description(): StreamDescription {
    return {
      purpose: 'm.usermedia',
      audioMuted: this.#muted || this.#held || !this.#tracks.has('microphone'),
      videoMuted: this.#held || !this.#tracks.has('camera'),
    };
  }

  /** Opens what a call of this kind needs and is not open yet. A second call while the first waits shares its result. */
  open(kind: CallKind): Promise<Opened> {
    this.#opening ??= this.#open(devicesOf[kind]).finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  async #open(devices: readonly CaptureDevice[]): Promise<Opened> {
    const missing = devices.filter((device) => !this.#tracks.has(device));
    if (missing.length === 0) return true;
    const { tracks, problems } = await this.#capture.open(missing);
    for (const device of missing) {
      const track = tracks[device];
      if (track !== undefined) await this.#take(device, track);
    }
    this.#notice = problems.find(({ about }) => about === 'microphone') ?? problems[0] ?? null;
    return this.#tracks.has('microphone') && !this.#stopped;
  }

  /** The camera may be opened at any time; a failure is kept as a notice. */
  async setCameraOn(on: boolean): Promise<void> {
    if (on) {
      const { tracks, problems } = await this.#capture.open(['camera']);
      this.#notice = problems[0] ?? null;
      if (tracks.camera !== undefined) await this.#take('camera', tracks.camera);
    } else {
      await this.#drop('camera');
    }
    this.#onChange();
  }

  setMicrophoneMuted(muted: boolean): void {
    this.#muted = muted;
    this.#enable();
  }

  /** On hold nothing of us is sent, whatever is muted; mute survives it. NG-11 */
  setHeld(held: boolean): void {
    this.#held = held;
    this.#enable();
  }

  /** From now on `sender` carries the device. Binding again moves it to another connection. */
  async bind(device: CaptureDevice, sender: RTCRtpSender): Promise<void> {
    this.#senders.set(device, sender);
    await sender.replaceTrack(this.#tracks.get(device) ?? null);
  }

  sender(device: CaptureDevice): RTCRtpSender | undefined {
    return this.#senders.get(device);
  }

  /** Releases the devices, also those that are still being opened. */
  stop(): void {
    this.#stopped = true;
    this.#senders.clear();
    for (const track of this.#tracks.values()) track.stop();
    this.#tracks.clear();
  }

  async #take(device: CaptureDevice, track: MediaStreamTrack): Promise<void> {
    if (this.#stopped) {
      track.stop();
      return;
    }
    this.#remove(device);
    this.#tracks.set(device, track);
    this.stream.addTrack(track);
    track.addEventListener('ended', () => {
      if (this.#tracks.get(device) === track) void this.#lost(device);
    });
    this.#enable();
    await this.#senders.get(device)?.replaceTrack(track);
  }

  async #lost(device: CaptureDevice): Promise<void> {
    this.#notice = { about: device, problem: 'none' };
    await this.#drop(device);
    this.#onChange();
  }

  async #drop(device: CaptureDevice): Promise<void> {
    this.#remove(device);
    await this.#senders.get(device)?.replaceTrack(null);
  }

  #remove(device: CaptureDevice): void {
    const track = this.#tracks.get(device);
    if (track === undefined) return;
    this.#tracks.delete(device);
    this.stream.removeTrack(track);
    track.stop();
  }

  #enable(): void {
    for (const [device, track] of this.#tracks) {
      track.enabled = !this.#held && !(device === 'microphone' && this.#muted);
    }
  }
}

/** Audio or video section a device belongs in. */
export const mediaKind = (device: CaptureDevice): 'audio' | 'video' => kindOf[device];
