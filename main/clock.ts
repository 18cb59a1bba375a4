/** Time as main's rules see it. It is handed in, so that tests can turn the hands. */
export interface Clock {
  /** ms from some fixed point; never set back or forward by the user or by NTP. It may stand still while the machine sleeps. */
  readonly now: () => number;
  /** Runs `task` once after `ms`. @returns a function that cancels it. */
  readonly after: (ms: number, task: () => void) => () => void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after: (ms, task) => {
    const timer = setTimeout(task, ms);
    return () => {
      clearTimeout(timer);
    };
  },
};

/** Resolves when the work has ended, or after `ms`. Never rejects. */
export function within(clock: Pick<Clock, 'after'>, ms: number, work: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.after(ms, resolve);
    const done = (): void => {
      cancel();
      resolve();
    };
    void work.then(done, done);
  });
}
