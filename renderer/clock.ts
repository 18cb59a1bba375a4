/** The real clock, for what has it injected. */
import type { Clock } from './call/environment';

export const clock: Clock = {
  now: () => Date.now(),
  after: (ms, action) => {
    const timer = setTimeout(action, ms);
    return () => clearTimeout(timer);
  },
};
