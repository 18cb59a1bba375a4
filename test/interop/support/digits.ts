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
  const [audible, apart] = [-55, 6];
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  // 340 ms: a press of 100 ms is seen although a busy page looks seldom.
  analyser.fftSize = 16_384;
  analyser.smoothingTimeConstant = 0;
  const spectrum = new Float32Array(analyser.frequencyBinCount);
  for (const element of document.querySelectorAll<HTMLMediaElement>('audio, video')) {
    const stream = element.srcObject;
    if (!(stream instanceof MediaStream) || element.muted || stream.getAudioTracks().length === 0) continue;
    context.createMediaStreamSource(stream).connect(analyser);
  }
  const level = (hz: number): number => {
    const line = Math.round((hz * analyser.fftSize) / context.sampleRate);
    return Math.max(...spectrum.slice(line - 1, line + 2));
  };
  /** Place of the one tone of a group that is heard, or -1. */
  const strongest = (group: readonly number[]): number => {
    const levels = group.map(level);
    const loudest = Math.max(...levels);
    const others = levels.filter((value) => value > loudest - apart).length - 1;
    return loudest > audible && others === 0 ? levels.indexOf(loudest) : -1;
  };

  const digits: string[] = [];
  let last: string | undefined;
  const timer = setInterval(() => {
    analyser.getFloatFrequencyData(spectrum);
    const digit = tones.keypad[strongest(tones.low)]?.[strongest(tones.high)];
    if (digit !== undefined && digit !== last) digits.push(digit);
    last = digit;
  }, 10);
  await context.resume();
  return {
    digits,
    stop: async () => {
      clearInterval(timer);
      await context.close();
    },
  };
}
