/** Plays a stream louder than an audio element can. The element must play it too, muted: without it Chromium gives silence. */
import type { Output } from './outputs';

export interface Amplifier {
  readonly output: Output;
  readonly setGain: (gain: number) => void;
  readonly stop: () => void;
}

/** @param gain above 1. */
export function amplify(stream: MediaStream, gain: number): Amplifier {
  const context = new AudioContext();
  const amplifier = context.createGain();
  amplifier.gain.value = gain;
  context.createMediaStreamSource(stream).connect(amplifier).connect(context.destination);
  return {
    output: context,
    setGain: (value) => {
      amplifier.gain.value = value;
    },
    stop: () => void context.close(),
  };
}
