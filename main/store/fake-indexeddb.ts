/**
 * All that this program knows of the inside of fake-indexeddb, and the two places where it reaches in. The dependency is
 * pinned exactly, and test/unit/main/store/fake-indexeddb.test.ts holds the library itself to what is declared here: when
 * that fails after an update, a commit could be missed.
 *
 * The library does not know that it is followed: `follow` names the databases whose commits and new object stores are
 * reported; all others in the process are left alone.
 */
import * as library from 'fake-indexeddb';

export interface RawRecord {
  readonly key: IDBValidKey;
  readonly value: unknown;
}

export interface RawIndex {
  readonly name: string;
  readonly keyPath: string | string[];
  readonly multiEntry: boolean;
  readonly unique: boolean;
  readonly deleted: boolean;
}

/** One array per transaction, the same one for its whole life. */
export type RollbackLog = readonly unknown[];

export interface RawStore {
  readonly name: string;
  readonly keyPath: string | string[] | null;
  readonly autoIncrement: boolean;
  readonly keyGenerator: { num: number } | null;
  readonly records: {
    get: (key: IDBValidKey) => RawRecord | undefined;
    values: (range: object) => Iterable<RawRecord>;
  };
  readonly rawIndexes: ReadonlyMap<string, RawIndex>;
  /** Requests pass the log of their transaction; a rollback passes none. That tells whose write it is. */
  storeRecord: (record: Partial<RawRecord>, noOverwrite: boolean, log?: RollbackLog) => unknown;
  deleteRecord: (key: IDBValidKey | object, log?: RollbackLog) => void;
  clear: (log?: RollbackLog) => void;
}

export interface RawDatabase {
  readonly name: string;
  readonly version: number;
  readonly rawObjectStores: ReadonlyMap<string, RawStore>;
  readonly transactions: readonly RawTransaction[];
}

export interface RawTransaction {
  readonly mode: 'readonly' | 'readwrite' | 'versionchange';
  error: DOMException | null;
  readonly _state: 'active' | 'inactive' | 'committing' | 'finished';
  readonly _rollbackLog: RollbackLog;
  readonly db: { readonly _rawDatabase: RawDatabase };
  _abort: (errorName: string | null) => void;
  _markFinished: () => void;
}

/** What a factory keeps beside its public face: `open` sets, `deleteDatabase` deletes. */
export interface RawFactory extends IDBFactory {
  _databases: Map<string, RawDatabase>;
}

interface RawConnection extends IDBDatabase {
  readonly _rawDatabase: RawDatabase;
}

interface Library {
  readonly IDBFactory: new () => RawFactory;
  readonly IDBKeyRange: new () => object;
  readonly IDBTransaction: { readonly prototype: RawTransaction };
  readonly IDBDatabase: { readonly prototype: RawConnection };
}

const fake = library as unknown as Library;

/** The IndexedDB classes by name (`IDBDatabase`, `IDBRequest`, …): the crypto module asks the global object for them. */
export const classes: Readonly<Record<string, unknown>> = Object.fromEntries(
  Object.entries(library as unknown as Record<string, unknown>).filter(([name]) => /^IDB[A-Z]/.test(name)),
);

export const MemoryFactory = fake.IDBFactory;

export function isRange(key: IDBValidKey | object): boolean {
  return key instanceof fake.IDBKeyRange;
}

export function rawDatabase(connection: IDBDatabase): RawDatabase {
  return (connection as RawConnection)._rawDatabase;
}

/** @throws when the installed fake-indexeddb is not the one that this was written for. */
export function expectInternal(present: boolean, name: string): void {
  if (!present) throw new Error(`fake-indexeddb has changed (${name} is missing): the pinned version is needed`);
}

export interface Follower {
  /** Once per transaction, right before `complete`. @throws to make it abort instead: memory is then rolled back. */
  readonly commit: (transaction: RawTransaction) => void;
  /** For each object store that a versionchange transaction makes, before anything is written to it. */
  readonly created: (store: RawStore) => void;
}

const followers = new WeakMap<RawDatabase, Follower>();

export function follow(database: RawDatabase, follower: Follower): void {
  followers.set(database, follower);
}

type Creation = Parameters<IDBDatabase['createObjectStore']>;

const aborting = new WeakSet<RawTransaction>();
const transactions = fake.IDBTransaction.prototype;
const connections = fake.IDBDatabase.prototype;
const { _abort: abort, _markFinished: markFinished } = transactions;
const { createObjectStore } = connections as {
  createObjectStore: (this: IDBDatabase, ...args: Creation) => IDBObjectStore;
};
for (const [name, method] of Object.entries({ abort, markFinished, createObjectStore })) {
  expectInternal(typeof method === 'function', name);
}

transactions._abort = function (this: RawTransaction, errorName) {
  aborting.add(this);
  abort.call(this, errorName);
};

/** Runs once per transaction: before `complete` is dispatched, which an `error` suppresses, or from within `_abort`. */
transactions._markFinished = function (this: RawTransaction) {
  const follower = followers.get(this.db._rawDatabase);
  if (follower !== undefined && !aborting.has(this)) {
    try {
      follower.commit(this);
    } catch (error) {
      const cause = error instanceof Error ? error : new Error(String(error));
      const name = cause instanceof DOMException ? cause.name : 'UnknownError';
      this._abort(name); // rolls memory back, finishes the transaction, queues `abort`
      this.error = domException(name, cause);
      return;
    }
  }
  markFinished.call(this);
};

connections.createObjectStore = function (this: RawConnection, name, options) {
  const store = createObjectStore.call(this, name, options);
  const { _rawObjectStore } = store as IDBObjectStore & { readonly _rawObjectStore: RawStore };
  followers.get(this._rawDatabase)?.created(_rawObjectStore);
  return store;
};

export function domException(name: string, cause: Error): DOMException {
  return Object.assign(new DOMException(cause.message, name), { cause });
}
