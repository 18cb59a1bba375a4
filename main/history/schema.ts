/**
 * How the list of calls lies in its SQLite file. The number of the layout is the file's `user_version`. A new layout:
 * raise `LAYOUT`, change `CREATE`, add to `STEPS` what leads there from the one before.
 *
 * - 1: the first.
 */
import type { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../store/store-error';

const LAYOUT = 1;

/** `outcome` is null while the call lives. `deleted` knows calls that must not come back by digest alone. */
const CREATE = `
  CREATE TABLE calls (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account TEXT NOT NULL, room TEXT NOT NULL, call TEXT NOT NULL,
    peer TEXT NOT NULL, peer_name TEXT NOT NULL, direction TEXT NOT NULL, kind TEXT,
    started INTEGER NOT NULL, answered INTEGER, connected INTEGER, ended INTEGER,
    outcome TEXT, cause TEXT, missed INTEGER NOT NULL, seen INTEGER NOT NULL,
    UNIQUE (account, room, call)
  ) STRICT;
  CREATE INDEX calls_by_time ON calls (started DESC, id DESC);
  CREATE INDEX calls_by_peer ON calls (account, peer, started DESC, id DESC);
  CREATE INDEX calls_missed ON calls (started DESC, id DESC) WHERE missed = 1;
  CREATE TABLE deleted (digest BLOB PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;`;

/** Layout → what leads to the next one. */
const STEPS: Readonly<Record<number, string>> = {};

/**
 * Leaves the file in today's layout, or as it was.
 * @throws StoreError `damaged` or `newer` when this program cannot read it, or what SQLite throws.
 */
export function prepareSchema(sql: DatabaseSync): void {
  if (sql.prepare('PRAGMA quick_check(1)').get()?.quick_check !== 'ok') throw new StoreError('damaged');
  const layout = Number(sql.prepare('PRAGMA user_version').get()?.user_version);
  if (layout === LAYOUT) return;
  if (layout > LAYOUT) throw new StoreError('newer');
  const tables = sql.prepare(`SELECT count(*) AS count FROM sqlite_schema`).get()?.count;
  if (layout === 0 && tables !== 0) throw new StoreError('damaged');
  sql.exec('BEGIN IMMEDIATE');
  if (layout === 0) sql.exec(CREATE);
  else for (let at = layout; at < LAYOUT; at++) sql.exec(STEPS[at] ?? '');
  sql.exec(`PRAGMA user_version = ${LAYOUT}; COMMIT`);
}
