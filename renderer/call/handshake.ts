/**
 * A DTLS handshake that has no end. When two devices of the callee answer in one instant, the first greeting that reaches
 * the caller may come from the one that is not chosen; the caller's DTLS then waits for that one for ever, and the one
 * that is chosen waits, too. Seen in Chromium 156: none of ten such calls connects. Only a new fingerprint makes WebRTC
 * begin anew, so one exchange of descriptions has wrong ones, which ends what hangs at both ends, and a second one the
 * right ones. No media can flow in between: no certificate fits. AN-28
 */
import type { Cancel, Clock } from './environment';

export interface HandshakeEnvironment {
  readonly clock: Clock;
  /** Whoever called goes first; the other one steps in where that does not happen. */
  readonly caller: boolean;
  /** There is a path, and no handshake has succeeded on it. */
  readonly hangs: () => boolean;
  /** Offers a description, with fingerprints of nobody or with ours. */
  readonly exchange: (fingerprints: 'wrong' | 'right') => void;
}

/** ms from the answer: far more than a handshake takes over the worst of paths. */
const patience = { caller: 2000, callee: 4000 } as const;
/** ms between the two exchanges: what the first one ends must have ended at both ends. */
const settling = 300;
const mostAttempts = 3;

export class Handshake {
  readonly #env: HandshakeEnvironment;
  #phase: 'waiting' | 'breaking' | 'mending' | 'over' = 'waiting';
  #attempts = 0;
  #timer: Cancel | null = null;

  constructor(env: HandshakeEnvironment) {
    this.#env = env;
  }

  /** Not over yet, so a connection that fails although there is a path is this one's business. */
  get isUnderWay(): boolean {
    return this.#timer !== null || this.#phase === 'breaking';
  }

  /** Both descriptions are known. */
  start(): void {
    if (this.#phase === 'waiting') this.#wait(this.#patience, () => this.#look());
  }

  /** The far end answered an offer of ours. */
  answered(): void {
    if (this.#phase === 'breaking') {
      this.#phase = 'mending';
      this.#wait(settling, () => {
        this.#env.exchange('right');
        this.#wait(this.#patience, () => this.#look());
      });
    }
  }

  /** Connected, or given up. */
  stop(): void {
    this.#timer?.();
    this.#timer = null;
    this.#phase = 'over';
  }

  /** The answer did not get out: all begins again. AN-25 */
  reset(): void {
    this.stop();
    this.#phase = 'waiting';
  }

  #look(): void {
    if (!this.#env.hangs()) return this.#wait(this.#patience, () => this.#look());
    if (this.#attempts >= mostAttempts) return;
    this.#attempts += 1;
    this.#phase = 'breaking';
    this.#env.exchange('wrong');
  }

  #wait(ms: number, then: () => void): void {
    this.#timer?.();
    this.#timer = this.#env.clock.after(ms, () => {
      this.#timer = null;
      then();
    });
  }

  get #patience(): number {
    return this.#env.caller ? patience.caller : patience.callee;
  }
}
