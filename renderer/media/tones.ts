/**
 * Every sound that Carillon makes, synthesised: no recording, no licence, no file to load. Cadences of the supervisory
 * tones after ITU-T E.180, of digits after ITU-T Q.23; the ringing tone is a small chime on a rising fourth.
 */
import type { OutputRole, Outputs } from './outputs';

export type Tone = 'ringtone' | 'waiting' | 'ringback' | 'busy' | 'ended';

interface Note {
  /** s from the start of the period */
  readonly at: number;
  /** s */
  readonly length: number;
  /** Hz; several sound together. */
  readonly pitches: readonly number[];
  /** s until the note has fallen to a third; `null` holds it. */
  readonly decay: number | null;
}

interface Score {
  /** s; the tone repeats after it, or ends there. */
  readonly period: number;
  readonly repeats: boolean;
  /** Peak amplitude, 0 to 1. */
  readonly level: number;
  readonly notes: readonly Note[];
}

const chime = (at: number, pitch: number): Note => ({ at, length: 1.1, pitches: [pitch, pitch * 2.01], decay: 0.28 });
const steady = (at: number, length: number, pitch: number): Note => ({ at, length, pitches: [pitch], decay: null });

const scores: Readonly<Record<Tone, Score>> = {
  ringtone: {
    period: 3,
    repeats: true,
    level: 0.5,
    notes: [chime(0, 659.3), chime(0.18, 880), chime(0.36, 659.3), chime(0.54, 880)],
  },
  waiting: { period: 5, repeats: true, level: 0.12, notes: [steady(0, 0.2, 425), steady(0.4, 0.2, 425)] },
  ringback: { period: 5, repeats: true, level: 0.1, notes: [steady(0, 1, 425)] },
  busy: { period: 2, repeats: false, level: 0.12, notes: [steady(0, 0.5, 425), steady(1, 0.5, 425)] },
  ended: { period: 0.5, repeats: false, level: 0.12, notes: [steady(0, 0.12, 480), steady(0.2, 0.18, 380)] },
};

/** Hz: each digit is the tone of its row and that of its column. */
const rows = [697, 770, 852, 941] as const;
const columns = [1209, 1336, 1477] as const;
const keypad = '123456789*0#';

function scoreOf(digit: string): Score {
  const key = keypad.indexOf(digit);
  const pitches = [rows[Math.floor(key / 3)] ?? 0, columns[key % 3] ?? 0];
  return { period: 0.14, repeats: false, level: 0.1, notes: [{ at: 0, length: 0.12, pitches, decay: null }] };
}

/** s; a tone that starts or ends at once would click. */
const edge = 0.01;

/** One period of a tone as samples between -1 and 1. @param sampleRate Hz */
export const renderTone = (tone: Tone, sampleRate: number): Float32Array<ArrayBuffer> =>
  render(scores[tone], sampleRate);

/** What a press of a key sounds like. @param digit 0 to 9, * or #. @param sampleRate Hz */
export const renderDigit = (digit: string, sampleRate: number): Float32Array<ArrayBuffer> =>
  render(scoreOf(digit), sampleRate);

function render({ period, level, notes }: Score, sampleRate: number): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(Math.round(period * sampleRate));
  for (const note of notes) {
    const start = Math.round(note.at * sampleRate);
    const count = Math.min(Math.round(note.length * sampleRate), samples.length - start);
    for (let i = 0; i < count; i++) {
      const t = i / sampleRate;
      const swell = Math.min(1, t / edge, (note.length - t) / edge);
      const fall = note.decay === null ? 1 : Math.exp(-t / note.decay);
      const wave =
        note.pitches.reduce((sum, pitch) => sum + Math.sin(2 * Math.PI * pitch * t), 0) / note.pitches.length;
      samples[start + i] = (samples[start + i] ?? 0) + wave * swell * fall;
    }
  }
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  return samples.map((sample) => (sample * level) / peak);
}

/** Plays one tone at a time, and presses of keys beside it: ringing on the ringer, what belongs to a call on the speaker. */
export class TonePlayer {
  readonly #outputs: Pick<Outputs, 'contextFor'>;
  #playing: { readonly tone: Tone; readonly source: AudioBufferSourceNode } | null = null;

  constructor(outputs: Pick<Outputs, 'contextFor'>) {
    this.#outputs = outputs;
  }

  /** Plays `tone` until another, or null for silence; the one that sounds already goes on undisturbed. */
  play(tone: Tone | null): void {
    if (tone === (this.#playing?.tone ?? null)) return;
    this.#playing?.source.stop();
    this.#playing = null;
    if (tone === null) return;
    const role = tone === 'ringtone' ? 'ringer' : 'speaker';
    const source = this.#source(role, (sampleRate) => renderTone(tone, sampleRate));
    source.loop = scores[tone].repeats;
    source.onended = () => {
      if (this.#playing?.source === source) this.#playing = null;
    };
    source.start();
    this.#playing = { tone, source };
  }

  /** A key was pressed: heard here only. */
  press(digit: string): void {
    this.#source('speaker', (sampleRate) => renderDigit(digit, sampleRate)).start();
  }

  #source(role: OutputRole, samplesAt: (sampleRate: number) => Float32Array<ArrayBuffer>): AudioBufferSourceNode {
    const context = this.#outputs.contextFor(role);
    const samples = samplesAt(context.sampleRate);
    const source = context.createBufferSource();
    source.buffer = context.createBuffer(1, samples.length, context.sampleRate);
    source.buffer.copyToChannel(samples, 0);
    source.connect(context.destination);
    return source;
  }
}
