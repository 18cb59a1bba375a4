import type { Clock } from '../../../main/clock';

/** A clock that a test turns by hand: due tasks run in their order, each at its own time. */
export function turnedClock(): Clock & { readonly turn: (ms: number) => void } {
  let now = 0;
  const tasks = new Set<{ readonly at: number; readonly task: () => void }>();
  return {
    now: () => now,
    after: (ms, task) => {
      const entry = { at: now + ms, task };
      tasks.add(entry);
      return () => tasks.delete(entry);
    },
    turn: (ms) => {
      const until = now + ms;
      for (;;) {
        const [next] = [...tasks].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        tasks.delete(next);
        now = next.at;
        next.task();
      }
      now = until;
    },
  };
}
