/**
 * IndexedDB for Node, kept in one SQLite file, without a native module of our own: fake-indexeddb supplies the semantics
 * in memory, `WriteThrough` makes every commit durable, and opening reads the file back. Reads never touch the disk.
 */
import { setImmediate as nextTask } from 'node:timers/promises';

import { type DatabaseMeta, makeDatabase, type StoreMeta } from './database-meta';
import type { RawDatabase, RawStore } from './fake-indexeddb';
import { PersistentFactory } from './persistent-factory';
import { openSqliteFile, type SqliteFile, type SqliteFileOptions } from './sqlite-file';
import { StoreError } from './store-error';
import { fromBytes } from './value-bytes';
import { type Kept, WriteThrough } from './write-through';

export interface PersistentIndexedDbOptions extends SqliteFileOptions {
  /** @throws when nothing may be written any more. */
  readonly assertWritable: () => void;
  /** A write failed: let `assertWritable` throw from now on. */
  readonly onFailure: (cause: unknown) => void;
}

export interface PersistentIndexedDb {
  readonly factory: IDBFactory;
  /** The file held no database when it was opened. */
  readonly wasEmpty: boolean;
  /** Waits for running transactions and closes the file. Later writes abort. */
  readonly close: () => Promise<void>;
}

/** @throws StoreError, or an error that `troubleOf` can read; the file is then as it was. */
export async function openPersistentIndexedDb(options: PersistentIndexedDbOptions): Promise<PersistentIndexedDb> {
  const file = openSqliteFile(options);
  let closed = false;
  const assertWritable = (): void => {
    if (closed) throw new Error('the store is closed');
    options.assertWritable();
  };
  const writeThrough = new WriteThrough({ file, assertWritable, onFailure: options.onFailure });
  const factory = new PersistentFactory();
  try {
    for (const [database, kept] of await load(file, factory)) writeThrough.adopt(database, kept);
  } catch (error) {
    file.close();
    throw error;
  }
  const wasEmpty = factory._databases.size === 0;
  factory.writeThrough({
    adopt: (database) => writeThrough.adopt(database),
    drop: (database) => writeThrough.drop(database),
  });

  return {
    factory,
    wasEmpty,
    close: async () => {
      while (!closed && isBusy(factory)) await nextTask();
      if (closed) return;
      closed = true;
      file.close();
    },
  };
}

function isBusy({ _databases }: PersistentFactory): boolean {
  return [..._databases.values()].some(({ transactions }) => transactions.some(({ _state }) => _state !== 'finished'));
}

/** The schema goes through the public face, the rows straight into the raw stores. */
async function load(file: SqliteFile, factory: PersistentFactory): Promise<Map<RawDatabase, Kept>> {
  const loaded = new Map<RawDatabase, Kept>();
  const stores = new Map<number, LoadedStore>();
  for (const { id, meta: bytes } of file.databases()) {
    const meta = decode(bytes) as DatabaseMeta;
    const database = await makeDatabase(factory, meta);
    const own = meta.stores.map((store) => loadedStore(database, store));
    for (const store of own) stores.set(store.meta.id, store);
    loaded.set(database, { id, meta, storeIds: new Map(own.map(({ raw, meta: { id: storeId } }) => [raw, storeId])) });
  }
  await loadRows(file, stores);
  for (const { raw, meta } of stores.values()) {
    if (raw.keyGenerator !== null) raw.keyGenerator.num = meta.nextKey;
  }
  return loaded;
}

interface LoadedStore {
  readonly raw: RawStore;
  readonly meta: StoreMeta;
}

function loadedStore(database: RawDatabase, meta: StoreMeta): LoadedStore {
  const raw = database.rawObjectStores.get(meta.name);
  if (raw === undefined) throw new StoreError('damaged');
  return { raw, meta };
}

/** So many rows are read before anything else in this process gets its turn: a few milliseconds. */
const ROWS_AT_A_TIME = 250;

async function loadRows(file: SqliteFile, stores: ReadonlyMap<number, LoadedStore>): Promise<void> {
  let count = 0;
  for (const { store, value: bytes } of file.rows()) {
    const target = stores.get(store);
    if (target === undefined) throw new StoreError('damaged');
    const [key, value] = decode(bytes) as [IDBValidKey, unknown];
    target.raw.storeRecord({ key, value }, false);
    if (++count % ROWS_AT_A_TIME === 0) await nextTask();
  }
}

/** Its seal was whole, so what cannot be read is of a later version. */
function decode(bytes: Uint8Array): unknown {
  try {
    return fromBytes(bytes);
  } catch (cause) {
    throw new StoreError('newer', { cause });
  }
}
