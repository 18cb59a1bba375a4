/** Traffic for two factories at once: everything that IndexedDB can do to its data, the same for the same seed. */
import { IDBKeyRange } from 'fake-indexeddb';

import { finished, settle } from './indexeddb';

/** A whole number from 0 up to, and without, `below`. */
export type Pick = (below: number) => number;

/** A small deterministic generator: a seed that failed can be tried again. */
export function pickFrom(seed: number): Pick {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) % below;
  };
}

/** One upgrade, then transactions with puts, adds, range deletes, clears, cursors, swallowed errors and aborts. */
export async function randomTraffic(factory: IDBFactory, version: number, pick: Pick): Promise<void> {
  const name = `db${pick(2)}`;
  if (pick(9) === 0) await settle(factory.deleteDatabase(`db${pick(2)}`));
  const database = await upgrade(factory, name, version, pick);
  if (database === undefined) return;
  const running: Promise<void>[] = [];
  for (let n = 0; n < 12; n++) {
    const names = [...database.objectStoreNames].filter(() => pick(2));
    if (names.length > 0) running.push(randomTransaction(database.transaction(names, 'readwrite'), names, pick));
  }
  await Promise.all(running);
  database.close();
}

/** Undefined when the upgrade was one that aborts. */
async function upgrade(
  factory: IDBFactory,
  name: string,
  version: number,
  pick: Pick,
): Promise<IDBDatabase | undefined> {
  const request = factory.open(name, version);
  const aborts = pick(8) === 0;
  request.onupgradeneeded = () => {
    const { result: database, transaction } = request;
    if (transaction === null) throw new Error('an upgrade has a transaction');
    const names = [...database.objectStoreNames];
    if (names.length > 3) database.deleteObjectStore(names[pick(names.length)] ?? '');
    if (names.length > 1 && pick(3) === 0) alterStore(database, transaction, version, pick);
    const keyPath = pick(3) === 0 ? 'id' : null;
    const store = database.createObjectStore(`store${version}`, { keyPath, autoIncrement: pick(2) === 0 });
    store.createIndex('tag', 'tag', { unique: pick(2) === 0 });
    store.createIndex('list', 'list', { multiEntry: true });
    if (aborts) transaction.abort();
  };
  return settle(request).catch((error: unknown) => {
    if (aborts && error instanceof DOMException && error.name === 'AbortError') return undefined;
    throw error;
  });
}

function alterStore(database: IDBDatabase, transaction: IDBTransaction, version: number, pick: Pick): void {
  const names = [...database.objectStoreNames];
  const store = transaction.objectStore(names[pick(names.length)] ?? '');
  if (pick(2)) store.clear();
  const [index] = store.indexNames;
  if (index !== undefined) store.deleteIndex(index);
  store.name = `renamed${version}`;
}

function randomTransaction(transaction: IDBTransaction, names: readonly string[], pick: Pick): Promise<void> {
  const dies = pick(5) === 0;
  for (const name of names) {
    const store = transaction.objectStore(name);
    for (let n = 0; n < 8; n++) randomRequest(store, dies, pick);
  }
  if (dies) transaction.objectStore(names[0] ?? '').count().onsuccess = () => transaction.abort();
  return finished(transaction).catch((error: unknown) => {
    if (!dies) throw error;
  });
}

function randomRequest(store: IDBObjectStore, dies: boolean, pick: Pick): void {
  // fake-indexeddb leaves a key generator raised by an explicit number when the transaction aborts; opening the file again,
  // rightly, does not. So such transactions use no explicit numbers.
  const number = dies && store.autoIncrement ? 'none' : pick(20);
  const ids = [number, `k${pick(20)}`, new Date(pick(5)), [pick(3), 'x'], new Uint8Array([pick(4)])];
  const id = ids[pick(5)] ?? 0;
  const value = { id, tag: pick(12), list: [pick(5), pick(5)], data: pick(1e6) };
  const key = store.keyPath === null && !(store.autoIncrement && pick(2)) ? id : undefined;
  const from = IDBKeyRange.lowerBound(id);
  const calm = (request: IDBRequest): void => {
    request.onerror = (event) => {
      if (dies) return;
      event.preventDefault();
      event.stopPropagation();
    };
  };
  switch (pick(8)) {
    case 0:
      return calm(store.add(value, key));
    case 1:
      return calm(store.delete(id));
    case 2:
      return pick(4) === 0 ? calm(store.delete(from)) : undefined;
    case 3:
      return pick(9) === 0 ? calm(store.clear()) : undefined;
    case 4:
      return atCursor(store.openCursor(from), pick(2) === 0, calm);
    default:
      return calm(store.put(value, key));
  }
}

function atCursor(
  request: IDBRequest<IDBCursorWithValue | null>,
  remove: boolean,
  calm: (request: IDBRequest) => void,
): void {
  request.onsuccess = () => {
    const { result: cursor } = request;
    if (cursor === null) return;
    calm(remove ? cursor.delete() : cursor.update({ ...(cursor.value as object), tag: 100 }));
  };
}
