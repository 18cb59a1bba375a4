/**
 * Our microphone and camera in one stream, lent to a call. The stream exists before any device is open, so that SDP can
 * name it while capture is still under way; a call that gives way in a glare hands the whole object on (GL-05, GL-11).
 * When a device is unplugged, or another one preferred, the next takes its place in the same line: nothing is negotiated.
 */
import type { Cancel, Capture, CaptureDevice, CaptureNotice } from './environment';
import type { CallKind } from './call-view';
import type { StreamDescription } from './stream-metadata';

const devicesOf: Readonly<Record<CallKind, readonly CaptureDevice[]>> = {
  voice: ['microphone'],
  video: ['microphone', 'camera'],
};

const kindOf: Readonly<Record<CaptureDevice, 'audio' | 'video'>> = { microphone: 'audio', camera: 'video' };

/** `false`: without a microphone no call can be placed or answered. AN-24 */
export type Opened = boolean;

interface Opening {
  readonly kind: CallKind;
  readonly done: Promise<Opened>;
}

export class LocalMedia {
  readonly stream: MediaStream;
  readonly #capture: Capture;
  readonly #tracks = new Map<CaptureDevice, MediaStreamTrack>();
  readonly #senders = new Map<CaptureDevice, RTCRtpSender>();
  readonly #problems = new Map<CaptureDevice, CaptureNotice>();
  #onChange: () => void = () => undefined;
  #muted = false;
  #held = false;
  /** What the person last asked for; opening a camera takes its time, and they may change their mind meanwhile. */
  #cameraWanted = false;
  /** Goes out in the camera's place, to a far end that knows one picture only. SM-06 */
  #substitute: MediaStreamTrack | null = null;
  /** Ends the watch over devices, which begins with the first that is opened. */
  #unwatch: Cancel | null = null;
  #opening: Opening | null = null;
  #chain: Promise<unknown> = Promise.resolve();
  #stopped = false;

  constructor(capture: Capture) {
    this.#capture = capture;
    this.stream = capture.newStream();
  }

  /** @param onChange told of a track that came, went or ended by itself (unplugged). The last listener counts. */
  listen(onChange: () => void): void {
    this.#onChange = onChange;
  }

  get microphoneMuted(): boolean {
    return this.#muted;
  }
  get cameraOn(): boolean {
    return this.#tracks.has('camera');
  }
  get notice(): CaptureNotice | null {
    return this.#problems.get('microphone') ?? this.#problems.get('camera') ?? null;
  }

  /** How the stream is described to the far end. SM-10 */
  get description(): StreamDescription {
    return {
      purpose: 'm.usermedia',
      audioMuted: this.#muted || this.#held || !this.#tracks.has('microphone'),
      videoMuted: this.#held || this.#outgoing('camera') === null,
    };
  }

  /** Opens what a call of this kind needs and is not open yet. What is being opened already is not asked for twice. */
  open(kind: CallKind): Promise<Opened> {
    if (this.#opening !== null && (this.#opening.kind === kind || kind === 'voice')) return this.#opening.done;
    this.#unwatch ??= this.#capture.watch(() => this.#devicesChanged());
    if (kind === 'video') this.#cameraWanted = true;
    const done = this.#serially(async () => {
      await this.#openMissing(devicesOf[kind]);
      return this.#tracks.has('microphone') && !this.#stopped;
    });
    const opening = { kind, done };
    this.#opening = opening;
    void done.then(() => {
      if (this.#opening === opening) this.#opening = null;
    });
    return done;
  }

  /** The camera may be opened at any time; a failure is kept as a notice. */
  async setCameraOn(on: boolean): Promise<void> {
    this.#cameraWanted = on;
    await this.#serially(async () => {
      if (this.#cameraWanted) await this.#openMissing(['camera']);
      else await this.#drop('camera');
    });
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
    await sender.replaceTrack(this.#outgoing(device));
  }

  /** The connection is gone; the tracks wait for another one. */
  unbind(): void {
    this.#senders.clear();
  }

  sender(device: CaptureDevice): RTCRtpSender | undefined {
    return this.#senders.get(device);
  }

