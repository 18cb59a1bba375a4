/** A disk that refuses: the transaction aborts, the store stops, and nothing that was reported is lost. */
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { afterEach, describe, expect, test, vi } from 'vitest';

import { troubleOf } from '../../../../main/store/store-error';
import { get, keysOf, openDatabase, openSimple, put, settle } from './indexeddb';
import { openStore, type TestStore } from './open-store';
import { scratch } from './scratch';

const newFile = (): string => path.join(scratch(), 'store.sqlite');

afterEach(() => {
  vi.restoreAllMocks();
});

/** Runs in place of each COMMIT. */
function atCommit(act: (sql: DatabaseSync) => void): void {
  const { exec } = DatabaseSync.prototype;
  vi.spyOn(DatabaseSync.prototype, 'exec').mockImplementation(function (this: DatabaseSync, source) {
    if (source === 'COMMIT') act(this);
    exec.call(this, source);
  });
}

function failCommits(): void {
  atCommit(() => {
    throw new Error('disk I/O error');
  });
}

async function withOldRow(): Promise<{ file: string; store: TestStore; database: IDBDatabase }> {
  const file = newFile();
  const store = await openStore(file);
  const database = await openSimple(store.factory);
  await put(database, 'a', 'old');
  return { file, store, database };
}

describe('a failing write', () => {
  test('aborts its transaction, rolls memory back and is reported once', async () => {
    const { store, database } = await withOldRow();
    failCommits();
    const events: string[] = [];
    const transaction = database.transaction('s', 'readwrite');
    transaction.objectStore('s').put('new', 'a');
    transaction.objectStore('s').put('new', 'b');
    await new Promise((resolve) => {
      transaction.addEventListener('complete', ({ type }) => resolve(events.push(type)));
      transaction.addEventListener('abort', ({ type }) => resolve(events.push(type)));
    });
    expect(events).toEqual(['abort']);
    expect(transaction.error).toMatchObject({ name: 'UnknownError', message: 'disk I/O error' });
    expect(store.failures).toMatchObject([{ message: 'disk I/O error' }]);
    expect([await get(database, 'a'), await get(database, 'b')]).toEqual(['old', undefined]);
    await store.close();
  });

  test('is the last: nothing more is written until the file is opened again', async () => {
    const { file, store, database } = await withOldRow();
    failCommits();
    await expect(put(database, 'a', 'new')).rejects.toThrow('disk I/O error');
    vi.restoreAllMocks();
    await expect(put(database, 'c', 1)).rejects.toThrow('an earlier write failed');
    await expect(openSimple(store.factory, 'other')).rejects.toMatchObject({ name: 'AbortError' });
    database.close();
    await expect(settle(store.factory.deleteDatabase('db'))).rejects.toThrow('an earlier write failed');
    expect(store.failures).toHaveLength(1);
    await store.close();

    const again = await openStore(file);
    const reopened = await openSimple(again.factory);
    expect(await get(reopened, 'a')).toBe('old');
    await put(reopened, 'b', 'new');
    await again.close();
  });

  test('of an upgrade fails the opening', async () => {
    const { file, store, database } = await withOldRow();
    database.close();
    failCommits();
    const opening = openDatabase(store.factory, 'db', 2, (upgraded) => {
      upgraded.deleteObjectStore('s');
      upgraded.createObjectStore('t');
    });
    await expect(opening).rejects.toMatchObject({ name: 'AbortError' });
    vi.restoreAllMocks();
    await store.close();
    const again = await openStore(file);
    expect(await keysOf(await openSimple(again.factory))).toEqual(['a']);
    await again.close();
  });

  test('of a deletion fails the deletion, and the database stays', async () => {
    const { file, store, database } = await withOldRow();
    database.close();
    failCommits();
    await expect(settle(store.factory.deleteDatabase('db'))).rejects.toMatchObject({ message: 'disk I/O error' });
    vi.restoreAllMocks();
    await store.close();
    const again = await openStore(file);
    expect(await keysOf(await openSimple(again.factory))).toEqual(['a']);
    await settle(again.factory.deleteDatabase('none')); // nothing there is nothing failed
    await again.close();
  });

  test('of a full disk is told as such, by SQLite itself', async () => {
    const { file, store, database } = await withOldRow();
    const { exec } = DatabaseSync.prototype;
    vi.spyOn(DatabaseSync.prototype, 'exec').mockImplementation(function (this: DatabaseSync, source) {
      if (source === 'BEGIN IMMEDIATE') exec.call(this, 'PRAGMA max_page_count = 1'); // raised to what is there
      exec.call(this, source);
    });
    await expect(put(database, 'big', 'x'.repeat(100_000))).rejects.toThrow('full');
    vi.restoreAllMocks();
    expect(store.failures.map(troubleOf)).toEqual(['diskFull']);
    await store.close();
    const again = await openStore(file);
    expect(await keysOf(await openSimple(again.factory))).toEqual(['a']);
    await again.close();
  });
});

test('a value that cannot be kept aborts its own transaction and stops nothing', async () => {
  const { store, database } = await withOldRow();
  await expect(put(database, 'b', new Blob(['x']))).rejects.toMatchObject({ name: 'DataCloneError' });
  expect(store.failures).toEqual([]);
  expect(await get(database, 'b')).toBeUndefined();
  await put(database, 'b', 1);
  await store.close();
});
