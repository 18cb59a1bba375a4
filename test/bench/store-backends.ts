/** The account store, and plain fake-indexeddb in its place: it keeps everything in memory and nothing for long. */
import * as fake from 'fake-indexeddb';

import { openAccountStore } from '../../main/store/account-store.ts';
import { settle } from '../unit/main/store/indexeddb.ts';

export interface Backend {
  /** On the global `indexedDB`. */
  readonly crypto: { readonly cryptoDatabasePrefix: string; readonly storageKey: Uint8Array };
  readonly sync: { readonly indexedDB: IDBFactory; readonly dbName: string };
  readonly close: () => Promise<void>;
}

export async function openStore(folder: string): Promise<Backend> {
  const opened = await openAccountStore({
    folder,
    key: Buffer.alloc(32, 'bench'),
    onFatal: ({ cause }) => fail(cause),
  });
  if (!opened.ok) throw new Error(opened.reason);
  return opened.store;
}

function fail(cause: unknown): never {
  throw cause;
}

export function openMemory(storageKey: Uint8Array = Buffer.alloc(32, 'bench')): Backend {
  const crypto = new fake.IDBFactory();
  for (const [name, value] of Object.entries({ ...fake, indexedDB: crypto })) {
    if (/^IDB|^indexedDB$/.test(name)) Object.defineProperty(globalThis, name, { value, configurable: true });
  }
  return {
    crypto: { cryptoDatabasePrefix: 'account', storageKey },
    sync: { indexedDB: new fake.IDBFactory(), dbName: 'account' },
    close: () => Promise.resolve(),
  };
}

/** What is in a store, in memory. */
export async function copyToMemory(folder: string): Promise<Backend> {
  const store = await openStore(folder);
  const stored = globalThis.indexedDB;
  const memory = openMemory(store.crypto.storageKey);
  for (const { name = '' } of await stored.databases()) {
    await copyDatabase(stored, name, indexedDB, name.replace(store.crypto.cryptoDatabasePrefix, 'account'));
  }
  for (const { name = '' } of await store.sync.indexedDB.databases()) {
    await copyDatabase(store.sync.indexedDB, name, memory.sync.indexedDB, name);
  }
  await store.close();
  return memory;
}

async function copyDatabase(from: IDBFactory, name: string, to: IDBFactory, newName: string): Promise<void> {
  const source = await settle(from.open(name));
  const names = [...source.objectStoreNames];
  const reading = names.map((store) => source.transaction(store).objectStore(store));
  const contents = await Promise.all(
    reading.map(async (store) => ({
      store,
      indexes: [...store.indexNames].map((indexName) => store.index(indexName)),
      keys: await settle(store.getAllKeys()),
      values: await settle<unknown[]>(store.getAll()),
    })),
  );
  const request = to.open(newName, source.version);
  request.onupgradeneeded = () => {
    for (const { store, indexes, keys, values } of contents) {
      const { keyPath, autoIncrement } = store;
      const made = request.result.createObjectStore(store.name, { keyPath, autoIncrement });
      for (const { name: indexName, keyPath: path, multiEntry, unique } of indexes) {
        made.createIndex(indexName, path, { multiEntry, unique });
      }
      for (const [n, value] of values.entries()) made.put(value, keyPath === null ? keys[n] : undefined);
    }
  };
  (await settle(request)).close();
  source.close();
}
