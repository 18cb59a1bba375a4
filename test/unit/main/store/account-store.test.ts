/** The store of an account: its lock, its two files, and every way in which it cannot be opened. */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { afterEach, describe, expect, test, vi } from 'vitest';

import {
  type AccountStore,
  openAccountStore,
  removeAccountStore,
  setAccountStoreAside,
  type WriteFailure,
} from '../../../../main/store/account-store';
import { dump, get, keysOf, openSimple, put, settle } from './indexeddb';
import { identityOf, startMachine } from './olm-machine';
import { scratch } from './scratch';

const key = Buffer.alloc(32, 'account');
const noFailure = (failure: WriteFailure): void => expect.unreachable(failure.reason);
const newFolder = (): string => path.join(scratch(), 'accounts/one');

afterEach(() => {
  vi.restoreAllMocks();
});

async function open(folder: string, onFatal = noFailure): Promise<AccountStore> {
  const opened = await openAccountStore({ folder, key, onFatal });
  if (!opened.ok) throw new Error(`${opened.reason} ${opened.file}`);
  return opened.store;
}

const openCrypto = ({ crypto }: AccountStore): Promise<IDBDatabase> =>
  openSimple(indexedDB, `${crypto.cryptoDatabasePrefix}::db`);
const openSync = ({ sync }: AccountStore): Promise<IDBDatabase> => openSimple(sync.indexedDB, sync.dbName);

/** A folder with a closed store that has a row in each file. */
async function usedFolder(): Promise<string> {
  const folder = newFolder();
  const store = await open(folder);
  await put(await openCrypto(store), 'key', 'a key');
  await put(await openSync(store), 'position', 1);
  await store.close();
  return folder;
}

/** What stands in the files of both. */
async function contents(store: AccountStore): Promise<unknown> {
  return { crypto: await get(await openCrypto(store), 'key'), sync: await get(await openSync(store), 'position') };
}

