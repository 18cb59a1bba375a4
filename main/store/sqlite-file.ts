/**
 * One SQLite file that holds the databases and rows of an IndexedDB, sealed. It knows nothing of IndexedDB: ids, keys and
 * values are bytes.
 *
 * The file is locked from its opening to its closing. Nobody else in this process may open, read or copy it meanwhile:
 * closing any descriptor of a file drops every POSIX lock that the process holds on it.
 */
import { accessSync, closeSync, constants, existsSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

import { layOut, layoutOf } from './layout';
import { SealBroken, type Sealing } from './sealing';
import { StoreError, troubleOf } from './store-error';

/**
 * FULL: what was committed survives a power cut. NORMAL: it survives a crash of the process, but a power cut may take back
 * the last commits, each as a whole.
 */
export type Durability = 'FULL' | 'NORMAL';

export interface SqliteFileOptions {
  /** Made, with mode 0600, if missing; its `-wal` lies beside it while it is open. */
  readonly path: string;
  readonly durability: Durability;
  readonly sealing: Sealing;
}

/** A change. `key` is in its canonical encoding. */
export type Step =
  | { readonly do: 'putDatabase'; readonly id: number; readonly meta: Buffer }
  | { readonly do: 'dropDatabase'; readonly id: number }
  | { readonly do: 'dropStore'; readonly store: number }
  | { readonly do: 'putRow'; readonly store: number; readonly key: Buffer; readonly value: Buffer }
  | { readonly do: 'dropRow'; readonly store: number; readonly key: Buffer };

export interface SqliteFile {
  /** @throws StoreError `damaged`; so does `rows`. */
  readonly databases: () => Iterable<{ readonly id: number; readonly meta: Buffer }>;
  readonly rows: () => Iterable<{ readonly store: number; readonly value: Buffer }>;
  /** All of them, durably, or none. @throws what SQLite throws. */
  readonly write: (steps: readonly Step[]) => void;
  readonly close: () => void;
}

/** @throws StoreError, or an error that `troubleOf` can read; the file is then as it was. */
export function openSqliteFile(options: SqliteFileOptions): SqliteFile {
  createPrivate(options.path);
  const sql = new DatabaseSync(options.path);
  try {
    prepareFile(sql, options);
    return sealedFile(sql, options.sealing);
  } catch (error) {
    sql.close();
    throw error;
  }
}

/** With its mode from the first moment on; SQLite gives the same one to the `-wal`. One that is there is not opened (above). */
function createPrivate(file: string): void {
  if (existsSync(file)) {
    accessSync(file, constants.R_OK | constants.W_OK); // else SQLite would open it for reading, and say so much later
    return;
  }
  // A new file beside an old `-wal` would become part of the old one.
  if (existsSync(`${file}-wal`)) throw new StoreError('damaged');
  closeSync(openSync(file, 'wx', 0o600));
}

function prepareFile(sql: DatabaseSync, { durability, sealing }: SqliteFileOptions): void {
  // Before the first access, so that the lock is held from there on and WAL needs no shared memory.
  sql.exec('PRAGMA locking_mode = EXCLUSIVE');
  const layout = layoutOf(sql);
  if (layout > 0) checkKey(sql, sealing);
  // Nothing has been changed so far.
  sql.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${durability}`);
  // macOS: a plain fsync may stop at the disk's own cache.
  if (durability === 'FULL') sql.exec('PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON');
  sql.exec('BEGIN EXCLUSIVE');
  layOut(sql, layout);
  if (layout === 0) sql.prepare('INSERT INTO header VALUES (?)').run(sealing.seal(MAGIC, 'header'));
  sql.exec('COMMIT');
}

/** Sealed in the header, it tells a wrong key from a damaged row. */
const MAGIC = Buffer.from('persistent-indexeddb 1');

function checkKey(sql: DatabaseSync, sealing: Sealing): void {
  const header = sql.prepare('SELECT magic FROM header').get();
  if (!(header?.magic instanceof Uint8Array)) throw new StoreError('damaged');
  try {
    sealing.open(header.magic, 'header');
  } catch (cause) {
    throw new StoreError('wrongKey', { cause });
  }
}

function sealedFile(sql: DatabaseSync, sealing: Sealing): SqliteFile {
  const statements = {
    putDatabase: sql.prepare('INSERT INTO databases VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET meta = excluded.meta'),
    dropDatabase: sql.prepare('DELETE FROM databases WHERE id = ?'),
    dropStore: sql.prepare('DELETE FROM rows WHERE store = ?'),
    putRow: sql.prepare(
      'INSERT INTO rows VALUES (?, ?, ?) ON CONFLICT (store, key) DO UPDATE SET value = excluded.value',
    ),
    dropRow: sql.prepare('DELETE FROM rows WHERE store = ? AND key = ?'),
  };

  const take = (step: Step): void => {
    switch (step.do) {
      case 'putDatabase':
        statements.putDatabase.run(step.id, sealing.seal(step.meta, { database: step.id }));
        return;
      case 'dropDatabase':
        statements.dropDatabase.run(step.id);
        return;
      case 'dropStore':
        statements.dropStore.run(step.store);
        return;
      case 'putRow': {
        const { store } = step;
        const key = sealing.hideKey(store, step.key);
        statements.putRow.run(store, key, sealing.seal(step.value, { store, key }));
        return;
      }
      case 'dropRow':
        statements.dropRow.run(step.store, sealing.hideKey(step.store, step.key));
    }
  };

  const read = function* <T>(query: string, shape: (row: Record<string, unknown>) => T): Iterable<T> {
    try {
      for (const row of sql.prepare(query).iterate()) yield shape(row);
    } catch (cause) {
      const damaged = cause instanceof SealBroken || troubleOf(cause) === 'damaged';
      throw damaged ? new StoreError('damaged', { cause }) : cause;
    }
  };

  return {
    databases: () =>
      read('SELECT id, meta FROM databases', (row) => {
        const { id, meta } = row as { id: number; meta: Uint8Array };
        return { id, meta: sealing.open(meta, { database: id }) };
      }),
    rows: () =>
      read('SELECT store, key, value FROM rows', (row) => {
        const { store, key, value } = row as { store: number; key: Uint8Array; value: Uint8Array };
        return { store, value: sealing.open(value, { store, key }) };
      }),
    write: (steps) => {
      sql.exec('BEGIN IMMEDIATE');
      try {
        for (const step of steps) take(step);
        sql.exec('COMMIT');
      } catch (error) {
        rollBack(sql);
        throw error;
      }
    },
    close: () => {
      sql.close();
    },
  };
}

function rollBack(sql: DatabaseSync): void {
  try {
    if (sql.isTransaction) sql.exec('ROLLBACK');
  } catch {
    // SQLite recovers the file at its next opening.
  }
}