  /** Sends `track` where the camera's picture would go; null brings the camera back, if it is on. SM-06 */
  async substitute(track: MediaStreamTrack | null): Promise<void> {
    this.#substitute = track;
    await this.#send('camera');
  }

  /** Releases the devices, also those that are still being opened. */
  stop(): void {
    this.#stopped = true;
    this.#unwatch?.();
    this.#senders.clear();
    for (const track of this.#tracks.values()) track.stop();
    this.#tracks.clear();
  }

  async #openMissing(devices: readonly CaptureDevice[]): Promise<void> {
    const missing = devices.filter((device) => !this.#tracks.has(device));
    if (missing.length === 0 || this.#stopped) return;
    const { tracks, problems } = await this.#capture.open(missing);
    for (const device of missing) {
      const problem = problems.find(({ about }) => about === device);
      if (problem === undefined) this.#problems.delete(device);
      else this.#problems.set(device, problem);
      const track = tracks[device];
      if (track !== undefined) await this.#take(device, track);
    }
  }

  async #take(device: CaptureDevice, track: MediaStreamTrack): Promise<void> {
    if (this.#stopped || (device === 'camera' && !this.#cameraWanted)) {
      track.stop();
      return;
    }
    this.#tracks.set(device, track);
    this.stream.addTrack(track);
    track.addEventListener('ended', () => void this.#renew(device, track));
    this.#enable();
    await this.#send(device);
  }

  /** Whatever is not what would be opened now is closed at once, since Chromium lends an open device unchanged only. */
  #devicesChanged(): void {
    const outdated = [...this.#tracks].filter(([device, track]) => this.#capture.isOutdated(device, track));
    for (const [, track] of outdated) {
      track.stop();
      this.stream.removeTrack(track);
    }
    if (outdated.length > 0) this.#onChange();
    for (const [device, track] of outdated) void this.#renew(device, track);
    // A call that lost its only microphone takes the next one that is plugged in. A camera waits to be asked for again.
    if (!this.#tracks.has('microphone') && this.#problems.has('microphone')) void this.#renew('microphone', undefined);
  }

  /** Opens what takes the place of a track that has ended, unless something else has meanwhile. */
  #renew(device: CaptureDevice, ended: MediaStreamTrack | undefined): Promise<void> {
    return this.#serially(async () => {
      if (this.#stopped || this.#tracks.get(device) !== ended) return;
      const { tracks, problems } = await this.#capture.open([device]);
      const track = tracks[device];
      if (track !== undefined) {
        this.#problems.delete(device);
        if (ended !== undefined) this.stream.removeTrack(ended);
        await this.#take(device, track);
      } else {
        this.#problems.set(device, problems[0] ?? { about: device, problem: 'none' });
        if (device === 'camera') this.#cameraWanted = false;
        await this.#drop(device);
      }
      this.#onChange();
    });
  }

  async #drop(device: CaptureDevice): Promise<void> {
    const track = this.#tracks.get(device);
    if (track === undefined) return;
    this.#tracks.delete(device);
    this.stream.removeTrack(track);
    track.stop();
    await this.#send(device);
  }

  #outgoing(device: CaptureDevice): MediaStreamTrack | null {
    if (device === 'camera' && this.#substitute !== null) return this.#substitute;
    return this.#tracks.get(device) ?? null;
  }

  async #send(device: CaptureDevice): Promise<void> {
    // A connection that was closed meanwhile refuses; its call is over, and nobody waits for the track.
    await this.#senders
      .get(device)
      ?.replaceTrack(this.#outgoing(device))
      .catch(() => undefined);
  }

  #enable(): void {
    for (const [device, track] of this.#tracks) {
      track.enabled = !this.#held && !(device === 'microphone' && this.#muted);
    }
  }

  #serially<T>(operation: () => Promise<T>): Promise<T> {
    const run = this.#chain.then(operation);
    this.#chain = run.catch(() => undefined);
    return run;
  }
}

/** Audio or video section a device belongs in. */
export const mediaKind = (device: CaptureDevice): 'audio' | 'video' => kindOf[device];
