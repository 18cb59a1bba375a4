/** A moment after which something is over. A timer alone does not do: it stands still while the machine sleeps. LV-14 */
import type { Cancel, Clock } from './environment';

export class Deadline {
  readonly #clock: Clock;
  readonly #over: () => void;
  #at: number | null = null;
  #timer: Cancel | null = null;

  constructor(clock: Clock, over: () => void) {
    this.#clock = clock;
    this.#over = over;
  }

  /** @param at clock time, ms. */
  set(at: number): void {
    this.stop();
    this.#at = at;
    this.#timer = this.#clock.after(Math.max(at - this.#clock.now(), 0), () => this.#reached());
  }

  /** The clock may have jumped: is it over already, and if not, how long is it still? */
  check(): void {
    if (this.#at === null) return;
    if (this.#clock.now() >= this.#at) this.#reached();
    else this.set(this.#at);
  }

  stop(): void {
    this.#timer?.();
    this.#timer = null;
    this.#at = null;
  }

  #reached(): void {
    this.stop();
    this.#over();
  }
}
