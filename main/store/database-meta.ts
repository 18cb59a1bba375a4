/** The schema of one IndexedDB database as it is kept in the file: read off the raw database, and made again from it. */
import { type RawDatabase, rawDatabase, type RawIndex, type RawStore } from './fake-indexeddb';

export interface StoreMeta {
  /** Names the object store's rows; never used again in the same file. */
  readonly id: number;
  readonly name: string;
  readonly keyPath: string | string[] | null;
  readonly autoIncrement: boolean;
  /** The last number that the key generator gave; 0 without one. */
  readonly nextKey: number;
  readonly indexes: readonly Omit<RawIndex, 'deleted'>[];
}

export interface DatabaseMeta {
  readonly name: string;
  readonly version: number;
  readonly stores: readonly StoreMeta[];
}

export function describeDatabase(database: RawDatabase, ids: ReadonlyMap<RawStore, number>): DatabaseMeta {
  const stores = [...ids].map(([store, id]) => ({
    id,
    name: store.name,
    keyPath: store.keyPath,
    autoIncrement: store.autoIncrement,
    nextKey: store.keyGenerator?.num ?? 0,
    indexes: [...store.rawIndexes.values()]
      .filter(({ deleted }) => !deleted)
      .map(({ name, keyPath, multiEntry, unique }) => ({ name, keyPath, multiEntry, unique })),
  }));
  return { name: database.name, version: database.version, stores };
}

/** Makes the database and its object stores, empty, through the public face of a factory that has none of this name. */
export function makeDatabase(factory: IDBFactory, { name, version, stores }: DatabaseMeta): Promise<RawDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.open(name, version);
    request.addEventListener('upgradeneeded', () => {
      for (const { name: storeName, keyPath, autoIncrement, indexes } of stores) {
        const store = request.result.createObjectStore(storeName, { keyPath, autoIncrement });
        for (const { name: indexName, keyPath: path, multiEntry, unique } of indexes) {
          store.createIndex(indexName, path, { multiEntry, unique });
        }
      }
    });
    request.addEventListener('error', () => {
      reject(request.error ?? new Error('a kept schema cannot be made again'));
    });
    request.addEventListener('success', () => {
      request.result.close();
      resolve(rawDatabase(request.result));
    });
  });
}
