/** A page that crashed comes back at once, and ever more slowly if it goes on crashing: never a dead end, never a storm. */

/** ms; crashes longer ago are forgiven. */
const memory = 60_000;
const delays: readonly number[] = [0, 1000, 5000, 15_000];

/** @returns what gives, at each crash, the ms to wait before the page is loaded again. */
export function makeReloadPace(now: () => number): () => number {
  let crashes: readonly number[] = [];
  return () => {
    const delay = (crashes = crashes.filter((at) => now() - at < memory)).length;
    crashes = [...crashes, now()];
    return delays[Math.min(delay, delays.length - 1)] ?? 0;
  };
}
