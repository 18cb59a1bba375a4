/**
 * How a store lies in its SQLite file, and how a file of an earlier layout becomes one of today's. The number of the
 * layout is the file's `user_version`. A new layout: raise `LAYOUT`, change `CREATE`, add the step to `STEPS`, keep a file
 * of the old one under test/fixtures/store.
 *
 * - 1: its number still 0; `databases` and `rows` told in a column `ts` when each row first came.
 * - 2: that column is gone: read without the key, it was a record of when this person talked to whom.
 */
import type { DatabaseSync } from 'node:sqlite';

import { StoreError } from './store-error';

const LAYOUT = 2;

const DATABASES = 'CREATE TABLE databases (id INTEGER PRIMARY KEY, meta BLOB NOT NULL) STRICT;';
const ROWS = `CREATE TABLE rows (
    store INTEGER NOT NULL, key BLOB NOT NULL, value BLOB NOT NULL,
    PRIMARY KEY (store, key)
  ) STRICT;`;
const CREATE = `CREATE TABLE header (magic BLOB NOT NULL) STRICT; ${DATABASES} ${ROWS}`;

/** Layout → what leads to the next one. */
const STEPS: Readonly<Record<number, string>> = {
  // By new tables, for with secure_delete a dropped one is overwritten, and a dropped column is not.
  1: `
    PRAGMA secure_delete = ON;
    ALTER TABLE databases RENAME TO databases_1;
    ALTER TABLE rows RENAME TO rows_1;
    ${DATABASES} ${ROWS}
    INSERT INTO databases SELECT id, meta FROM databases_1;
    INSERT INTO rows SELECT store, key, value FROM rows_1 ORDER BY store, key;
    DROP TABLE databases_1;
    DROP TABLE rows_1;
    PRAGMA secure_delete = OFF;`,
};

/**
 * @returns the layout of the file; 0 when nothing has been laid out yet.
 * @throws StoreError `newer` or `damaged` when this program cannot read it.
 */
export function layoutOf(sql: DatabaseSync): number {
  const version = Number(sql.prepare('PRAGMA user_version').get()?.user_version);
  if (version > LAYOUT) throw new StoreError('newer');
  if (version > 0) return version;
  const tables = sql.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all();
  if (tables.length === 0) return 0;
  if (!tables.some(({ name }) => name === 'header')) throw new StoreError('damaged');
  return 1;
}

/** Within a transaction of the caller's: a crash leaves the old layout or the new one. */
export function layOut(sql: DatabaseSync, from: number): void {
  if (from === LAYOUT) return;
  if (from === 0) sql.exec(CREATE);
  else for (let layout = from; layout < LAYOUT; layout++) sql.exec(STEPS[layout] ?? '');
  sql.exec(`PRAGMA user_version = ${LAYOUT}`);
}
