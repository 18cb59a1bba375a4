/** One sign-in at a time: a new one cancels the one under way, and so may the person, at every moment. */
import type { SignInProgress, SignInResult } from '../../preload/contract/accounts';
import type { Attempt } from './in-browser';

export interface Attempts {
  /** Answers `cancelled` at once when that happens; what still runs then sees its signal. */
  readonly begin: (run: (attempt: Attempt) => Promise<SignInResult>) => Promise<SignInResult>;
  readonly cancel: () => void;
  readonly reopen: () => void;
}

export function makeAttempts(progress: (progress: SignInProgress) => void): Attempts {
  let current: AbortController | null = null;
  let openAgain: (() => void) | null = null;
  return {
    begin: (run) => {
      current?.abort();
      const own = new AbortController();
      current = own;
      openAgain = null;
      const { signal } = own;
      const cancelled = new Promise<SignInResult>((resolve) => {
        signal.addEventListener('abort', () => {
          resolve({ ok: false, reason: 'cancelled' });
        });
      });
      const attempt: Attempt = {
        signal,
        progress: (told) => {
          if (!signal.aborted) progress(told);
        },
        reopen: (open) => {
          if (current === own) openAgain = open;
        },
      };
      return Promise.race([cancelled, run(attempt)]).finally(() => {
        if (current === own) current = openAgain = null;
      });
    },
    cancel: () => {
      current?.abort();
    },
    reopen: () => {
      openAgain?.();
    },
  };
}
