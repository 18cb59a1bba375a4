/**
 * The far end's candidates: kept per party until one is chosen and the description they belong to is applied, then handed
 * through. IC-10, IC-11, IC-12
 */
import type { Candidate } from './events';
import { partyKey, type Party } from './party';

/** Bounds on what a hostile room member can make us hold, and the far end make the connection try. */
const mostParties = 16;
const mostCandidates = 500;

interface Chosen {
  readonly key: string;
  readonly use: (candidates: readonly Candidate[]) => void;
}

export class CandidateInbox {
  readonly #held = new Map<string, Candidate[]>();
  #chosen: Chosen | null = null;
  /** Handed through since the last description. */
  #used = 0;

  /** @returns false when they were dropped: another party was chosen, or there are too many. */
  receive(from: Party, candidates: readonly Candidate[]): boolean {
    const key = partyKey(from);
    if (this.#chosen !== null) {
      return this.#chosen.key === key && this.#use(this.#chosen, candidates);
    }
    const list = this.#held.get(key) ?? [];
    if (list.length === 0 && this.#held.size >= mostParties) return false;
    list.push(...candidates.slice(0, mostCandidates - list.length));
    this.#held.set(key, list);
    return true;
  }

  /** From now on only `from` counts: what it has sent is used at once, the rest as it comes. */
  choose(from: Party, use: (candidates: readonly Candidate[]) => void): void {
    const key = partyKey(from);
    const held = this.#held.get(key) ?? [];
    this.#held.clear();
    this.#chosen = { key, use };
    if (held.length > 0) this.#use(this.#chosen, held);
  }

  /** A description of theirs was applied, which may have candidates of its own. */
  renew(): void {
    this.#used = 0;
  }

  #use(chosen: Chosen, candidates: readonly Candidate[]): boolean {
    const taken = candidates.slice(0, mostCandidates - this.#used);
    this.#used += taken.length;
    if (taken.length > 0) chosen.use(taken);
    return taken.length === candidates.length;
  }
}
