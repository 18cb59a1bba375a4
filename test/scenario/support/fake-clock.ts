/** Time that passes only when a test says so. */
import type { Cancel, Clock } from '../../../renderer/call/environment';

interface Timer {
  at: number;
  readonly order: number;
  readonly action: () => void;
}

export class FakeClock implements Clock {
  #now: number;
  #order = 0;
  readonly #timers = new Set<Timer>();

  constructor(start = Date.UTC(2026, 0, 1)) {
    this.#now = start;
  }

  readonly now = (): number => this.#now;

  readonly after = (ms: number, action: () => void): Cancel => {
    const timer = { at: this.#now + ms, order: this.#order++, action };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  };

  /** A promise that resolves `ms` from now. */
  readonly sleep = (ms: number): Promise<void> => new Promise((resolve) => this.after(ms, resolve));

  /** Timers that wait. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Lets `ms` pass: every timer runs at its time, and what it sets off is settled before the next one. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle();
    for (;;) {
      const due = this.#next(end);
      if (due === null) break;
      this.#timers.delete(due);
      this.#now = Math.max(this.#now, due.at);
      due.action();
      await settle();
    }
    this.#now = end;
  }

  /** The machine sleeps: the date moves on, and nothing runs until it wakes up; then timers have as long to go as before. */
  suspend(ms: number): void {
    this.#now += ms;
    for (const timer of this.#timers) timer.at += ms;
  }

  #next(end: number): Timer | null {
    let next: Timer | null = null;
    for (const timer of this.#timers) {
      if (timer.at > end) continue;
      if (next === null || timer.at < next.at || (timer.at === next.at && timer.order < next.order)) next = timer;
    }
    return next;
  }
}

/** Runs every promise reaction that is ready, and those that they make ready. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
