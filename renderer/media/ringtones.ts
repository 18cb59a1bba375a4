/** The ringtones, composed of struck and blown sounds. Each has a pause, so that one can speak while it rings. */
import type { Ringtone } from '../../preload/contract/ringtones';
import { type Note, render, type Score } from './synth';

/** Hz of a note of the tempered scale. @param steps semitones above a' (440 Hz) */
const pitchOf = (steps: number): number => 440 * 2 ** (steps / 12);

/** A small bell: its partials are not multiples, and the high ones die first. */
const bell = (at: number, steps: number, loud = 1): Note => {
  const pitch = pitchOf(steps);
  const partials = [
    { pitch, level: loud, decay: 0.42 },
    { pitch: pitch * 2.01, level: 0.6 * loud, decay: 0.26 },
    { pitch: pitch * 2.76, level: 0.22 * loud, decay: 0.14 },
  ];
  return { at, length: 1.6, partials };
};

/** A bar of rosewood: the second partial is tuned two octaves above the first. */
const bar = (at: number, steps: number, loud = 1): Note => {
  const pitch = pitchOf(steps);
  const partials = [
    { pitch, level: loud, decay: 0.16 },
    { pitch: pitch * 4, level: 0.18 * loud, decay: 0.05 },
  ];
  return { at, length: 0.8, partials };
};

/** A glass that is struck softly: almost one pitch, and long. */
const glass = (at: number, steps: number): Note => {
  const pitch = pitchOf(steps);
  const partials = [
    { pitch, level: 1, decay: 0.7 },
    { pitch: pitch * 2.32, level: 0.12, decay: 0.25 },
  ];
  return { at, length: 2.2, partials, attack: 0.02 };
};

/** A chord that swells and fades. */
const chord = (at: number, ...steps: readonly number[]): Note => ({
  at,
  length: 2.6,
  attack: 0.5,
  partials: steps.flatMap((step) => [
    { pitch: pitchOf(step), level: 1, decay: 1.1 },
    { pitch: pitchOf(step) * 1.003, level: 0.7, decay: 1.1 },
    { pitch: pitchOf(step + 12), level: 0.15, decay: 0.7 },
  ]),
});

/** The two gongs of an old telephone, struck in turn twenty times a second. */
function gongs(at: number, length: number): Note[] {
  const strokes = Array.from({ length: Math.round(length * 20) }, (_, stroke) => stroke);
  return strokes.map((stroke) => {
    const pitch = stroke % 2 === 0 ? 1060 : 1320;
    const partials = [
      { pitch, level: 1, decay: 0.09 },
      { pitch: pitch * 1.52, level: 0.35, decay: 0.05 },
    ];
    return { at: at + stroke / 20, length: 0.32, partials };
  });
}

const blip = (at: number, steps: number): Note => ({
  at,
  length: 0.11,
  partials: [
    { pitch: pitchOf(steps), level: 1, decay: null },
    { pitch: pitchOf(steps) * 3, level: 0.08, decay: null },
  ],
});

const ring = (period: number, notes: readonly Note[]): Score => ({ period, repeats: true, level: 0.5, notes });

const scores: Readonly<Record<Ringtone, Score>> = {
  carillon: ring(3.4, [bell(0, 7), bell(0.2, 12), bell(0.4, 7, 0.8), bell(0.6, 12), bell(1.1, 16, 0.7)]),
  marimba: ring(3, [
    ...[3, 7, 10, 15].map((steps, index) => bar(index * 0.14, steps)),
    ...[10, 15, 7, 10].map((steps, index) => bar(0.7 + index * 0.14, steps, 0.85)),
  ]),
  glass: ring(4, [glass(0, 19), glass(0.5, 14), glass(1, 22)]),
  bell: ring(4, gongs(0, 1.6)),
  dawn: ring(4.4, [chord(0, -9, -2, 3), chord(1.5, -7, 0, 5)]),
  pulse: ring(
    2.6,
    [0, 0.16, 0.32, 0.9, 1.06, 1.22].map((at, index) => blip(at, index % 3 === 2 ? 10 : 5)),
  ),
};

/** One period, pause included. @param sampleRate Hz */
export const renderRingtone = (ringtone: Ringtone, sampleRate: number): Float32Array<ArrayBuffer> =>
  render(scores[ringtone], sampleRate);
