/** How long to look for trouble: two minutes over all random tests together, or `FUZZ_MINUTES`. */

const minutes = Number(process.env.FUZZ_MINUTES ?? 0);
const usual = 2;

export interface Fuzz {
  readonly numRuns: number;
  /** ms */
  readonly limit: number;
  /** ms; the shrinking of a failure takes its time. */
  readonly timeout: number;
}

/**
 * @param runs enough of them where nobody asks for more.
 * @param share of the time; the shares of all random tests add up to 1.
 */
export function fuzz(runs: number, share: number): Fuzz {
  const limit = (minutes > 0 ? minutes : usual) * 60_000 * share;
  return {
    numRuns: minutes > 0 ? 1e9 : runs,
    limit,
    timeout: limit + 120_000,
  };
}
