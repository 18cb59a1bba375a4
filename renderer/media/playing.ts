/** Plays samples in an audio context, which rests while nothing of ours sounds: one that runs costs power all the time. */

export interface Playing {
  readonly gain: AudioParam;
  readonly stop: () => void;
}

export interface PlayOptions {
  readonly loop: boolean;
  /** Called when it has ended by itself. */
  readonly ended?: () => void;
}

/** What sounds in each context. */
const sounding = new WeakMap<BaseAudioContext, number>();

/** ms after the last sound, for what is still on its way to the ear. */
const rest = 1000;

export function play(context: AudioContext, buffer: AudioBuffer, { loop, ended }: PlayOptions): Playing {
  const source = context.createBufferSource();
  const volume = context.createGain();
  source.buffer = buffer;
  source.loop = loop;
  source.connect(volume).connect(context.destination);
  count(context, 1);
  let over = false;
  source.onended = () => {
    // At once: a ringtone takes near a megabyte, and what is left to the garbage collection may wait there for hours.
    source.disconnect();
    volume.disconnect();
    source.buffer = null;
    if (over) return;
    over = true;
    count(context, -1);
    ended?.();
  };
  source.start();
  return {
    gain: volume.gain,
    stop: () => {
      if (over) return;
      over = true;
      source.stop();
      count(context, -1);
    },
  };
}

/** One channel of samples as a context takes them. */
export function bufferOf(context: BaseAudioContext, samples: Float32Array<ArrayBuffer>): AudioBuffer {
  const buffer = context.createBuffer(1, samples.length, context.sampleRate);
  buffer.copyToChannel(samples, 0);
  return buffer;
}

function count(context: AudioContext, by: 1 | -1): void {
  const now = (sounding.get(context) ?? 0) + by;
  sounding.set(context, now);
  if (by === 1 && context.state === 'suspended') void context.resume();
  if (now > 0) return;
  setTimeout(() => {
    if (sounding.get(context) === 0 && context.state === 'running') void context.suspend();
  }, rest);
}
