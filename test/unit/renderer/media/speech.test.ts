import { describe, expect, it } from 'vitest';
import { SpeechGate } from '../../../../renderer/media/speech';

const [quiet, loud] = [-70, -25];

/** What the gate says after each of so many tenths of a second. */
function after(gate: SpeechGate, decibels: number, tenths: number): readonly boolean[] {
  return Array.from({ length: tenths }, () => gate.hear(decibels, 100));
}

describe('speech', () => {
  it('is sound that lasts for a word', () => {
    expect(after(new SpeechGate(), loud, 4)).toEqual([false, false, true, true]);
  });

  it('goes on through the pauses between words, and ends with a long one', () => {
    const gate = new SpeechGate();
    after(gate, loud, 3);
    expect(after(gate, quiet, 19)).not.toContain(false);
    expect(after(gate, quiet, 1)).toEqual([false]);
    expect(after(gate, loud, 2)).toEqual([false, false]);
  });

  it('is made of syllables: short silences do not start it anew', () => {
    const gate = new SpeechGate();
    after(gate, loud, 2);
    after(gate, quiet, 3);
    expect(after(gate, loud, 1)).toEqual([true]);
  });

  it.each([quiet, -Infinity, NaN])('is not a room at %s dB', (decibels) => {
    expect(after(new SpeechGate(), decibels, 50)).not.toContain(true);
  });

  it('is not single keys or coughs far apart', () => {
    const gate = new SpeechGate();
    for (let i = 0; i < 10; i++) {
      expect(after(gate, loud, 2)).not.toContain(true);
      expect(after(gate, quiet, 20)).not.toContain(true);
    }
  });
});
