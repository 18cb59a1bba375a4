/** Dialled digits, told by the pair of tones that a page plays. ITU-T Q.23 */
import type { Page } from '@playwright/test';

const low = [697, 770, 852, 941];
const high = [1209, 1336, 1477, 1633];
const keypad = ['123A', '456B', '789C', '*0#D'];

/**
 * Listens until the digit is heard; begin to listen before it is dialled.
 * @param timeout ms
 * @throws with the digits that were heard instead.
 */
export async function hearDigit(page: Page, digit: string, timeout = 10_000): Promise<void> {
  const heard = await page.evaluate(listen, { digit, timeout, low, high, keypad });
  if (!heard.includes(digit)) throw new Error(`no ${digit}, but ${heard.length === 0 ? 'nothing' : heard.join('')}`);
}

/** Runs in the page, so it stands alone. @returns what was heard, up to the wanted digit or the timeout. */
async function listen(wanted: {
  readonly digit: string;
  readonly timeout: number;
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly keypad: readonly string[];
}): Promise<string[]> {
  /** dB below full scale; a digit is played far louder, and its tones stand out from their groups. */
  const [audible, apart] = [-50, 12];
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 4096;
  analyser.smoothingTimeConstant = 0;
  const spectrum = new Float32Array(analyser.frequencyBinCount);
  const taken = new Set<MediaStream>();
  const takeIn = (): void => {
    for (const element of document.querySelectorAll<HTMLMediaElement>('audio, video')) {
      const stream = element.srcObject;
      if (!(stream instanceof MediaStream) || element.muted || taken.has(stream)) continue;
      if (stream.getAudioTracks().length === 0) continue;
      taken.add(stream);
      context.createMediaStreamSource(stream).connect(analyser);
    }
  };
  const level = (hz: number): number => {
    const line = Math.round((hz * analyser.fftSize) / context.sampleRate);
    return Math.max(...spectrum.slice(line - 1, line + 2));
  };
  /** Place of the one tone of a group that is heard, or -1. */
  const strongest = (group: readonly number[]): number => {
    const levels = group.map(level);
    const best = levels.indexOf(Math.max(...levels));
    const stands = levels.every((value, index) => index === best || value < (levels[best] ?? 0) - apart);
    return stands && (levels[best] ?? -200) > audible ? best : -1;
  };

  const heard: string[] = [];
  const end = performance.now() + wanted.timeout;
  try {
    await context.resume();
    while (performance.now() < end) {
      takeIn();
      await new Promise((resolve) => setTimeout(resolve, 10));
      analyser.getFloatFrequencyData(spectrum);
      const digit = wanted.keypad[strongest(wanted.low)]?.[strongest(wanted.high)];
      if (digit !== undefined && heard.at(-1) !== digit) heard.push(digit);
      if (digit === wanted.digit) break;
    }
    return heard;
  } finally {
    await context.close();
  }
}
