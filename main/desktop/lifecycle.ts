/** The end of the program: whatever asks for it, hangups and saves get a bounded time first. */
import type { App } from 'electron';
import type { Clock } from '../clock';
import type { Log } from '../log';

export interface Lifecycle {
  readonly isQuitting: () => boolean;
}

export interface LifecycleEnv {
  readonly app: Pick<App, 'on' | 'quit'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Must not wait for anything that may never come longer than it can help; after `bound` ms it is left behind. */
  readonly finish: () => Promise<void>;
  readonly bound: number;
}

export function endOrderly({ app, clock, log, finish, bound }: LifecycleEnv): Lifecycle {
  let phase: 'running' | 'finishing' | 'finished' = 'running';

  const leave = (): void => {
    if (phase === 'finished') return;
    phase = 'finished';
    app.quit();
  };

  app.on('before-quit', (event) => {
    if (phase === 'finished') return;
    event.preventDefault();
    if (phase === 'finishing') return;
    phase = 'finishing';
    clock.after(bound, leave);
    finish()
      .catch((error: unknown) => {
        log.failure('the end was not orderly', error);
      })
      .finally(leave);
  });
  // Reached only when a window was destroyed rather than hidden.
  app.on('window-all-closed', () => {
    app.quit();
  });

  return { isQuitting: () => phase !== 'running' };
}