describe('an account', () => {
  test('keeps its two databases from one start to the next', async () => {
    const folder = newFolder();
    const first = await open(folder);
    expect([first.cryptoWasEmpty, first.syncStartsOver]).toEqual([true, false]);
    await first.close();
    const store = await open(await usedFolder());
    expect(await contents(store)).toEqual({ crypto: 'a key', sync: 1 });
    expect([store.cryptoWasEmpty, store.syncStartsOver, store.failure()]).toEqual([false, false, null]);
    await store.close();
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  test('shares the process with others: one name leads each crypto module to its own file', async () => {
    const folders = [newFolder(), newFolder()];
    const start = async () => {
      const stores = await Promise.all(folders.map((folder) => open(folder)));
      const machines = await Promise.all(
        stores.map((store, n) => startMachine(store, `@user${n}:example.org`, 'PHONE')),
      );
      const identities = machines.map(identityOf);
      const names = (await indexedDB.databases()).map(({ name }) => name);
      for (const { crypto } of stores) expect(names).toContain(`${crypto.cryptoDatabasePrefix}::matrix-sdk-crypto`);
      for (const machine of machines) machine.close();
      for (const store of stores) await store.close();
      return identities;
    };
    const identities = await start();
    expect(identities[0]).not.toEqual(identities[1]);
    expect(await start()).toEqual(identities);
  });

  test('is open once: the second opener is refused before it opens a database', async () => {
    const folder = await usedFolder();
    const store = await open(folder);
    const opened: string[] = [];
    const { exec } = DatabaseSync.prototype;
    vi.spyOn(DatabaseSync.prototype, 'exec').mockImplementation(function (this: DatabaseSync, source) {
      opened.push(String(this.location()));
      exec.call(this, source);
    });
    const refused = { ok: false, reason: 'locked', file: null };
    expect(await openAccountStore({ folder, key, onFatal: noFailure })).toMatchObject(refused);
    expect(await setAccountStoreAside(folder)).toMatchObject(refused);
    expect(await removeAccountStore(folder)).toMatchObject(refused);
    expect(new Set(opened.map((file) => path.basename(file)))).toEqual(new Set(['store.lock']));
    vi.restoreAllMocks();
    expect(await contents(store)).toEqual({ crypto: 'a key', sync: 1 });
    await store.close();
    await (await open(folder)).close();
  });

  test('that is closed is reached by nobody: not even by the name that it had', async () => {
    const folder = await usedFolder();
    const old = await open(folder);
    const database = await openCrypto(old);
    await Promise.all([old.close(), old.close()]);
    const again = await open(folder);
    expect(() => openCrypto(old)).toThrow(expect.objectContaining({ name: 'InvalidStateError' }));
    expect(() => indexedDB.open('another')).toThrow('no store is open for this database');
    expect(() => indexedDB.deleteDatabase('another')).toThrow('no store is open for this database');
    await expect(put(database, 'key', 'late')).rejects.toThrow('the store is closed');
    expect(await contents(again)).toEqual({ crypto: 'a key', sync: 1 });
    await again.close();
  });

  test('takes keys of 32 bytes only', async () => {
    const opening = openAccountStore({ folder: newFolder(), key: Buffer.alloc(16), onFatal: noFailure });
    await expect(opening).rejects.toThrow(TypeError);
  });
});

describe('a failed write', () => {
  test.each(['crypto', 'sync'] as const)('in %s stops both files and is told once', async (file) => {
    const folder = await usedFolder();
    const fatal: WriteFailure[] = [];
    const store = await open(folder, (failure) => fatal.push(failure));
    const databases = { crypto: await openCrypto(store), sync: await openSync(store) };
    const { exec } = DatabaseSync.prototype;
    vi.spyOn(DatabaseSync.prototype, 'exec').mockImplementation(function (this: DatabaseSync, source) {
      if (source === 'COMMIT') throw Object.assign(new Error('database or disk is full'), { errcode: 13 });
      exec.call(this, source);
    });
    await expect(put(databases[file], 'late', 1)).rejects.toThrow('full');
    vi.restoreAllMocks();
    expect(fatal).toMatchObject([{ file, reason: 'diskFull' }]);
    expect(store.failure()).toBe(fatal[0]);
    await expect(put(databases.crypto, 'later', 1)).rejects.toThrow('store: diskFull');
    await expect(put(databases.sync, 'later', 1)).rejects.toThrow('store: diskFull');
    await store.close();
    expect(fatal).toHaveLength(1);

    const again = await open(folder);
    expect(await keysOf(await openCrypto(again))).toEqual(['key']);
    expect(await keysOf(await openSync(again))).toEqual(['position']);
    await put(await openCrypto(again), 'late', 1);
    await again.close();
  });
});

type Harm = (file: string) => void;

/** Ways to damage a file, from crude to fine. */
const damages: readonly (readonly [string, Harm])[] = [
  ['is no database', (file) => writeFileSync(file, 'Not a database at all. '.repeat(400))],
  ['is of another program', (file) => sqlite(file, 'DROP TABLE header; PRAGMA user_version = 0')],
  ['has lost its pages', (file) => overwrite(file, 4096, Buffer.alloc(statSync(file).size - 4096, 7))],
  ['has lost its header row', (file) => sqlite(file, 'DELETE FROM header')],
  ['has a row that was changed', (file) => sqlite(file, `UPDATE rows SET value = randomblob(length(value))`)],
  ['has a row in another place', (file) => sqlite(file, 'UPDATE rows SET store = store + 1')],
  ['has rows of no store', (file) => sqlite(file, 'DELETE FROM databases')],
  ['has a schema that was changed', (file) => sqlite(file, 'UPDATE databases SET meta = randomblob(length(meta))')],
];

function sqlite(file: string, source: string): void {
  const sql = new DatabaseSync(file);
  sql.exec(source);
  sql.close();
}

function overwrite(file: string, from: number, bytes: Buffer): void {
  const all = readFileSync(file);
  bytes.copy(all, from);
  writeFileSync(file, all);
}

describe('a crypto file that', () => {
  test.each(damages)('%s is refused as damaged, left alone, and set aside when asked', async (_how, harm) => {
    const folder = await usedFolder();
    const file = path.join(folder, 'crypto.sqlite');
    harm(file);
    const damaged = readFileSync(file);
    for (let attempt = 0; attempt < 2; attempt++) {
      const refused = await openAccountStore({ folder, key, onFatal: noFailure });
      expect(refused).toMatchObject({ ok: false, reason: 'damaged', file: 'crypto' });
    }
    expect(readFileSync(file).equals(damaged)).toBe(true);

    expect(await setAccountStoreAside(folder)).toMatchObject({ ok: true });
    expect(readFileSync(`${file}.aside-1`).equals(damaged)).toBe(true);
    const store = await open(folder);
    expect([store.cryptoWasEmpty, store.syncStartsOver]).toEqual([true, false]);
    await store.close();
  });

  test('is sealed with another key is refused, and opens with its own', async () => {
    const folder = await usedFolder();
    const refused = await openAccountStore({ folder, key: Buffer.alloc(32, 2), onFatal: noFailure });
    expect(refused).toMatchObject({ ok: false, reason: 'wrongKey', file: 'crypto' });
    const store = await open(folder);
    expect(await contents(store)).toEqual({ crypto: 'a key', sync: 1 });
    await store.close();
  });

  test('is gone but for its log is damaged: a new one must not inherit the log', async () => {
    const folder = newFolder();
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'crypto.sqlite-wal'), 'x');
    const refused = await openAccountStore({ folder, key, onFatal: noFailure });
    expect(refused).toMatchObject({ ok: false, reason: 'damaged', file: 'crypto' });
    await setAccountStoreAside(folder);
    await (await open(folder)).close();
    expect(existsSync(path.join(folder, 'crypto.sqlite.aside-1-wal'))).toBe(true);
  });

  test('is gone takes the sync position with it', async () => {
    const folder = await usedFolder();
    rmSync(path.join(folder, 'crypto.sqlite'));
    const store = await open(folder);
    expect([store.cryptoWasEmpty, store.syncStartsOver]).toEqual([true, true]);
    expect(await dump(store.sync.indexedDB)).toEqual({});
    await store.close();
    expect(existsSync(path.join(folder, 'sync.sqlite.aside-1'))).toBe(true);
  });
});

