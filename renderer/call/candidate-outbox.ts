/**
 * Our candidates on their way out: first those that did not make it into the SDP, then in batches, at the end
 * end-of-candidates. MSC2746 "Candidate batching", "End-of-candidates"; IC-01..IC-07, IC-13, IC-14
 */
import type { Cancel, Clock } from './environment';
import { sdpHolds } from './sdp';

/** ms from the invite or answer to the first batch. IC-02 */
export const batchAfter = { invite: 2000, answer: 500 } as const;
/** ms for batches after the first. */
const laterBatch = 500;
/** Keeps an event far below 64 KiB, encrypted too. IC-19 */
const mostPerEvent = 80;

/** The only shape on the wire: both positions for a real candidate (IC-08), none for the end (IC-07). */
export type WireCandidate =
  { readonly candidate: string; readonly sdpMid: string; readonly sdpMLineIndex: number } | { readonly candidate: '' };

export interface OutboxEnvironment {
  readonly clock: Clock;
  /** Resolves when the homeserver has them, or the attempt was given up. One call at a time. */
  readonly send: (candidates: readonly WireCandidate[]) => Promise<unknown>;
}

export class CandidateOutbox {
  readonly #env: OutboxEnvironment;
  #waiting: WireCandidate[] = [];
  #open = false;
  #sending = false;
  #closed = false;
  #timer: Cancel | null = null;

  constructor(env: OutboxEnvironment) {
    this.#env = env;
  }

  /** Takes a candidate as the peer connection gathers it; null ends a generation. */
  add(candidate: RTCIceCandidateInit | null): void {
    if (this.#closed) return;
    this.#waiting.push(candidate === null ? { candidate: '' } : wire(candidate));
    if (!this.#open) return;
    if (candidate === null) this.#flush();
    else this.#timer ??= this.#env.clock.after(laterBatch, () => this.#flush());
  }

  /** The description with `sdp` has left: what it holds is not sent again, the rest follows `delay` ms later at most. */
  open(sdp: string, delay: number): void {
    if (this.#closed) return;
    this.#open = true;
    this.#waiting = this.#waiting.filter(({ candidate }) => !sdpHolds(sdp, candidate));
    if (this.#waiting.some(({ candidate }) => candidate === '')) this.#flush();
    else this.#timer ??= this.#env.clock.after(delay, () => this.#flush());
  }

  /** Another connection takes the place of the one that gathered them. */
  clear(): void {
    this.#stopTimer();
    this.#open = false;
    this.#waiting = [];
  }

  /** Nothing is sent any more: no event follows a hangup. */
  close(): void {
    this.#closed = true;
    this.#stopTimer();
    this.#waiting = [];
  }

  #flush(): void {
    this.#stopTimer();
    if (this.#closed || this.#sending || this.#waiting.length === 0) return;
    const batch = this.#waiting.slice(0, mostPerEvent);
    this.#waiting = this.#waiting.slice(mostPerEvent);
    this.#sending = true;
    // While one batch is under way (or held back by a 429) the next one grows instead of queueing behind it. IC-14
    void this.#env.send(batch).finally(() => {
      this.#sending = false;
      if (this.#waiting.length > 0) this.#flush();
    });
  }

  #stopTimer(): void {
    this.#timer?.();
    this.#timer = null;
  }
}

const wire = ({ candidate, sdpMid, sdpMLineIndex }: RTCIceCandidateInit): WireCandidate => ({
  candidate: candidate ?? '',
  sdpMid: sdpMid ?? String(sdpMLineIndex ?? 0),
  sdpMLineIndex: sdpMLineIndex ?? 0,
});
