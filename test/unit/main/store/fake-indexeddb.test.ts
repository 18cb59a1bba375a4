/**
 * The contract with fake-indexeddb: main/store relies on the internals checked here and on nothing else of them. Only the
 * library is imported (and types, which leave no trace), so what is seen is the library and not our hooks. If a test fails
 * here after an update, do not ship the update: a commit could be missed.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import * as fake from 'fake-indexeddb';
import { describe, expect, test } from 'vitest';

import type {
  RawDatabase,
  RawFactory,
  RawRecord,
  RawStore,
  RawTransaction,
} from '../../../../main/store/fake-indexeddb';
import { finished, openDatabase, settle } from './indexeddb';

const rawOf = (database: IDBDatabase): RawDatabase =>
  (database as unknown as { _rawDatabase: RawDatabase })._rawDatabase;
const rawTransaction = (transaction: IDBTransaction): RawTransaction => transaction as unknown as RawTransaction;

function rawStore(database: IDBDatabase, name: string): RawStore {
  const store = rawOf(database).rawObjectStores.get(name);
  if (store === undefined) throw new Error(`no store ${name}`);
  return store;
}

function fourStores(database: IDBDatabase): void {
  database.createObjectStore('plain').createIndex('byTag', 'tag', { unique: true });
  database.createObjectStore('path', { keyPath: 'id' });
  database.createObjectStore('auto', { autoIncrement: true });
  database.createObjectStore('autoPath', { keyPath: 'id', autoIncrement: true });
}

const fresh = (): Promise<IDBDatabase> => openDatabase(new fake.IDBFactory(), 'db', 1, fourStores);

/** Runs in place of `_markFinished`, once. */
function onFinish(transaction: IDBTransaction, act: (raw: RawTransaction, finish: () => void) => void): void {
  const raw = rawTransaction(transaction);
  const inherited = raw._markFinished;
  raw._markFinished = () => {
    raw._markFinished = inherited;
    act(raw, () => inherited.call(raw));
  };
}

/** The order in which a transaction is finished, aborted and reported. */
function spy(transaction: IDBTransaction): string[] {
  const calls: string[] = [];
  const raw = rawTransaction(transaction);
  const { _abort, _markFinished } = raw;
  raw._abort = (name) => {
    calls.push(`_abort in ${raw._state}`);
    _abort.call(raw, name);
  };
  raw._markFinished = () => {
    calls.push(`_markFinished in ${raw._state}`);
    _markFinished.call(raw);
  };
  for (const type of ['complete', 'abort']) transaction.addEventListener(type, () => calls.push(type));
  return calls;
}

test('the version is the pinned one, without ^ or ~', () => {
  const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
  const library =
    createRequire(import.meta.url)
      .resolve('fake-indexeddb')
      .split('/build/')[0] ?? '';
  expect(read(`${library}/package.json`)).toMatchObject({ version: '6.2.8' });
  expect(read('package.json')).toMatchObject({ dependencies: { 'fake-indexeddb': '6.2.8' } });
});

test('the hooked methods are looked up on the exported prototypes', () => {
  const prototype = fake.IDBTransaction.prototype as unknown as RawTransaction;
  expect(prototype._abort).toBeTypeOf('function');
  expect(prototype._markFinished).toBeTypeOf('function');
  expect(Object.hasOwn(fake.IDBDatabase.prototype, 'createObjectStore')).toBe(true);
});

