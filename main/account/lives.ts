/**
 * The lives of an account's client, one after the other: opened, and opened again when the disk has failed, until `stop`.
 *
 *     opening ──▶ living ──▶ (a write failed) ──▶ closing ──▶ opening
 *        └──▶ troubled ──▶ (time passes, or the person says so) ──▶ opening
 *
 * Only one of these happens at a time.
 */
import { type AccountTrouble, finalTroubles } from '../../preload/contract/account-trouble';
import type { Clock } from '../clock';
import { makePending } from '../pending';
import type { WriteFailure } from '../store/account-store';
import type { Life, OpenedLife } from './life';

export interface Lives {
  /** @throws between two lives: what is asked then has to wait, as it does for a network. */
  readonly current: () => Life;
  readonly ifAny: () => Life | undefined;
  /** What the life of this moment does for somebody; rejects when that ends first: its client answers nobody any more. */
  readonly whileLived: <T>(work: Promise<T>) => Promise<T>;
  /** The one that is lived, or the next one. */
  readonly next: () => Promise<Life>;
  /** Waits for an opening that is under way, and no longer. */
  readonly soon: () => Promise<Life | undefined>;
  /** Resolves when the first one is lived, or is not to be had. */
  readonly start: () => Promise<void>;
  /** Open now what could not be opened. */
  readonly retry: () => void;
  /** It reached the homeserver: what the last one failed at is tried at once, and trouble that is over is said to be. */
  readonly thrives: () => void;
  /** Resolves when the store is closed. May be repeated. */
  readonly stop: () => Promise<void>;
}

export interface LivesEnv {
  readonly clock: Clock;
  readonly open: (storeFailed: (failure: WriteFailure) => void) => Promise<OpenedLife>;
  /** Null: it is over. */
  readonly troubled: (trouble: AccountTrouble | null) => void;
}

/** ms until the next opening: the first failure may be the last, a full disk takes its time. */
const PAUSES = [0, 2000, 10_000, 30_000] as const;

export function makeLives({ clock, open, troubled }: LivesEnv): Lives {
  let life: Life | undefined;
  let trouble: AccountTrouble | null = null;
  let failures = 0;
  let stopped = false;
  const pending = makePending();
  let cancelRetry = (): void => undefined;
  let waiting: ((life: Life) => void)[] = [];
  let work: Promise<void> = Promise.resolve();

  /** One after the other. */
  function inTurn(step: () => Promise<void>): Promise<void> {
    work = work.then(step);
    return work;
  }

  async function begin(): Promise<void> {
    if (stopped || life !== undefined) return;
    cancelRetry();
    // What fails before it is lived is dealt with right afterwards.
    const opened = await open(({ reason }) => void inTurn(() => failed(reason)));
    if (!opened.ok) {
      fail(opened.trouble);
      return;
    }
    life = opened.life;
    for (const resolve of waiting.splice(0)) resolve(life);
    life.start();
  }

  async function failed(reason: AccountTrouble): Promise<void> {
    if (life === undefined) return;
    await end();
    fail(reason);
  }

  async function end(): Promise<void> {
    const last = life;
    life = undefined;
    pending.end('the client has ended');
    await last?.close();
  }

  function fail(reason: AccountTrouble): void {
    trouble = reason;
    troubled(reason);
    if (stopped || finalTroubles.has(reason)) return;
    const pause = PAUSES[Math.min(failures, PAUSES.length - 1)] ?? 0;
    failures++;
    cancelRetry = clock.after(pause, () => void inTurn(begin));
  }

  async function prove(): Promise<void> {
    const proven = life;
    if (proven === undefined || trouble === null || !(await proven.save()) || proven !== life) return;
    trouble = null;
    failures = 0;
    troubled(null);
  }

  return {
    current: () => {
      if (life === undefined) throw new Error('the store is not open');
      return life;
    },
    ifAny: () => life,
    whileLived: pending.whileOpen,
    next: () => (life === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(life)),
    soon: () => (life === undefined ? work.then(() => life) : Promise.resolve(life)),
    start: () => inTurn(begin),
    retry: () => {
      failures = 0;
      void inTurn(begin);
    },
    thrives: () => {
      if (trouble !== null) void inTurn(prove);
    },
    stop: () => {
      stopped = true;
      cancelRetry();
      return inTurn(async () => {
        waiting = [];
        await end();
      });
    },
  };
}
