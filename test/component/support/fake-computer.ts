/** A computer with the microphones, speakers and cameras that a test plugs in, as far as the page can tell. */
import { onTestFinished, vi } from 'vitest';
import { defaultSettings } from '../../../preload/contract/default-settings';
import { makeCapture } from '../../../renderer/media/capture';
import { watchDevices } from '../../../renderer/media/devices';
import { makeOutputs } from '../../../renderer/media/outputs';
import { installDevices } from '../../../renderer/stores/devices';
import { fakeDevices, type FakeDevices, info, type Info } from '../../unit/renderer/media/fake-devices';
import { settle } from './open-app';

export { info };

export const desk = info('audioinput', 'desk', 'Desk microphone');
export const head = info('audioinput', 'head', 'Headset');
export const box = info('audiooutput', 'box', 'Loudspeakers');
export const cam = info('videoinput', 'cam', 'Camera');
export const all = [desk, head, box, cam] as const;

export class FakeTrack extends EventTarget {
  readonly kind: 'audio' | 'video';
  readonly deviceId: string;
  live = true;

  constructor(kind: 'audio' | 'video', deviceId: string) {
    super();
    this.kind = kind;
    this.deviceId = deviceId;
  }
  stop(): void {
    this.live = false;
  }
  unplug(): void {
    this.live = false;
    this.dispatchEvent(new Event('ended'));
  }
}

/** Of all audio contexts: where they play. */
export interface Sounding {
  sinkId: string;
  readonly started: number;
}

export interface FakeComputer {
  readonly plug: FakeDevices['plug'];
  /** Every track that was opened, in order. */
  readonly opened: readonly FakeTrack[];
  readonly live: () => readonly string[];
  readonly constraints: readonly MediaStreamConstraints[];
  /** Exceptions by device id, or by kind for the system's. */
  readonly failing: Record<string, string>;
  /** Devices that refuse to play. */
  readonly deaf: Set<string>;
  readonly sounding: readonly Sounding[];
}

/** To be called after `openApp`: takes the place of the media of the page until the test ends. */
export async function plugInto(...infos: readonly Info[]): Promise<FakeComputer> {
  const devices = fakeDevices(...infos);
  const opened: FakeTrack[] = [];
  const constraints: MediaStreamConstraints[] = [];
  const failing: Record<string, string> = {};
  const deaf = new Set<string>();
  const sounding: { sinkId: string; started: number }[] = [];

  const getUserMedia = (asked: MediaStreamConstraints): Promise<MediaStream> => {
    constraints.push(asked);
    const tracks: FakeTrack[] = [];
    for (const kind of ['audio', 'video'] as const) {
      const wish = asked[kind];
      if (typeof wish !== 'object') continue;
      const id = typeof wish.deviceId === 'object' && 'exact' in wish.deviceId ? String(wish.deviceId.exact) : kind;
      const failure = failing[id];
      if (failure !== undefined) return Promise.reject(new DOMException('', failure));
      tracks.push(new FakeTrack(kind, id));
    }
    opened.push(...tracks);
    return Promise.resolve({ getTracks: () => tracks } as unknown as MediaStream);
  };

  class FakeContext {
    readonly sampleRate = 8000;
    readonly destination = {};
    readonly #entry: { sinkId: string; started: number };

    constructor({ sinkId = '' }: AudioContextOptions = {}) {
      this.#entry = { sinkId, started: 0 };
      sounding.push(this.#entry);
    }
    setSinkId = (id: string): Promise<void> => {
      if (deaf.has(id)) return Promise.reject(new DOMException('', 'NotFoundError'));
      this.#entry.sinkId = id;
      return Promise.resolve();
    };
    createBuffer = () => ({ copyToChannel: () => undefined });
    readonly state = 'running';
    createGain = () => ({ gain: {}, connect: () => undefined, disconnect: () => undefined });
    suspend = () => Promise.resolve();
    createBufferSource = () => ({
      connect: (next: unknown) => next,
      start: () => (this.#entry.started += 1),
      stop: () => undefined,
    });
    createAnalyser = () => ({ fftSize: 4, getFloatTimeDomainData: (to: Float32Array) => to.fill(0.5) });
    createMediaStreamSource = () => ({ connect: () => undefined });
    close = () => Promise.resolve();
  }
  vi.stubGlobal('AudioContext', FakeContext);
  vi.stubGlobal('MediaStream', FakeStream);

  const watched = watchDevices(devices, defaultSettings.devices);
  await devices.settled();
  const capture = makeCapture({ source: { getUserMedia }, devices: watched, processing: defaultSettings.sound });
  const disconnect = installDevices({ devices: watched, capture, outputs: makeOutputs() });
  await settle();
  onTestFinished(() => {
    disconnect();
    vi.unstubAllGlobals();
  });
  return {
    plug: async (...now) => {
      await devices.plug(...now);
      await settle();
    },
    opened,
    live: () => opened.filter(({ live }) => live).map(({ deviceId }) => deviceId),
    constraints,
    failing,
    deaf,
    sounding,
  };
}

/** happy-dom's takes no tracks but its own. */
class FakeStream extends MediaStream {
  readonly #tracks: MediaStreamTrack[] = [];
  override addTrack = (track: MediaStreamTrack): void => void this.#tracks.push(track);
  override getTracks = (): MediaStreamTrack[] => this.#tracks;
}
