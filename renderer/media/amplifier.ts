/**
 * Plays a stream louder than an audio element can: twice as loud where there is room for it, and a loud voice as loud as
 * goes without clipping. The element must play the stream too, muted: without it Chromium gives silence.
 */
import type { Output } from './outputs';

export interface Amplifier {
  readonly output: Output;
  readonly setGain: (gain: number) => void;
  readonly stop: () => void;
}

/** @param gain above 1. */
export function amplify(stream: MediaStream, gain: number): Amplifier {
  const context = new AudioContext();
  const louder = makeLouder(context, gain);
  context.createMediaStreamSource(stream).connect(louder.input);
  louder.output.connect(context.destination);
  return { output: context, setGain: louder.setGain, stop: () => void context.close() };
}

export interface Louder {
  readonly input: AudioNode;
  readonly output: AudioNode;
  readonly setGain: (gain: number) => void;
}

/** A gain with a limiter behind it, which delays by the 6 ms that it looks ahead. Stands alone, so that a test can measure it. */
export function makeLouder(context: BaseAudioContext, gain: number): Louder {
  const amplifier = new GainNode(context, { gain });
  // In dB. Chromium lets through somewhat more than the ratio says: from here a full scale at gain 2 comes out at -0.4.
  const [threshold, ratio] = [-1, 20];
  const limiter = new DynamicsCompressorNode(context, { threshold, ratio, knee: 0, attack: 0, release: 0.1 });
  // A compressor makes everything louder by 0.6 of what it takes from full scale (Web Audio API, "computing the makeup
  // gain"); what is below the threshold is to pass as it is.
  const makeup = (threshold / ratio - threshold) * 0.6;
  const output = new GainNode(context, { gain: 10 ** (-makeup / 20) });
  amplifier.connect(limiter).connect(output);
  return {
    input: amplifier,
    output,
    setGain: (value) => {
      amplifier.gain.value = value;
    },
  };
}
