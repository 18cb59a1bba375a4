import { describe, expect, it } from 'vitest';
import { emojiNumbers } from '../../../../main/trust/emoji';

const shown = (...symbols: string[]) => symbols.map((symbol) => [symbol, 'name'] as const);

describe('emojiNumbers', () => {
  it('numbers them as the specification does, with and without the mark for colour', () => {
    const symbols = ['🐶', '☁️', '❤', '✏️', '☎', '✈️', '📌'];
    expect(emojiNumbers(shown(...symbols))).toEqual([0, 21, 29, 43, 49, 53, 63]);
  });

  it.each([
    ['one too few', ['🐶', '🐶', '🐶', '🐶', '🐶', '🐶']],
    ['one that is none of them', ['🐶', '🐶', '🐶', '🐶', '🐶', '🐶', '🦊']],
  ])('%s: nothing to compare', (_what, symbols) => {
    expect(emojiNumbers(shown(...symbols))).toBeNull();
  });
});
