/** One file: what is written is what comes back, and what was reported is on the disk. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

import { IDBFactory as MemoryFactory } from 'fake-indexeddb';
import { describe, expect, test } from 'vitest';

import { type Dump, dump, finished, get, keysOf, openSimple, put, settle } from './indexeddb';
import { openStore, rowsOnDisk } from './open-store';
import { pickFrom, randomTraffic } from './random-traffic';
import { scratch } from './scratch';

const newFile = (): string => path.join(scratch(), 'store.sqlite');

describe('what was written comes back', () => {
  test('values as structured clone leaves them, under keys of every kind', async () => {
    const file = newFile();
    const store = await openStore(file);
    const database = await openSimple(store.factory);
    const value = { n: 2n ** 70n, map: new Map([['k', new Set([1])]]), bytes: new Uint8Array([1, 2]), none: undefined };
    const keys: IDBValidKey[] = [-1.5, new Date(5), 'ä\ud800', new Uint8Array([7]), [1, ['x']]];
    for (const key of keys) await put(database, key, value);
    await store.close();

    const again = await openStore(file);
    const reopened = await openSimple(again.factory);
    for (const key of keys) expect(await get(reopened, key)).toStrictEqual(value);
    expect(again.wasEmpty).toBe(false);
    await again.close();
  });

  test('random transactions, aborts and upgrades, against the same traffic in memory', async () => {
    const file = newFile();
    const memory = new MemoryFactory();
    let store = await openStore(file, { durability: 'NORMAL' });
    expect(store.wasEmpty).toBe(true);
    const seed = randomBytes(4).readUInt32BE();
    for (let round = 1; round <= 20; round++) {
      const title = `seed ${seed}, round ${round}`;
      await randomTraffic(memory, round, pickFrom(seed + round));
      await randomTraffic(store.factory, round, pickFrom(seed + round));
      const expected = await dump(memory);
      expect(await dump(store.factory), `${title}, live`).toStrictEqual(expected);
      await store.close();
      // Deleted stores and databases leave no rows behind.
      expect(rowsOnDisk(file), title).toHaveLength(countRecords(expected));
      store = await openStore(file, { durability: 'NORMAL' });
      expect(await dump(store.factory), `${title}, opened again`).toStrictEqual(expected);
    }
    await store.close();
  });

  test('thousands of rows are read without keeping everything else waiting', async () => {
    const file = newFile();
    const store = await openStore(file);
    const transaction = (await openSimple(store.factory)).transaction('s', 'readwrite');
    for (let n = 0; n < 2000; n++) transaction.objectStore('s').put({ n }, n);
    await finished(transaction);
    await store.close();

    let turns = 0;
    let waiting = true;
    const turn = (): void => {
      turns++;
      if (waiting) setImmediate(turn);
    };
    setImmediate(turn);
    const again = await openStore(file);
    waiting = false;
    expect(turns).toBeGreaterThan(5);
    expect(await keysOf(await openSimple(again.factory))).toHaveLength(2000);
    await again.close();
  });
});

function countRecords(dumped: Dump): number {
  const stores = Object.values(dumped).flatMap((database) => Object.values(database.stores));
  return stores.reduce((sum, { keys }) => sum + keys.length, 0);
}

describe('on the disk', () => {
  test('a row is there before `complete`, and not before the commit', async () => {
    const file = newFile();
    const store = await openStore(file);
    const transaction = (await openSimple(store.factory)).transaction('s', 'readwrite');
    const counts: Record<string, number> = {};
    transaction.objectStore('s').put(1, 'a').onsuccess = () => (counts.success = rowsOnDisk(file).length);
    transaction.addEventListener('complete', () => (counts.complete = rowsOnDisk(file).length));
    await finished(transaction);
    expect(counts).toEqual({ success: 0, complete: 1 });
    await store.close();
  });

  test('one key has one row, however V8 happens to hold it', async () => {
    const file = newFile();
    const store = await openStore(file);
    const database = await openSimple(store.factory);
    await put(database, '\u4f60@alice:example.org'.slice(1), 'old');
    await put(database, '@alice:example.org', 'new');
    expect(rowsOnDisk(file)).toHaveLength(1);
    await store.close();
  });

  test('neither keys nor values nor names can be read; nobody else may open the files', async () => {
    const secret = '@alice:example.org';
    const file = newFile();
    const store = await openStore(file);
    await put(await openSimple(store.factory, `for ${secret}`), secret, { secret });
    for (const name of [file, `${file}-wal`]) {
      expect(statSync(name).mode & 0o777).toBe(0o600);
      const bytes = readFileSync(name);
      expect(bytes.includes(secret) || bytes.includes(Buffer.from(secret, 'utf16le'))).toBe(false);
    }
    await store.close();
    expect(existsSync(`${file}-wal`)).toBe(false);
    expect(readFileSync(file).includes(secret)).toBe(false);
  });
});

describe('closing', () => {
  test('waits for running transactions; later ones abort', async () => {
    const file = newFile();
    const store = await openStore(file);
    const database = await openSimple(store.factory);
    const writes = [1, 2, 3].map((n) => put(database, n, n));
    await store.close();
    await Promise.all(writes);
    await expect(put(database, 4, 4)).rejects.toThrow('the store is closed');
    database.close();
    await expect(settle(store.factory.deleteDatabase('db'))).rejects.toThrow('the store is closed');
    await store.close();
    expect(store.failures).toEqual([]);

    const again = await openStore(file);
    expect(await keysOf(await openSimple(again.factory))).toEqual([1, 2, 3]);
    await again.close();
  });
});
