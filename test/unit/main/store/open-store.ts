/** Opens one file as the account store does, and looks into it from outside. */
import { copyFileSync, existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

import { expect } from 'vitest';

import { openPersistentIndexedDb, type PersistentIndexedDb } from '../../../../main/store/persistent-indexeddb';
import { makeSealing } from '../../../../main/store/sealing';
import type { Durability } from '../../../../main/store/sqlite-file';

const KEY = Buffer.alloc(32, 'a key for tests');

export interface TestStore extends PersistentIndexedDb {
  readonly factory: IDBFactory;
  /** What was reported as a failed write. */
  readonly failures: unknown[];
}

export async function openStore(
  path: string,
  { key = KEY, durability = 'FULL' }: { key?: Uint8Array; durability?: Durability } = {},
): Promise<TestStore> {
  const failures: unknown[] = [];
  const store = await openPersistentIndexedDb({
    path,
    durability,
    sealing: makeSealing(key),
    assertWritable: () => {
      if (failures.length > 0) throw new Error('an earlier write failed');
    },
    onFailure: (cause) => failures.push(cause),
  });
  return { ...store, failures };
}

let copies = 0;

/**
 * The committed rows, read through another connection from a copy: the file itself is locked. A byte copy is whole at any
 * moment at which this process is not within a write.
 */
export function rowsOnDisk(path: string): Record<string, unknown>[] {
  const copy = `${path}.copy-${++copies}`;
  for (const suffix of ['', '-wal']) if (existsSync(path + suffix)) copyFileSync(path + suffix, copy + suffix);
  const sql = new DatabaseSync(copy);
  try {
    expect(sql.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
    return sql.prepare('SELECT * FROM rows ORDER BY rowid').all();
  } finally {
    sql.close();
  }
}
