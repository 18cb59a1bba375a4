/**
 * Whatever people press and whatever goes wrong on the way: in the end both sides agree, nothing rings, nothing is left
 * open. `FUZZ_MINUTES=30 npx vitest run --project scenario test/scenario/property.test.ts` looks longer than the default;
 * a failure prints its seed and the shortest moves that lead to it.
 */
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { fuzz } from './support/fuzz';
import { anyMoves, play, type Cast } from './support/play';

const casts: readonly (readonly [string, Cast, number])[] = [
  ['two phones', { devices: [1, 1], selfCalls: false }, 800],
  ['one phone, and three of one person', { devices: [1, 3], selfCalls: false }, 500],
  ['three people', { devices: [1, 1, 1], selfCalls: false }, 500],
  ['three people with two phones each, who also call themselves', { devices: [2, 2, 2], selfCalls: true }, 300],
];

describe('random play', () => {
  const share = 0.7 / casts.length;
  it.each(casts)('%s', { timeout: fuzz(1, share).timeout }, async (_who, cast, runs) => {
    const { numRuns, limit } = fuzz(runs, share);
    await fc.assert(
      fc.asyncProperty(anyMoves, (moves) => play(cast, moves)),
      { numRuns, plugins: [fc.interruptAfterTimeLimit(limit)] },
    );
  });
});
