/** A client of matrix-js-sdk on an account store, wired as the program wires it. Its homeserver knows nothing. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { createClient, IndexedDBStore, type MatrixClient } from 'matrix-js-sdk';
import { expect, test } from 'vitest';

import { silenceSdk } from '../../../../main/matrix/client';
import { type AccountStore, openAccountStore } from '../../../../main/store/account-store';
import { scratch } from './scratch';

const userId = '@alice:example.org';
const roomId = '!room:example.org';
const key = Buffer.alloc(32, 'sdk');
const notFound = { errcode: 'M_NOT_FOUND', error: 'no server' };

silenceSdk();

interface Phone {
  readonly client: MatrixClient;
  readonly syncStore: IndexedDBStore;
  readonly store: AccountStore;
}

async function start(folder: string): Promise<Phone> {
  const opened = await openAccountStore({ folder, key, onFatal: () => expect.unreachable() });
  if (!opened.ok) throw new Error(opened.reason);
  const { store } = opened;
  const syncStore = new IndexedDBStore(store.sync);
  const client = createClient({
    baseUrl: 'http://localhost:1',
    userId,
    deviceId: 'PHONE',
    accessToken: 'token',
    store: syncStore,
    fetchFn: () => Promise.resolve(Response.json(notFound, { status: 404 })),
  });
  await syncStore.startup();
  await client.initRustCrypto(store.crypto);
  await client.getCrypto()?.checkKeyBackupAndEnable();
  return { client, syncStore, store };
}

async function stop({ client, syncStore, store }: Phone): Promise<void> {
  client.stopClient();
  await syncStore.destroy();
  await store.close();
}

const syncData = {
  next_batch: 's1',
  rooms: { join: { [roomId]: { timeline: { events: [{ type: 'm.x', sender: userId, content: {} }] } } } },
  account_data: { events: [{ type: 'm.direct', content: { [userId]: [roomId] } }] },
};

/** The files in which one of our names can be read. */
function readable(folder: string): string[] {
  return readdirSync(folder).filter((name) => {
    const bytes = readFileSync(path.join(folder, name));
    return [userId, roomId].some((text) => bytes.includes(text) || bytes.includes(Buffer.from(text, 'utf16le')));
  });
}

test('a client comes back with its device and its sync, and no name can be read in its files', async () => {
  const folder = scratch();
  const first = await start(folder);
  const keys = await first.client.getCrypto()?.getOwnDeviceKeys();
  await first.syncStore.setSyncData(syncData as unknown as Parameters<IndexedDBStore['setSyncData']>[0]);
  await first.syncStore.save(true);
  await stop(first);
  expect(readable(folder)).toEqual([]);

  const again = await start(folder);
  expect(await again.client.getCrypto()?.getOwnDeviceKeys()).toEqual(keys);
  expect(await again.syncStore.getSavedSyncToken()).toBe('s1');
  await stop(again);
});

test('clearStores() leaves nothing in the files', async () => {
  const folder = scratch();
  const { client, store } = await start(folder);
  client.stopClient();
  await client.clearStores({ cryptoDatabasePrefix: store.crypto.cryptoDatabasePrefix });
  expect(store.failure()).toBeNull(); // it only logs a deletion that failed
  await store.close();
  for (const file of ['crypto.sqlite', 'sync.sqlite']) {
    const sql = new DatabaseSync(path.join(folder, file));
    const counts = sql
      .prepare('SELECT (SELECT count(*) FROM databases) AS databases, count(*) AS rows FROM rows')
      .get();
    sql.close();
    expect(counts).toEqual({ databases: 0, rows: 0 });
  }
});
