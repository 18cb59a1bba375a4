/**
 * What takes a while and may need the person once more: a password, or a look at a page in the browser. One task of an
 * account at a time; it can be given up at any moment.
 */
import type { TaskStage, TrustResult, TrustTask } from '../../preload/contract/trust';
import type { Clock } from '../clock';
import type { Log } from '../log';
import { failed, TrustEnd, trustFailure } from './failure';
import { authorize, type AuthEnv, type Send } from './interactive-auth';

export interface TasksEnv extends Pick<AuthEnv, 'userId' | 'fallbackUrl'> {
  /** Rejects where there is no browser. */
  readonly openBrowser: (url: string) => Promise<void>;
  /** Gives up what the person typed to sign in just now; null when that is long ago. */
  readonly takePassword: () => string | null;
  readonly clock: Clock;
  readonly log: Log;
  readonly changed: () => void;
}

export interface RunningTask {
  readonly signal: AbortSignal;
  /** For the SDK, and for requests of our own. */
  readonly authorize: <T>(send: Send<T>) => Promise<T>;
}

export interface Tasks {
  readonly current: () => TrustTask | null;
  /** Also one that was given up and has not ended yet. */
  readonly isBusy: () => boolean;
  /**
   * Never rejects. While the last task still ends, the answer is `busy`.
   * @param alone nobody asked for it, so nobody is asked for anything: it then ends as `unsupported`.
   */
  readonly run: (
    what: TrustTask['what'],
    work: (task: RunningTask) => Promise<TrustResult>,
    alone?: boolean,
  ) => Promise<TrustResult>;
  readonly password: (password: string) => void;
  readonly openBrowser: () => void;
  readonly cancel: () => void;
}

/** ms that a person may take. */
const PATIENCE = 15 * 60_000;

/** ms for such a task, before another one is refused because of it. */
const WIND_UP = 10_000;

interface Current {
  task: TrustTask;
  readonly abort: AbortController;
  readonly alone: boolean;
  answer: ((password: string) => void) | null;
  page: string | null;
  ended: Promise<unknown>;
}

export function makeTasks(env: TasksEnv): Tasks {
  const { clock, log, changed } = env;
  let current: Current | null = null;

  function stage(running: Current, now: TaskStage): void {
    running.task = { ...running.task, stage: now };
    if (current === running) changed();
  }

  function authEnv(running: Current, alone: boolean): AuthEnv {
    const { signal } = running.abort;
    return {
      userId: env.userId,
      fallbackUrl: env.fallbackUrl,
      password: async (wrong) => {
        const known = env.takePassword();
        if (known !== null) return known;
        if (alone) throw new TrustEnd('unsupported');
        stage(running, wrong ? 'wrongPassword' : 'password');
        const password = await unlessAborted<string>(signal, (resolve) => {
          running.answer = resolve;
        });
        running.answer = null;
        stage(running, 'working');
        return password;
      },
      browser: async (url) => {
        if (alone) throw new TrustEnd('unsupported');
        await env.openBrowser(url).catch(() => {
          throw new TrustEnd('unsupported');
        });
        running.page = url;
        stage(running, 'browser');
      },
      pause: (ms) =>
        unlessAborted<undefined>(signal, (resolve) => {
          clock.after(ms, () => {
            resolve(undefined);
          });
        }),
    };
  }

  /** One that was given up still has to find its end; one that nobody asked for is no reason to refuse a person. */
  async function windUp(last: Current): Promise<void> {
    if (!last.alone && !last.abort.signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const cancelTimer = clock.after(WIND_UP, () => {
      resolve(undefined);
    });
    await Promise.race([last.ended, promise]);
    cancelTimer();
  }

  async function run(...[what, work, alone = false]: Parameters<Tasks['run']>): Promise<TrustResult> {
    if (current !== null) await windUp(current);
    if (current !== null) return failed('busy');
    const [task, abort] = [{ what, stage: 'working' } as const, new AbortController()];
    const running: Current = { task, abort, alone, answer: null, page: null, ended: Promise.resolve() };
    current = running;
    changed();
    const { signal } = abort;
    const cancelTimer = clock.after(PATIENCE, () => {
      running.abort.abort();
    });
    const ended = work({ signal, authorize: (send) => authorize(authEnv(running, alone), send) })
      .catch((error: unknown) => {
        const reason = trustFailure(error);
        const kind = error instanceof Error ? error.name : typeof error;
        log.warn('trust: task failed', { what, reason, ...(reason === 'failed' && { kind }) });
        return failed(reason);
      })
      .finally(() => {
        cancelTimer();
        if (current === running) current = null;
        changed();
      });
    running.ended = ended;
    // A homeserver that is silent must not hold the person: they are told at once, the rest ends when it can.
    const given = unlessAborted<TrustResult>(signal, (resolve) => void ended.then(resolve));
    return given.catch(() => failed('cancelled'));
  }

  return {
    current: () => (current === null || current.abort.signal.aborted ? null : current.task),
    isBusy: () => current !== null,
    run,
    password: (password) => current?.answer?.(password),
    openBrowser: () => {
      if (current?.page != null) void env.openBrowser(current.page).catch(() => undefined);
    },
    cancel: () => {
      current?.abort.abort();
      changed();
    },
  };
}

function unlessAborted<T>(signal: AbortSignal, begin: (resolve: (value: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      reject(new TrustEnd('cancelled'));
    };
    if (signal.aborted) {
      abort();
      return;
    }
    signal.addEventListener('abort', abort, { once: true });
    begin((value) => {
      signal.removeEventListener('abort', abort);
      resolve(value);
    });
  });
}
