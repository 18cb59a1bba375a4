/** An audio context as far as our players use it, with what would be heard. */
import { vi } from 'vitest';

export interface FakeSound {
  readonly buffer: unknown;
  /** Its samples are still held. */
  readonly kept: boolean;
  readonly loop: boolean;
  /** What the volume was set to: at once, then by a ramp (s from now). */
  readonly volume: (number | { readonly to: number; readonly at: number })[];
  playing: boolean;
  /** Ends by itself. */
  readonly end: () => void;
}

export function fakeContext() {
  const sounds: FakeSound[] = [];
  const context = {
    sampleRate: 8000,
    currentTime: 0,
    state: 'running' as 'running' | 'suspended',
    destination: {},
    suspend: vi.fn(() => {
      context.state = 'suspended';
      return Promise.resolve();
    }),
    resume: vi.fn(() => {
      context.state = 'running';
      return Promise.resolve();
    }),
    createBuffer: (channels: number, length: number, sampleRate: number) => {
      const data = Array.from({ length: channels }, () => new Float32Array(length));
      return {
        numberOfChannels: channels,
        length,
        sampleRate,
        duration: length / sampleRate,
        copyToChannel: (samples: Float32Array, channel: number) => data[channel]?.set(samples),
        getChannelData: (channel: number) => data[channel],
      };
    },
    createGain: () => ({
      gain: {
        setValueAtTime: (to: number) => sounds.at(-1)?.volume.push(to),
        linearRampToValueAtTime: (to: number, at: number) => sounds.at(-1)?.volume.push({ to, at }),
      },
      connect: () => undefined,
      disconnect: () => undefined,
    }),
    createBufferSource: () => {
      const source = {
        buffer: null as unknown,
        loop: false,
        onended: null as (() => void) | null,
        connect: (next: unknown) => next,
        disconnect: () => undefined,
        start: () => {
          buffer = source.buffer;
          sound.playing = true;
        },
        stop: () => {
          sound.end();
        },
      };
      let buffer: unknown = null;
      const sound: FakeSound = {
        get buffer() {
          return buffer;
        },
        get kept() {
          return source.buffer !== null;
        },
        get loop() {
          return source.loop;
        },
        volume: [],
        playing: false,
        end: () => {
          sound.playing = false;
          source.onended?.();
        },
      };
      sounds.push(sound);
      return source;
    },
  };
  return { context: context as unknown as AudioContext & typeof context, sounds };
}
