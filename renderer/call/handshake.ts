/**
 * A DTLS handshake that has no end. When two devices of the callee answer in one instant, the first greeting that reaches
 * the caller may come from the one that is not chosen; the caller's DTLS then waits for that one for ever, and the one
 * that is chosen waits, too. Seen in Chromium 156: none of ten such calls connects. Only a new fingerprint makes WebRTC
 * begin anew, so one exchange of descriptions has wrong ones, which ends what hangs at both ends, and a second one the
 * right ones. No media can flow in between: no certificate fits. AN-28
 *
 *   waiting ──hangs for long──▶ breaking ──answered──▶ settling ──right ones offered──▶ waiting
 *      ▲  └──connected──▶ over     │
 *      └───────not answered────────┘
 */
import type { Cancel, Clock } from './environment';

export interface HandshakeEnvironment {
  readonly clock: Clock;
  /** Whoever called goes first; the other one steps in where that does not happen. */
  readonly caller: boolean;
  /** There is a path, and no handshake has succeeded on it. */
  readonly hangs: () => boolean;
  readonly isConnected: () => boolean;
  /** Nothing is being negotiated. */
  readonly isIdle: () => boolean;
  /** What is offered from now on has fingerprints of nobody, or ours. */
  readonly show: (fingerprints: 'wrong' | 'right') => void;
  readonly offer: () => void;
  /** The connection stands, although it was `breaking` when it came. */
  readonly mended: () => void;
}

/** ms between two looks. */
const interval = 500;
/** Looks in a row that find a path without a handshake: far longer than one takes over the worst of paths. */
const patience = { caller: 4, callee: 8 } as const;
/** ms between the two exchanges: what the first one ends must have ended at both ends. */
const settling = 300;
const mostAttempts = 3;

export class Handshake {
  readonly #env: HandshakeEnvironment;
  #phase: 'waiting' | 'breaking' | 'settling' | 'over' = 'waiting';
  #attempts = 0;
  /** Looks in a row at which it hung. */
  #hung = 0;
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
    if (this.#phase === 'waiting') this.#watch();
  }

  /**
   * @returns false where it will not last: wrong fingerprints are on their way already, and the right ones must follow.
   */
  connected(): boolean {
    if (this.#phase === 'waiting') this.stop();
    return this.#phase === 'over';
  }

  /** The far end answered an offer of ours. */
  answered(): void {
    if (this.#phase !== 'breaking') return;
    this.#phase = 'settling';
    this.#wait(settling, () => {
      this.#env.show('right');
      this.#env.offer();
      this.#phase = 'waiting';
      this.#watch();
    });
  }

  /** An offer of ours was given up: for one of the far end, or for want of an answer. */
  dropped(): void {
    if (this.#phase !== 'breaking') return;
    this.#env.show('right'); // or the next change of the call would break it
    this.#phase = 'waiting';
    this.#watch();
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
    this.#env.show('right');
    this.#phase = 'waiting';
  }

  #watch(): void {
    this.#hung = 0;
    this.#wait(interval, () => this.#look());
  }

  #look(): void {
    if (this.#env.isConnected()) {
      this.stop();
      this.#env.mended();
      return;
    }
    this.#hung = this.#env.hangs() ? this.#hung + 1 : 0;
    const isLong = this.#hung >= (this.#env.caller ? patience.caller : patience.callee);
    if (!isLong || !this.#env.isIdle()) return this.#wait(interval, () => this.#look());
    if (this.#attempts >= mostAttempts) return;
    this.#attempts += 1;
    this.#phase = 'breaking';
    this.#env.show('wrong');
    this.#env.offer();
  }

  #wait(ms: number, then: () => void): void {
    this.#timer?.();
    this.#timer = this.#env.clock.after(ms, () => {
      this.#timer = null;
      then();
    });
  }
}
