/**
 * When a connection is late or lost: when to restart ICE, and when to give up. One timer of each kind, never two.
 * NG-13, AN-23; times as matrix-js-sdk has them, so that both ends try in step.
 */
import type { Cancel, Clock } from './environment';

export interface RecoveryEnvironment {
  readonly clock: Clock;
  /** @returns false where the far end cannot renegotiate: there is nothing to try but to wait. NG-15 */
  readonly restart: () => boolean;
  readonly giveUp: (reason: 'ice_failed' | 'ice_timeout') => void;
}

/** ms from answer to connection. */
const connectWithin = 30_000;
/** ms of `disconnected` before ICE is restarted: most breaks heal by themselves. */
const restartAfter = 2000;
/** ms of being lost before the call is given up. */
const reconnectWithin = 30_000;
const mostRestarts = 3;

export class Recovery {
  readonly #env: RecoveryEnvironment;
  #everConnected = false;
  #restarts = 0;
  #bound: Cancel | null = null;
  #restart: Cancel | null = null;

  constructor(env: RecoveryEnvironment) {
    this.#env = env;
  }

  /** From the answer on, the connection must come within a bound. */
  start(): void {
    if (!this.#everConnected) this.#bound ??= this.#env.clock.after(connectWithin, () => this.#giveUp());
  }

  connected(): void {
    this.stop();
    this.#everConnected = true;
    this.#restarts = 0;
  }

  /** `disconnected` may heal by itself; `failed` does not. */
  lost(how: 'disconnected' | 'failed'): void {
    this.#bound ??= this.#env.clock.after(reconnectWithin, () => this.#giveUp());
    if (how === 'failed') this.#restartOrGiveUp();
    else if (this.#everConnected) this.#restart ??= this.#env.clock.after(restartAfter, () => this.#tryRestart());
  }

  stop(): void {
    this.#bound?.();
    this.#restart?.();
    this.#bound = this.#restart = null;
  }

  #restartOrGiveUp(): void {
    if (!this.#tryRestart()) this.#giveUp();
  }

  #tryRestart(): boolean {
    this.#restart?.();
    this.#restart = null;
    this.#restarts += 1;
    return this.#restarts <= mostRestarts && this.#env.restart();
  }

  #giveUp(): void {
    this.stop();
    this.#env.giveUp(this.#everConnected ? 'ice_timeout' : 'ice_failed');
  }
}