describe('a sync file that', () => {
  test.each(damages)('%s is set aside, and everything is fetched again', async (_how, harm) => {
    const folder = await usedFolder();
    const file = path.join(folder, 'sync.sqlite');
    harm(file);
    const damaged = readFileSync(file);
    const store = await open(folder);
    expect([store.cryptoWasEmpty, store.syncStartsOver]).toEqual([false, true]);
    expect(await contents(store)).toEqual({ crypto: 'a key', sync: undefined });
    await store.close();
    expect(readFileSync(`${file}.aside-1`).equals(damaged)).toBe(true);
  });

  test('was set aside once does not hide the next one', async () => {
    const folder = await usedFolder();
    const file = path.join(folder, 'sync.sqlite');
    for (const text of ['first', 'second']) {
      writeFileSync(file, text.repeat(1000));
      await (await open(folder)).close();
    }
    expect(readFileSync(`${file}.aside-1`, 'utf8')).toMatch(/^first/);
    expect(readFileSync(`${file}.aside-2`, 'utf8')).toMatch(/^second/);
  });
});

describe('the folder', () => {
  test('that is a file is refused', async () => {
    const file = path.join(scratch(), 'file');
    writeFileSync(file, '');
    const refused = await openAccountStore({ folder: file, key, onFatal: noFailure });
    expect(refused).toMatchObject({ ok: false, reason: 'failed', file: null });
  });

  test('of an account that signs out is emptied, but for what was set aside', async () => {
    const folder = await usedFolder();
    copyFileSync(path.join(folder, 'crypto.sqlite'), path.join(folder, 'crypto.sqlite.aside-1'));
    expect(await removeAccountStore(folder)).toMatchObject({ ok: true });
    expect(readdirSync(folder).sort()).toEqual(['crypto.sqlite.aside-1', 'store.lock']);
    const store = await open(folder);
    expect(store.cryptoWasEmpty).toBe(true);
    await settle(indexedDB.deleteDatabase(`${store.crypto.cryptoDatabasePrefix}::db`));
    await store.close();
  });
});
