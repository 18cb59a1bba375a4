/** Three rising notes, to find out which loudspeaker it is. */

/** Hz: a major chord. */
const pitches = [440, 554.4, 659.3] as const;
/** s each; and of the last one, which fades. */
const noteLength = 0.3;
const lastLength = 0.9;
/** s of swell and fall, against clicks. */
const edge = 0.02;
const level = 0.25;

/** @param sampleRate Hz @returns mono samples. */
export function renderTestTone(sampleRate: number): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(Math.round((noteLength * (pitches.length - 1) + lastLength) * sampleRate));
  for (const [index, pitch] of pitches.entries()) {
    const start = Math.round(index * noteLength * sampleRate);
    const length = index === pitches.length - 1 ? lastLength : noteLength;
    for (let i = 0; i < Math.round(length * sampleRate) && start + i < samples.length; i += 1) {
      const t = i / sampleRate;
      const envelope = Math.max(0, Math.min(1, t / edge, (length - t) / (index === pitches.length - 1 ? 0.6 : edge)));
      samples[start + i] = level * envelope * Math.sin(2 * Math.PI * pitch * t);
    }
  }
  return samples;
}
