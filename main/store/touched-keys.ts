/**
 * Which keys a running transaction has touched. Only the keys are noted: their final values are read when it commits, so
 * that rollbacks of single requests need no care and a key that was written ten times is stored once. Noting one too many
 * is harmless.
 */
import { expectInternal, isRange, type RawStore, type RollbackLog } from './fake-indexeddb';
import { keyBytes } from './key-bytes';

export interface Touched {
  /** Everything that was there before this transaction is gone. */
  cleared: boolean;
  /** By canonical encoding, in latin1. */
  readonly keys: Map<string, IDBValidKey>;
}

export class TouchedKeys {
  readonly #transactions = new WeakMap<RollbackLog, Map<RawStore, Touched>>();

  /** Empty for a transaction that wrote nothing. */
  of(log: RollbackLog): ReadonlyMap<RawStore, Touched> {
    return this.#transactions.get(log) ?? new Map<RawStore, Touched>();
  }

  /** From here on every write to `store` is noted. */
  watch(store: RawStore): void {
    const { storeRecord, deleteRecord, clear } = store;
    for (const [name, method] of Object.entries({ storeRecord, deleteRecord, clear })) {
      expectInternal(typeof method === 'function', name);
    }
    store.storeRecord = (record, noOverwrite, log) => {
      try {
        return storeRecord.call(store, record, noOverwrite, log);
      } finally {
        // A key path or a key generator has supplied the key by now.
        if (log !== undefined && record.key !== undefined) this.#note(log, store, record.key);
      }
    };
    store.deleteRecord = (key, log) => {
      if (log !== undefined) this.#noteDeletion(log, store, key);
      deleteRecord.call(store, key, log);
    };
    store.clear = (log) => {
      if (log !== undefined) {
        const touched = this.#touched(log, store);
        touched.cleared = true;
        touched.keys.clear();
      }
      clear.call(store, log);
    };
  }

  #noteDeletion(log: RollbackLog, store: RawStore, key: IDBValidKey | object): void {
    if (!isRange(key)) {
      this.#note(log, store, key as IDBValidKey);
      return;
    }
    for (const record of store.records.values(key as object)) this.#note(log, store, record.key);
  }

  #note(log: RollbackLog, store: RawStore, key: IDBValidKey): void {
    this.#touched(log, store).keys.set(keyBytes(key).toString('latin1'), key);
  }

  #touched(log: RollbackLog, store: RawStore): Touched {
    const stores = this.#transactions.get(log) ?? new Map<RawStore, Touched>();
    this.#transactions.set(log, stores);
    const touched = stores.get(store) ?? { cleared: false, keys: new Map<string, IDBValidKey>() };
    stores.set(store, touched);
    return touched;
  }
}
