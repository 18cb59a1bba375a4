/** Dialled digits, told by the pair of tones that a page plays. ITU-T Q.23 */
import type { Page } from '@playwright/test';

const low = [697, 770, 852, 941];
const high = [1209, 1336, 1477, 1633];
const keypad = ['123A', '456B', '789C', '*0#D'];

export interface Ear {
  /** What was dialled so far, each press once. */
  readonly digits: () => Promise<string>;
  readonly stop: () => Promise<void>;
}

/** Listens from now on to all that the page plays. */
export async function listenForDigits(page: Page): Promise<Ear> {
  const ear = await page.evaluateHandle(listen, { low, high, keypad });
  return {
    digits: () => ear.evaluate(({ digits }) => digits.join('')),
    stop: async () => {
      await ear.evaluate(({ stop }) => stop());
      await ear.dispose();
    },
  };
}

/** Runs in the page, so it stands alone. */
async function listen(tones: {
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly keypad: readonly string[];
}): Promise<{ digits: string[]; stop: () => Promise<void> }> {
  /** dB below full scale, and above the other tones of a group: a digit is far louder, and stands out. */
  const [audible, apart] = [-50, 8];
  /** Samples that are looked at together, 43 ms, and from one look to the next: a press of 100 ms is seen several times. */
  const [length, step] = [2048, 512];
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  // 680 ms: as long may a busy page not look, and still misses nothing.
  analyser.fftSize = 32_768;
  const recent = new Float32Array(analyser.fftSize);
  for (const element of document.querySelectorAll<HTMLMediaElement>('audio, video')) {
    const stream = element.srcObject;
    if (!(stream instanceof MediaStream) || element.muted || stream.getAudioTracks().length === 0) continue;
    context.createMediaStreamSource(stream).connect(analyser);
  }
  const hann = Float32Array.from({ length }, (_, index) => 1 - Math.cos((2 * Math.PI * index) / length));
  /** dB of one frequency: Goertzel's filter. */
  const level = (samples: Float32Array, hz: number): number => {
    const factor = 2 * Math.cos((2 * Math.PI * hz) / context.sampleRate);
    let [last, beforeLast] = [0, 0];
    for (const sample of samples) [last, beforeLast] = [sample + factor * last - beforeLast, last];
    const power = last * last + beforeLast * beforeLast - factor * last * beforeLast;
    return 10 * Math.log10(power / length ** 2 + 1e-12);
  };
  /** Place of the one tone of a group that is heard, or -1. */
  const strongest = (samples: Float32Array, group: readonly number[]): number => {
    const levels = group.map((hz) => level(samples, hz));
    const loudest = Math.max(...levels);
    const others = levels.filter((value) => value > loudest - apart).length - 1;
    return loudest > audible && others === 0 ? levels.indexOf(loudest) : -1;
  };

  const digits: string[] = [];
  let [last, known]: (string | undefined)[] = [];
  const look = (heard: Float32Array): void => {
    const samples = heard.map((sample, index) => sample * (hann[index] ?? 0));
    const digit = tones.keypad[strongest(samples, tones.low)]?.[strongest(samples, tones.high)];
    // Twice the same, so that the edge of a sound is not taken for a digit.
    if (digit === last && digit !== known) {
      if (digit !== undefined) digits.push(digit);
      known = digit;
    }
    last = digit;
  };
  await context.resume();
  /** Samples from the beginning up to the last look. */
  let seen = Math.round(context.currentTime * context.sampleRate);
  const timer = setInterval(() => {
    const end = Math.round(context.currentTime * context.sampleRate);
    analyser.getFloatTimeDomainData(recent);
    for (seen = Math.max(seen, end - recent.length); seen + length <= end; seen += step) {
      const from = recent.length - (end - seen);
      look(recent.subarray(from, from + length));
    }
  }, 20);
  return {
    digits,
    stop: async () => {
      clearInterval(timer);
      await context.close();
    },
  };
}
