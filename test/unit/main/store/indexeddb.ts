/** Promises around IndexedDB, for the tests of the store. */

export function settle<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('failed'));
  });
}

/** Resolves on `complete`; rejects with the transaction's error on `abort`. */
export function finished(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('aborted'));
  });
}

export function openDatabase(
  factory: IDBFactory,
  name: string,
  version: number,
  upgrade: (database: IDBDatabase, transaction: IDBTransaction) => void,
): Promise<IDBDatabase> {
  const request = factory.open(name, version);
  request.onupgradeneeded = () => {
    if (request.transaction !== null) upgrade(request.result, request.transaction);
  };
  return settle(request);
}

/** Opens a database that has one object store, `s`. */
export function openSimple(factory: IDBFactory, name = 'db'): Promise<IDBDatabase> {
  return openDatabase(factory, name, 1, (database) => {
    database.createObjectStore('s');
  });
}

export async function put(database: IDBDatabase, key: IDBValidKey, value: unknown): Promise<void> {
  const transaction = database.transaction('s', 'readwrite');
  transaction.objectStore('s').put(value, key);
  await finished(transaction);
}

export function get(database: IDBDatabase, key: IDBValidKey): Promise<unknown> {
  return settle(database.transaction('s').objectStore('s').get(key));
}

export function keysOf(database: IDBDatabase): Promise<IDBValidKey[]> {
  return settle(database.transaction('s').objectStore('s').getAllKeys());
}

export interface DumpedStore {
  readonly keyPath: string | string[] | null;
  readonly autoIncrement: boolean;
  readonly keys: readonly IDBValidKey[];
  readonly values: readonly unknown[];
  readonly indexes: Readonly<Record<string, unknown>>;
}

export type Dump = Record<string, { version: number; stores: Record<string, DumpedStore> }>;

/** Everything that a factory holds, by its public face alone: schema, records, and what each index yields. */
export async function dump(factory: IDBFactory): Promise<Dump> {
  const result: Dump = {};
  const names = (await factory.databases()).map(({ name = '' }) => name);
  for (const name of names.sort()) {
    const database = await settle(factory.open(name));
    const stores: Record<string, DumpedStore> = {};
    for (const storeName of database.objectStoreNames) stores[storeName] = await dumpStore(database, storeName);
    result[name] = { version: database.version, stores };
    database.close();
  }
  return result;
}

async function dumpStore(database: IDBDatabase, name: string): Promise<DumpedStore> {
  const store = database.transaction(name).objectStore(name);
  const { keyPath, autoIncrement, indexNames } = store;
  const [keys, values] = await Promise.all([settle(store.getAllKeys()), settle<unknown[]>(store.getAll())]);
  const indexes: Record<string, unknown> = {};
  for (const indexName of indexNames) {
    const index = database.transaction(name).objectStore(name).index(indexName);
    const { keyPath: path_, multiEntry, unique } = index;
    indexes[indexName] = { keyPath: path_, multiEntry, unique, keys: await settle(index.getAllKeys()) };
  }
  return { keyPath, autoIncrement, keys, values, indexes };
}