describe('a transaction', () => {
  test.each([
    { explicit: false, state: 'active' },
    { explicit: true, state: 'committing' },
  ])('that commits ($state) runs _markFinished once, after all requests, before complete', async (given) => {
    const transaction = (await fresh()).transaction('plain', 'readwrite');
    const calls = spy(transaction);
    transaction.objectStore('plain').put(1, 'a').onsuccess = () => calls.push('success');
    if (given.explicit) transaction.commit();
    await finished(transaction);
    expect(calls).toEqual(['success', `_markFinished in ${given.state}`, 'complete']);
  });

  const add = (transaction: IDBTransaction): IDBRequest => transaction.objectStore('plain').add(1, 'a');
  const change = (transaction: IDBTransaction): IDBRequest => transaction.objectStore('plain').put(2, 'b');
  test.each<[string, (transaction: IDBTransaction) => void]>([
    [
      'at once',
      (transaction) => {
        add(transaction);
        transaction.abort();
      },
    ],
    ['in a handler', (transaction) => (change(transaction).onsuccess = () => transaction.abort())],
    ['by a failing request', (transaction) => add(transaction)],
    [
      'by a throwing handler',
      (transaction) => {
        change(transaction).onsuccess = () => {
          throw new Error('on purpose');
        };
      },
    ],
  ])('that aborts %s runs _abort, then _markFinished, and never complete', async (_how, abort) => {
    const database = await fresh();
    const first = database.transaction('plain', 'readwrite');
    add(first);
    await finished(first);
    const transaction = database.transaction('plain', 'readwrite');
    const calls = spy(transaction);
    abort(transaction);
    await expect(finished(transaction)).rejects.toThrow();
    expect(calls[0]).toMatch(/^_abort/);
    expect(calls[1]).toMatch(/^_markFinished/);
    expect(calls).toContain('abort');
    expect(calls).not.toContain('complete');
  });

  test('whose _markFinished calls _abort rolls back instead of committing', async () => {
    const database = await fresh();
    const transaction = database.transaction('plain', 'readwrite');
    onFinish(transaction, (raw) => raw._abort('UnknownError'));
    transaction.objectStore('plain').put(1, 'a');
    await expect(finished(transaction)).rejects.toMatchObject({ name: 'UnknownError' });
    expect(await settle(database.transaction('plain').objectStore('plain').get('a'))).toBeUndefined();
  });

  test('that upgrades and is aborted so fails the opening; the next one upgrades again', async () => {
    const factory = new fake.IDBFactory();
    const opening = openDatabase(factory, 'db', 3, (database, transaction) => {
      fourStores(database);
      onFinish(transaction, (raw) => raw._abort('UnknownError'));
    });
    await expect(opening).rejects.toMatchObject({ name: 'AbortError' });
    expect(await factory.databases()).toEqual([]);
    const database = await openDatabase(factory, 'db', 1, fourStores);
    expect([database.version, database.objectStoreNames.length]).toEqual([1, 4]);
  });
});

describe('a raw store', () => {
  /** Notes each call of the three writing methods, and whether it came with the log of the running transaction. */
  async function watched() {
    const database = await fresh();
    const raw = rawStore(database, 'plain');
    const seen: [method: string, own: boolean][] = [];
    let log: unknown;
    const note = (method: string, given: unknown): void => {
      expect([undefined, log]).toContain(given);
      seen.push([method, given === log]);
    };
    const { storeRecord, deleteRecord, clear } = raw;
    raw.storeRecord = (record, noOverwrite, given) => {
      note('storeRecord', given);
      return storeRecord.call(raw, record, noOverwrite, given);
    };
    raw.deleteRecord = (key, given) => {
      note('deleteRecord', given);
      deleteRecord.call(raw, key, given);
    };
    raw.clear = (given) => {
      note('clear', given);
      clear.call(raw, given);
    };
    const run = async (write: (store: IDBObjectStore) => void): Promise<[string, boolean][]> => {
      seen.length = 0;
      const transaction = database.transaction('plain', 'readwrite');
      log = rawTransaction(transaction)._rollbackLog;
      expect(log).toBeInstanceOf(Array);
      write(transaction.objectStore('plain'));
      await finished(transaction).catch(() => undefined);
      expect(rawTransaction(transaction)._rollbackLog).toBe(log);
      return [...seen];
    };
    return { raw, run };
  }

  const atCursor = (act: (cursor: IDBCursorWithValue) => void) => (store: IDBObjectStore) => {
    const request = store.openCursor();
    request.onsuccess = () => {
      if (request.result) act(request.result);
    };
  };

  test('is given the log of the transaction with every write, and none by a rollback', async () => {
    const { raw, run } = await watched();
    expect(await run((store) => store.put({ tag: 1 }, 'a'))).toEqual([['storeRecord', true]]);
    expect(await run((store) => store.add({ tag: 2 }, 'b'))).toEqual([['storeRecord', true]]);
    expect(await run(atCursor((at) => at.update({ tag: 3 })))).toEqual([['storeRecord', true]]);
    expect(await run(atCursor((at) => at.delete()))).toEqual([['deleteRecord', true]]);
    expect(await run((store) => store.delete('nothing'))).toEqual([['deleteRecord', true]]);
    expect(await run((store) => store.delete(fake.IDBKeyRange.lowerBound('b')))).toEqual([['deleteRecord', true]]);
    expect(await run((store) => store.clear())).toEqual([['clear', true]]);

    const rolledBack = [
      ['storeRecord', true],
      ['deleteRecord', false],
    ];
    expect(await run((store) => (store.put(1, 'x').onsuccess = () => store.transaction.abort()))).toEqual(rolledBack);
    await run((store) => store.put({ tag: 9 }, 'first'));
    const swallowed = await run((store) => {
      store.add({ tag: 9 }, 'second').onerror = (event) => event.preventDefault();
    });
    expect(swallowed).toEqual(rolledBack);
    expect(raw.records.get('second')).toBeUndefined();
  });

  test('tells keys, final states and the key generator', async () => {
    const database = await fresh();
    const names = ['plain', 'path', 'auto', 'autoPath'];
    const keys: unknown[] = [];
    for (const raw of names.map((name) => rawStore(database, name))) {
      const { storeRecord } = raw;
      raw.storeRecord = (record, ...rest) => {
        const result = storeRecord.call(raw, record, ...rest);
        keys.push(record.key); // set by now, whoever supplies it
        return result;
      };
    }
    const transaction = database.transaction(names, 'readwrite');
    const value = { id: 'p', deep: { n: 1 } };
    transaction.objectStore('path').put(value);
    transaction.objectStore('auto').put('v');
    transaction.objectStore('auto').put('w', 41);
    transaction.objectStore('autoPath').put({});
    value.deep.n = 2;
    await finished(transaction);
    expect(keys).toEqual(['p', 1, 41, 1]);
    expect(rawStore(database, 'path').records.get('p')).toEqual({ key: 'p', value: { id: 'p', deep: { n: 1 } } });
    const auto = rawStore(database, 'auto');
    const inRange = [...auto.records.values(fake.IDBKeyRange.lowerBound(2))];
    expect(inRange.map(({ key }: RawRecord) => key)).toEqual([41]);
    expect(auto.keyGenerator?.num).toBe(41);
    expect(rawStore(database, 'path').keyGenerator).toBeNull();
  });
});

