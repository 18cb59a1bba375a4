/**
 * Opens the list of calls, whatever lies on the disk: a file that cannot be read is kept under another name and a new
 * one begun; where nothing can be written, the list lives in memory until the program ends.
 */
import { closeSync, existsSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { HistoryPage } from '../../preload/contract/history';
import type { Log } from '../log';
import { setAside } from '../store/account-files';
import { StoreError, troubleOf } from '../store/store-error';
import { prepareSchema } from './schema';

export interface Opened<T> {
  readonly content: T;
  readonly trouble: HistoryPage['trouble'];
}

export interface FileEnv<T> {
  /** Made with mode 0600 if missing; its `-wal` lies beside it. */
  readonly file: string;
  /** What is done with the database. Throws when its tables are not what they should be. */
  readonly use: (sql: DatabaseSync) => T;
  readonly log: Log;
}

export function openHistoryFile<T>(env: FileEnv<T>): Opened<T> {
  try {
    return { content: openFile(env), trouble: null };
  } catch (error) {
    env.log.failure('history: cannot be read', error);
    return isUnreadable(error) ? beginAnew(env) : inMemory(env);
  }
}

/** Keeps a file that cannot be read under another name. Nobody may have it open. */
export function beginAnew<T>(env: FileEnv<T>): Opened<T> {
  try {
    setAside(env.file);
    const content = openFile(env);
    env.log.warn('history: set aside, a new one begun');
    return { content, trouble: 'setAside' };
  } catch (error) {
    env.log.failure('history: cannot be kept on disk', error);
    return inMemory(env);
  }
}

/** https://www.sqlite.org/rescode.html: SQLITE_ERROR, which for statements of ours says that a table is not as it was. */
const FAILED_STATEMENT = 1;

/** What waiting, or more room on the disk, would not mend. */
export function isUnreadable(error: unknown): boolean {
  const trouble = troubleOf(error);
  const { errcode } = error as { errcode?: number };
  return trouble === 'damaged' || trouble === 'newer' || errcode === FAILED_STATEMENT;
}

function openFile<T>({ file, use }: FileEnv<T>): T {
  if (!existsSync(file)) {
    // A new file beside an old `-wal` would become part of the old one.
    if (existsSync(`${file}-wal`)) throw new StoreError('damaged');
    // With its mode from the first moment on; SQLite gives the same one to the `-wal`.
    closeSync(openSync(file, 'wx', 0o600));
  }
  return prepared(new DatabaseSync(file), use);
}

function inMemory<T>({ use }: FileEnv<T>): Opened<T> {
  return { content: prepared(new DatabaseSync(':memory:'), use), trouble: 'notKept' };
}

function prepared<T>(sql: DatabaseSync, use: (sql: DatabaseSync) => T): T {
  try {
    // One program per profile, so WAL needs no shared memory. A deleted call leaves no trace in the file.
    sql.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA secure_delete = ON');
    prepareSchema(sql);
    const content = use(sql);
    // Only now, so that a file that is not ours stays as it was.
    sql.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    return content;
  } catch (error) {
    sql.close();
    throw error;
  }
}
