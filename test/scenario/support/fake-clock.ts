/** Time that passes only when a test says so. */
import type { Cancel, Clock } from '../../../renderer/call/environment';

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly action: () => void;
}

export class FakeClock implements Clock {
  #now: number;
  #order = 0;
  #timers: Timer[] = [];

  constructor(start = Date.UTC(2026, 0, 1)) {
    this.#now = start;
  }

  readonly now = (): number => this.#now;

  readonly after = (ms: number, action: () => void): Cancel => {
    const timer = { at: this.#now + ms, order: this.#order++, action };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  };

  /** A promise that resolves `ms` from now. */
  readonly sleep = (ms: number): Promise<void> => new Promise((resolve) => this.after(ms, resolve));

  get pending(): number {
    return this.#timers.length;
  }

  /** Lets `ms` pass: every timer runs at its time, and what it sets off is settled before the next one. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle();
    for (;;) {
      const due = this.#timers
        .filter(({ at }) => at <= end)
        .sort((a, b) => a.at - b.at || a.order - b.order)
        .at(0);
      if (due === undefined) break;
      this.#timers = this.#timers.filter((timer) => timer !== due);
      this.#now = Math.max(this.#now, due.at);
      due.action();
      await settle();
    }
    this.#now = end;
  }
}

/** Runs every promise reaction that is ready, and those that they make ready. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
