/**
 * The tones of a call, as telephones have them: cadences and pitch of the supervisory tones after ITU-T E.180, of digits
 * after ITU-T Q.23. What E.180 does not name is made of the same material, and soft: one hears it at one's ear.
 */
import { render, type Score, steady } from './synth';

export type Tone = 'waiting' | 'held' | 'ringback' | 'busy' | 'congestion' | 'lost' | 'ended' | 'answered';

/** Hz; E.180, 4 */
const network = 425;

/** Those that repeat last for as long as what they say; the others are heard once. */
const scores: Readonly<Record<Tone, Score>> = {
  /** E.180, 8: somebody else calls. */
  waiting: {
    period: 5,
    repeats: true,
    level: 0.12,
    notes: [steady(0, 0.2, network), steady(0.4, 0.2, network)],
  },
  /** The far end holds: the silence is meant. */
  held: { period: 10, repeats: true, level: 0.06, notes: [steady(0, 0.15, network), steady(0.25, 0.15, network)] },
  /** E.180, 5.3 */
  ringback: { period: 5, repeats: true, level: 0.1, notes: [steady(0, 1, network)] },
  /** E.180, 5.4: they are busy, decline, or do not answer. */
  busy: { period: 2, repeats: false, level: 0.12, notes: [steady(0, 0.5, network), steady(1, 0.5, network)] },
  /** E.180, 5.5: the call cannot be made. */
  congestion: {
    period: 2,
    repeats: false,
    level: 0.12,
    notes: [0, 0.5, 1, 1.5].map((at) => steady(at, 0.25, network)),
  },
  /** The connection was lost in the middle of the call. */
  lost: {
    period: 1,
    repeats: false,
    level: 0.14,
    notes: [steady(0, 0.2, 620), steady(0.26, 0.2, 520), steady(0.52, 0.34, network)],
  },
  ended: { period: 0.5, repeats: false, level: 0.12, notes: [steady(0, 0.12, 480), steady(0.2, 0.18, 380)] },
  /** The call was answered without a hand: whoever sits there is heard from now on. */
  answered: { period: 1, repeats: false, level: 0.25, notes: [steady(0, 0.3, 660), steady(0.4, 0.5, 880)] },
};

/** Hz: each digit is the tone of its row and that of its column. */
const rows = [697, 770, 852, 941] as const;
const columns = [1209, 1336, 1477] as const;
const keypad = '123456789*0#';

function scoreOf(digit: string): Score {
  const key = keypad.indexOf(digit);
  const pitches = [rows[Math.floor(key / 3)] ?? 0, columns[key % 3] ?? 0];
  return { period: 0.14, repeats: false, level: 0.1, notes: [steady(0, 0.12, ...pitches)] };
}

export const repeats = (tone: Tone): boolean => scores[tone].repeats;

/** One period of a tone as samples between -1 and 1. @param sampleRate Hz */
export const renderTone = (tone: Tone, sampleRate: number): Float32Array<ArrayBuffer> =>
  render(scores[tone], sampleRate);

/** What a press of a key sounds like. @param digit 0 to 9, * or #. @param sampleRate Hz */
export const renderDigit = (digit: string, sampleRate: number): Float32Array<ArrayBuffer> =>
  render(scoreOf(digit), sampleRate);
