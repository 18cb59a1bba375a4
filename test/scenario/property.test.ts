/**
 * Whatever people press and whatever goes wrong on the way: in the end both sides agree, nothing rings, nothing is left
 * open. `FUZZ_MINUTES=30 npx vitest run --project scenario test/scenario/property.test.ts` looks longer than the default;
 * a failure prints its seed and the shortest moves that lead to it.
 */
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { anyMoves, play, type Cast } from './support/play';

const minutes = Number(process.env.FUZZ_MINUTES ?? 0);

const casts: readonly (readonly [string, Cast, number])[] = [
  ['two phones', { devices: [1, 1], selfCalls: false }, 250],
  ['one phone, and three of one person', { devices: [1, 3], selfCalls: false }, 150],
  ['three people', { devices: [1, 1, 1], selfCalls: false }, 150],
  ['three people with two phones each, who also call themselves', { devices: [2, 2, 2], selfCalls: true }, 100],
];

describe('random play', () => {
  it.each(casts)('%s', { timeout: 120_000 + (minutes * 60_000) / casts.length }, async (_who, cast, runs) => {
    await fc.assert(
      fc.asyncProperty(anyMoves, (moves) => play(cast, moves)),
      minutes > 0
        ? { numRuns: 1e9, interruptAfterTimeLimit: (minutes * 60_000) / casts.length }
        : { numRuns: runs, interruptAfterTimeLimit: 40_000 },
    );
  });
});
