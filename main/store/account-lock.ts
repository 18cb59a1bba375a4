/**
 * One process at a time has an account's files open. The lock is SQLite's own, held on an empty file beside them: it works
 * alike on every platform, and the system takes it back when the process ends, however that happens. The files themselves
 * are locked as well, but whoever is refused here has not even opened them.
 */
import { accessSync, constants, mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface AccountLock {
  readonly release: () => void;
}

/** A connection that nobody remembers is closed by the garbage collector, and its lock is gone. */
const held = new Set<DatabaseSync>();

/**
 * Makes the folder, readable by its owner only, if it is missing.
 * @throws an error that `troubleOf` can read: `locked` when this or another process holds the lock, `readOnly`.
 */
export function lockAccount(folder: string): AccountLock {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  const sql = new DatabaseSync(path.join(folder, 'store.lock'));
  try {
    // Never committed, and with its journal in memory: nothing is written, not even on a disk that is full.
    sql.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    sql.close();
    throw error;
  }
  held.add(sql);
  return {
    release: () => {
      if (held.delete(sql)) sql.close();
    },
  };
}
