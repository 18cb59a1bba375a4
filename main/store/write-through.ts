/**
 * Carries every commit of an IndexedDB into its file.
 *
 * One readwrite or versionchange transaction becomes one SQLite transaction, which is committed BEFORE the `complete`
 * event is dispatched: a promise that resolved means "on disk". When the disk refuses, the transaction aborts (memory is
 * rolled back) and so does every later one: the layers above may hold state that never reached the disk, and only opening
 * the file anew brings both together again.
 */
import { describeDatabase, type DatabaseMeta } from './database-meta';
import { type Follower, follow, type RawDatabase, type RawStore, type RawTransaction } from './fake-indexeddb';
import type { SqliteFile, Step } from './sqlite-file';
import { TouchedKeys } from './touched-keys';
import { toBytes } from './value-bytes';

/** What the file holds of a database. */
export interface Kept {
  readonly id: number;
  readonly storeIds: ReadonlyMap<RawStore, number>;
  readonly meta: DatabaseMeta;
}

export interface WriteThroughOptions {
  readonly file: SqliteFile;
  /** @throws when nothing may be written any more. */
  readonly assertWritable: () => void;
  /** A write failed; nothing of it is in the file. */
  readonly onFailure: (cause: unknown) => void;
}

export class WriteThrough implements Follower {
  readonly #options: WriteThroughOptions;
  readonly #touched = new TouchedKeys();
  readonly #kept = new Map<RawDatabase, Kept>();
  #lastId = 0;

  constructor(options: WriteThroughOptions) {
    this.#options = options;
  }

  /** A database that is new, and not in the file before its first upgrade commits; or one that was read from there. */
  adopt(database: RawDatabase, kept?: Kept): void {
    follow(database, this);
    if (kept === undefined) return;
    this.#kept.set(database, kept);
    this.#lastId = Math.max(this.#lastId, kept.id, ...kept.storeIds.values());
    for (const store of kept.storeIds.keys()) this.#touched.watch(store);
  }

  created(store: RawStore): void {
    this.#touched.watch(store);
  }

  /** @throws before anything of the transaction is in the file. */
  commit(transaction: RawTransaction): void {
    const database = transaction.db._rawDatabase;
    const touched = this.#touched.of(transaction._rollbackLog);
    const upgrade = transaction.mode === 'versionchange';
    if (touched.size === 0 && !upgrade) return;
    this.#options.assertWritable();

    const old = this.#kept.get(database);
    const storeIds = upgrade || old === undefined ? this.#assignIds(database, old) : old.storeIds;
    const kept = { id: old?.id ?? ++this.#lastId, storeIds, meta: describeDatabase(database, storeIds) };
    // Encoded first: a value that cannot be stored aborts its own transaction and is no failure of the disk.
    const steps = [...databaseSteps(old, kept, upgrade), ...rowSteps(touched, storeIds)];
    this.#write(steps);
    this.#kept.set(database, kept);
  }

  /** @throws when the database is still in the file. */
  drop(database: RawDatabase): void {
    const kept = this.#kept.get(database);
    if (kept === undefined) return; // it never got past its first upgrade
    this.#options.assertWritable();
    const stores = [...kept.storeIds.values()].map((store): Step => ({ do: 'dropStore', store }));
    this.#write([...stores, { do: 'dropDatabase', id: kept.id }]);
    this.#kept.delete(database);
  }

  #assignIds(database: RawDatabase, old: Kept | undefined): Map<RawStore, number> {
    const stores = [...database.rawObjectStores.values()];
    return new Map(stores.map((store) => [store, old?.storeIds.get(store) ?? ++this.#lastId]));
  }

  #write(steps: readonly Step[]): void {
    try {
      this.#options.file.write(steps);
    } catch (error) {
      this.#options.onFailure(error);
      throw error;
    }
  }
}

function databaseSteps(old: Kept | undefined, { id, storeIds, meta }: Kept, upgrade: boolean): Step[] {
  const steps: Step[] = [];
  const numbered = meta.stores.some(({ nextKey }, place) => nextKey !== old?.meta.stores[place]?.nextKey);
  if (upgrade || numbered) steps.push({ do: 'putDatabase', id, meta: toBytes(meta) });
  for (const [store, storeId] of old?.storeIds ?? []) {
    if (!storeIds.has(store)) steps.push({ do: 'dropStore', store: storeId });
  }
  return steps;
}

function rowSteps(touched: ReturnType<TouchedKeys['of']>, storeIds: ReadonlyMap<RawStore, number>): Step[] {
  const steps: Step[] = [];
  for (const [raw, { cleared, keys }] of touched) {
    const store = storeIds.get(raw);
    if (store === undefined) continue; // written to, then deleted itself
    if (cleared) steps.push({ do: 'dropStore', store });
    for (const [encoded, indexedKey] of keys) {
      const key = Buffer.from(encoded, 'latin1');
      const record = raw.records.get(indexedKey);
      if (record !== undefined) steps.push({ do: 'putRow', store, key, value: toBytes([record.key, record.value]) });
      else if (!cleared) steps.push({ do: 'dropRow', store, key });
    }
  }
  return steps;
}
