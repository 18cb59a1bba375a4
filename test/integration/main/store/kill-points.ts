/** SIGKILL at an exact point of the n-th SQLite transaction of this process. */
import { DatabaseSync, StatementSync } from 'node:sqlite';

/** After BEGIN; after the first change; before COMMIT; after COMMIT and before anybody is told. */
export const phases = ['begin', 'change', 'commit', 'committed'] as const;
export type Phase = (typeof phases)[number];

export interface KillPoint {
  readonly phase: Phase;
  readonly count: number;
}

export function armKill({ phase, count }: KillPoint): void {
  const die = (): void => {
    process.kill(process.pid, 'SIGKILL');
  };
  let transactions = 0;
  const { exec } = DatabaseSync.prototype;
  DatabaseSync.prototype.exec = function (this: DatabaseSync, source) {
    if (source === 'BEGIN IMMEDIATE') transactions++;
    const now = transactions === count;
    if (now && source === 'COMMIT' && phase === 'commit') die();
    exec.call(this, source);
    if (now && source === 'BEGIN IMMEDIATE' && phase === 'begin') die();
    if (now && source === 'COMMIT' && phase === 'committed') die();
  };
  const { run } = StatementSync.prototype as unknown as { run: (this: StatementSync, ...args: unknown[]) => never };
  StatementSync.prototype.run = function (this: StatementSync, ...args: unknown[]) {
    const result = run.apply(this, args);
    if (transactions >= count && phase === 'change') die();
    return result;
  };
}

/** Answers "committed" at once and commits later, as a store that saves in the background would: a counter-example. */
export function commitLate(): void {
  const { exec } = DatabaseSync.prototype;
  let waiting = false;
  DatabaseSync.prototype.exec = function (this: DatabaseSync, source) {
    if (source === 'BEGIN IMMEDIATE' && this.isTransaction) return;
    if (source !== 'COMMIT') {
      exec.call(this, source);
      return;
    }
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      if (this.isTransaction) exec.call(this, source);
    }, 150);
  };
}
