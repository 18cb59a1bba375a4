/** Turns scores into samples. Pure: every sound that Carillon makes by itself is computed, none is a recording. */

export interface Partial {
  /** Hz */
  readonly pitch: number;
  /** Relative to the other partials. */
  readonly level: number;
  /** s until it has fallen to a third; `null` holds it. */
  readonly decay: number | null;
}

export interface Note {
  /** s from the start of the period */
  readonly at: number;
  /** s */
  readonly length: number;
  /** Several sound together. */
  readonly partials: readonly Partial[];
  /** s until it is at its loudest; a tone that starts at once would click. */
  readonly attack?: number;
}

export interface Score {
  /** s; the tone repeats after it, or ends there. */
  readonly period: number;
  readonly repeats: boolean;
  /** Peak amplitude, 0 to 1. */
  readonly level: number;
  readonly notes: readonly Note[];
}

/** A tone of the telephone network: as loud from its beginning to its end. @param pitches Hz */
export const steady = (at: number, length: number, ...pitches: readonly number[]): Note => ({
  at,
  length,
  partials: pitches.map((pitch) => ({ pitch, level: 1, decay: null })),
});

/** s */
const edge = 0.01;

/** One period of a score as samples between -1 and 1. @param sampleRate Hz */
export function render({ period, level, notes }: Score, sampleRate: number): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(Math.round(period * sampleRate));
  for (const note of notes) addNote(samples, note, sampleRate);
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  return samples.map((sample) => (sample * level) / peak);
}

function addNote(samples: Float32Array, note: Note, sampleRate: number): void {
  const start = Math.round(note.at * sampleRate);
  // What would ring on beyond the period fades out at its end.
  const length = Math.min(note.length, samples.length / sampleRate - note.at);
  const count = Math.min(Math.round(length * sampleRate), samples.length - start);
  const attack = note.attack ?? edge;
  for (let i = 0; i < count; i++) {
    const t = i / sampleRate;
    const swell = Math.min(1, t / attack, (length - t) / edge);
    let wave = 0;
    for (const { pitch, level, decay } of note.partials) {
      const fall = decay === null ? 1 : Math.exp(-t / decay);
      wave += level * fall * Math.sin(2 * Math.PI * pitch * t);
    }
    samples[start + i] = (samples[start + i] ?? 0) + wave * swell;
  }
}