test('at the end of an upgrade the raw database shows the schema', async () => {
  const factory = new fake.IDBFactory();
  (await openDatabase(factory, 'db', 1, fourStores)).close();
  let seen: unknown;
  await openDatabase(factory, 'db', 2, (database, transaction) => {
    const made = database.createObjectStore('new') as IDBObjectStore & { _rawObjectStore?: RawStore };
    expect(made._rawObjectStore?.name).toBe('new');
    database.deleteObjectStore('auto');
    transaction.objectStore('path').name = 'renamed';
    transaction.objectStore('plain').deleteIndex('byTag');
    transaction.objectStore('plain').createIndex('byName', ['a', 'b']);
    onFinish(transaction, (raw, finish) => {
      const { name, version, rawObjectStores } = raw.db._rawDatabase;
      const stores = [...rawObjectStores.values()].map((store) => ({
        ...{ name: store.name, keyPath: store.keyPath, autoIncrement: store.autoIncrement },
        indexes: [...store.rawIndexes.values()].map((index) => ({
          ...{ name: index.name, keyPath: index.keyPath, deleted: index.deleted },
          ...{ multiEntry: index.multiEntry, unique: index.unique },
        })),
      }));
      seen = { mode: raw.mode, name, version, keys: [...rawObjectStores.keys()], stores };
      finish();
    });
  });
  const store = { keyPath: null, autoIncrement: false, indexes: [] };
  const index = { name: 'byName', keyPath: ['a', 'b'], multiEntry: false, unique: false, deleted: false };
  expect(seen).toEqual({
    mode: 'versionchange',
    name: 'db',
    version: 2,
    keys: ['plain', 'autoPath', 'new', 'renamed'],
    stores: [
      { ...store, name: 'plain', indexes: [index] },
      { ...store, name: 'autoPath', keyPath: 'id', autoIncrement: true },
      { ...store, name: 'new' },
      { ...store, name: 'renamed', keyPath: 'id' },
    ],
  });
});

test('the factory keeps its databases in a replaceable Map: open sets, deleteDatabase deletes', async () => {
  const calls: string[] = [];
  class Watched extends Map<string, RawDatabase> {
    override set(name: string, database: RawDatabase): this {
      calls.push(`set ${name} ${database.name} ${database.version}`);
      return super.set(name, database);
    }
    override delete(name: string): boolean {
      calls.push(`delete ${name}`);
      return super.delete(name);
    }
  }
  const factory = new fake.IDBFactory() as unknown as RawFactory;
  expect(factory._databases).toBeInstanceOf(Map);
  factory._databases = new Watched();
  const database = await openDatabase(factory, 'db', 7, fourStores);
  expect(rawOf(database)).toBe(factory._databases.get('db'));
  expect(rawOf(database).transactions).toBeInstanceOf(Array);
  database.close();
  const request = factory.deleteDatabase('db');
  const dispatch = request.dispatchEvent.bind(request);
  request.dispatchEvent = (event) => {
    calls.push(`dispatch ${event.type}`);
    return dispatch(event);
  };
  await settle(request);
  expect(calls).toEqual(['set db db 0', 'delete db', 'dispatch success']);
});
