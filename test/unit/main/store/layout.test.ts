/** Files of every layout that there ever was. */
import { copyFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { IndexedDBStore } from 'matrix-js-sdk';
import { afterEach, describe, expect, test, vi } from 'vitest';

import { silenceSdk } from '../../../../main/matrix/client';
import { type AccountStore, openAccountStore } from '../../../../main/store/account-store';

import { decrypt, identityOf, startMachine } from './olm-machine';
import { scratch } from './scratch';

const fixture = path.join(import.meta.dirname, '../../../fixtures/store/layout-1');

interface Expected {
  readonly key: string;
  readonly userId: string;
  readonly deviceId: string;
  readonly roomId: string;
  readonly identity: { readonly ed25519: string; readonly curve25519: string };
  readonly events: readonly object[];
  readonly syncToken: string;
}
const expected = JSON.parse(readFileSync(path.join(fixture, 'expected.json'), 'utf8')) as Expected;
const key = Buffer.from(expected.key, 'hex');

silenceSdk();
afterEach(() => {
  vi.restoreAllMocks();
});

function layoutOne(): string {
  const folder = scratch();
  for (const file of ['crypto.sqlite', 'sync.sqlite']) copyFileSync(path.join(fixture, file), path.join(folder, file));
  return folder;
}

async function open(folder: string): Promise<AccountStore> {
  const opened = await openAccountStore({ folder, key, onFatal: () => expect.unreachable() });
  if (!opened.ok) throw new Error(opened.reason);
  return opened.store;
}

function inFile<T>(file: string, look: (sql: DatabaseSync) => T): T {
  const sql = new DatabaseSync(file);
  try {
    return look(sql);
  } finally {
    sql.close();
  }
}

const versionOf = (file: string): unknown => inFile(file, (sql) => sql.prepare('PRAGMA user_version').get());

describe('a store of layout 1', () => {
  test('opens with its identity, its sessions and its sync, now and again', async () => {
    const folder = layoutOne();
    for (let start = 0; start < 2; start++) {
      const store = await open(folder);
      expect([store.cryptoWasEmpty, store.syncStartsOver]).toEqual([false, false]);
      const machine = await startMachine(store, expected.userId, expected.deviceId);
      expect(identityOf(machine)).toEqual(expected.identity);
      const plain = await Promise.all(expected.events.map((event) => decrypt(machine, expected.roomId, event)));
      expect(plain).toMatchObject([{ content: { body: 'hello' } }, { content: { body: 'hello to you' } }]);
      machine.close();
      const sync = new IndexedDBStore(store.sync);
      await sync.startup();
      expect(await sync.getSavedSyncToken()).toBe(expected.syncToken);
      await sync.destroy();
      await store.close();
    }
  });

  test('no longer tells when its rows came', async () => {
    const folder = layoutOne();
    const file = path.join(folder, 'crypto.sqlite');
    const times = inFile(file, (sql) => sql.prepare('SELECT DISTINCT ts FROM rows').all()).map(({ ts }) => {
      const bytes = Buffer.alloc(8);
      bytes.writeBigInt64BE(BigInt(Number(ts)));
      return bytes.subarray(2); // as SQLite stores a number of this size
    });
    const told = (): boolean => times.some((time) => readFileSync(file).includes(time));
    expect(told()).toBe(true);
    await (await open(folder)).close();
    expect(told()).toBe(false);
    expect(versionOf(file)).toEqual({ user_version: 2 });
  });

  test('stays as it was when the change of layout is cut short, and is changed the next time', async () => {
    const folder = layoutOne();
    const file = path.join(folder, 'crypto.sqlite');
    const { exec } = DatabaseSync.prototype;
    vi.spyOn(DatabaseSync.prototype, 'exec').mockImplementation(function (this: DatabaseSync, source) {
      if (source === 'COMMIT') throw Object.assign(new Error('disk I/O error'), { errcode: 778 });
      exec.call(this, source);
    });
    const refused = await openAccountStore({ folder, key, onFatal: () => expect.unreachable() });
    expect(refused).toMatchObject({ ok: false, reason: 'failed', file: 'crypto' });
    vi.restoreAllMocks();
    expect(versionOf(file)).toEqual({ user_version: 0 });
    await (await open(folder)).close();
    expect(versionOf(file)).toEqual({ user_version: 2 });
  });

  test('is not changed for a wrong key', async () => {
    const folder = layoutOne();
    const refused = await openAccountStore({ folder, key: Buffer.alloc(32), onFatal: () => expect.unreachable() });
    expect(refused).toMatchObject({ ok: false, reason: 'wrongKey', file: 'crypto' });
    expect(versionOf(path.join(folder, 'crypto.sqlite'))).toEqual({ user_version: 0 });
  });
});

test('a store of a later layout is refused, and opens once its number is one we know', async () => {
  const folder = layoutOne();
  const file = path.join(folder, 'crypto.sqlite');
  await (await open(folder)).close();
  inFile(file, (sql) => {
    sql.exec('PRAGMA user_version = 99');
  });
  const refused = await openAccountStore({ folder, key, onFatal: () => expect.unreachable() });
  expect(refused).toMatchObject({ ok: false, reason: 'newer', file: 'crypto' });
  inFile(file, (sql) => {
    sql.exec('PRAGMA user_version = 2');
  });
  await (await open(folder)).close();
});
