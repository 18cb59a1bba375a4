/** Whether a picture moves: two looks at the same video that differ, and are not black. */
import type { Locator } from '@playwright/test';

/**
 * @param video a `<video>` element.
 * @param timeout ms
 * @throws when the picture stays black, stands still or does not come.
 */
export async function seeMotion(video: Locator, timeout = 20_000): Promise<void> {
  const end = Date.now() + timeout;
  for (;;) {
    await video.waitFor({ timeout });
    const seen = await video.evaluate(watch, Math.max(end - Date.now(), 0));
    if (seen === 'moving') return;
    // A page may put another element in its place, as when a held call is resumed.
    if (seen !== 'replaced' || Date.now() > end) throw new Error(`the picture is ${seen}`);
  }
}

/** Runs in the page, so it stands alone. */
async function watch(video: Element, timeout: number): Promise<'moving' | 'still' | 'black' | 'missing' | 'replaced'> {
  const canvas = document.createElement('canvas');
  canvas.width = 64;
  canvas.height = 36;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null || !(video instanceof HTMLVideoElement)) throw new Error('not a video');
  const look = (): Uint8ClampedArray => {
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    return context.getImageData(0, 0, canvas.width, canvas.height).data;
  };

  const end = performance.now() + timeout;
  let last: Uint8ClampedArray | undefined;
  let seen: 'still' | 'black' | 'missing' = 'missing';
  while (performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 40));
    if (!video.isConnected) return 'replaced';
    if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || video.videoWidth === 0) continue;
    const frame = look();
    // Red, green and blue; the fourth value is opacity.
    const isBlack = !frame.some((value, index) => index % 4 !== 3 && value > 24);
    const changed = last !== undefined && frame.some((value, index) => Math.abs(value - (last?.[index] ?? 0)) > 24);
    if (!isBlack && changed) return 'moving';
    seen = isBlack ? 'black' : 'still';
    last = frame;
  }
  return seen;
}

/**
 * Waits until a picture is of one colour, as far as a video codec keeps it.
 * @param colour red, green and blue, 0 to 255.
 * @param timeout ms
 * @throws with the colour that was seen last.
 */
export async function seeColour(video: Locator, colour: readonly number[], timeout = 20_000): Promise<void> {
  await video.waitFor({ timeout });
  const end = Date.now() + timeout;
  for (;;) {
    const seen = await video.evaluate(average);
    if (seen.every((value, index) => Math.abs(value - (colour[index] ?? 0)) < 40)) return;
    if (Date.now() > end) throw new Error(`the picture is of colour ${seen.join(', ')}`);
  }
}

/** Runs in the page, so it stands alone. */
async function average(video: Element): Promise<number[]> {
  await new Promise((resolve) => setTimeout(resolve, 40));
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d');
  if (context === null || !(video instanceof HTMLVideoElement)) throw new Error('not a video');
  context.imageSmoothingQuality = 'high';
  context.drawImage(video, 0, 0, 1, 1);
  return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
}
