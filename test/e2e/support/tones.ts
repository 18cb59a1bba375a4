/**
 * Who is heard where: each party's microphone is a file with a tone of its own, and that tone is looked for, by its
 * frequency, in what the far end's page plays. What WebRTC's voice processing leaves of a steady tone is near -40 dB, and
 * silence is below -100 dB.
 */
import path from 'node:path';

import type { Page } from '@playwright/test';

import { writeTone } from './tone.ts';

/**
 * Chromium switches that make a tone of `hz` (a whole number) the microphone, and a moving test picture the camera.
 * @param folder takes the sound file.
 */
export function toneSwitches(folder: string, hz: number): string[] {
  const file = path.join(folder, `tone-${hz}.wav`);
  writeTone(file, hz);
  return ['--use-fake-device-for-media-stream', `--use-file-for-fake-audio-capture=${file}`];
}

/** The loudest frequency in what a page plays. */
export interface Heard {
  readonly hz: number;
  /** Below full scale; -200 for nothing at all. */
  readonly decibels: number;
}

const audible = -60;
/** Hz on either side: one and a half lines of the spectrum. */
const tolerance = 9;

/**
 * Listens until the tone is the loudest thing that the page plays.
 * @param timeout ms
 * @throws with what was heard instead.
 */
export async function hearTone(page: Page, hz: number, timeout = 20_000): Promise<Heard> {
  const heard = await page.evaluate(listen, { hz, tolerance, audible, timeout });
  if (Math.abs(heard.hz - hz) <= tolerance && heard.decibels > audible) return heard;
  throw new Error(`no tone of ${hz} Hz, but ${heard.hz.toFixed(0)} Hz at ${heard.decibels.toFixed(0)} dB`);
}

/**
 * Listens until the page plays nothing that could be heard.
 * @param timeout ms
 * @throws with what was still heard.
 */
export async function hearSilence(page: Page, timeout = 20_000): Promise<void> {
  const heard = await page.evaluate(listen, { hz: null, tolerance, audible, timeout });
  if (heard.decibels > audible) {
    throw new Error(`no silence, but ${heard.hz.toFixed(0)} Hz at ${heard.decibels.toFixed(0)} dB`);
  }
}

/**
 * Runs in the page, so it stands alone. Takes in all that its media elements play, ends as soon as the wanted tone
 * (`hz` null: silence) is there, or at the timeout, and tells what it heard last.
 */
async function listen(wanted: {
  readonly hz: number | null;
  readonly tolerance: number;
  readonly audible: number;
  readonly timeout: number;
}): Promise<Heard> {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 8192;
  analyser.smoothingTimeConstant = 0;
  const spectrum = new Float32Array(analyser.frequencyBinCount);
  const taken = new Set<MediaStream>();
  const takeIn = (): void => {
    for (const element of document.querySelectorAll<HTMLMediaElement>('audio, video')) {
      const stream = element.srcObject;
      if (!(stream instanceof MediaStream) || element.muted || element.paused || taken.has(stream)) continue;
      if (stream.getAudioTracks().length === 0) continue;
      taken.add(stream);
      context.createMediaStreamSource(stream).connect(analyser);
    }
  };
  const loudest = (): Heard => {
    analyser.getFloatFrequencyData(spectrum);
    let best = 1;
    for (let line = 2; line < spectrum.length; line += 1) {
      if ((spectrum[line] ?? -200) > (spectrum[best] ?? -200)) best = line;
    }
    return { hz: (best * context.sampleRate) / analyser.fftSize, decibels: Math.max(spectrum[best] ?? -200, -200) };
  };
  const isWanted = ({ hz, decibels }: Heard): boolean =>
    wanted.hz === null
      ? decibels < wanted.audible
      : decibels > wanted.audible && Math.abs(hz - wanted.hz) <= wanted.tolerance;

  const end = performance.now() + wanted.timeout;
  try {
    await context.resume();
    // The spectrum spans 170 ms; until it has filled, its silence means nothing.
    const filled = performance.now() + 200;
    for (;;) {
      takeIn();
      await new Promise((resolve) => setTimeout(resolve, 10));
      const heard = loudest();
      const settled = wanted.hz !== null || performance.now() > filled;
      if ((settled && isWanted(heard)) || performance.now() > end) return heard;
    }
  } finally {
    await context.close();
  }
}
