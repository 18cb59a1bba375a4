/**
 * Numbered transactions, each over three object stores, each reported once `complete` has fired; every 25th is an upgrade.
 * Transaction n leaves: in "log" n itself (and only the last 40), in "sum" the sum of all n, in "by" n under n % 7.
 * SIGTERM closes the store and ends.
 */
import { writeSync } from 'node:fs';

import { openAccountStore } from '../../../../main/store/account-store.ts';
import { finished, openDatabase, settle } from '../../../unit/main/store/indexeddb.ts';
import { armKill, commitLate, type Phase } from './kill-points.ts';

export interface Sum {
  readonly n: number;
  readonly sum: number;
}

const [folder = '', key = '', phase = '', count = ''] = process.argv.slice(2);
if (phase === 'late') commitLate();
else if (phase !== '') armKill({ phase: phase as Phase, count: Number(count) });

const opened = await openAccountStore({ folder, key: Buffer.from(key, 'hex'), onFatal: () => process.exit(1) });
if (!opened.ok) throw new Error(opened.reason);
const { store } = opened;
process.once('SIGTERM', () => {
  void store.close().then(() => process.exit(0));
});

const name = `${store.crypto.cryptoDatabasePrefix}::db`;
let version = (await indexedDB.databases())[0]?.version ?? 1;
let n = 0;
let database = await open();
n = (await settle(readSum(database.transaction('sum'))))?.n ?? 0;
for (;;) {
  if ((n + 1) % 25 === 0) {
    database.close();
    version++;
    database = await open();
  } else {
    const transaction = database.transaction(['log', 'sum', 'by'], 'readwrite');
    write(transaction, n + 1);
    await finished(transaction);
  }
  n++;
  writeSync(1, `${n}\n`); // straight to the pipe: once written it outlives us
}

function open(): Promise<IDBDatabase> {
  return openDatabase(indexedDB, name, version, (upgraded, transaction) => {
    if (upgraded.objectStoreNames.length === 0) {
      upgraded.createObjectStore('log', { keyPath: 'n' });
      upgraded.createObjectStore('sum');
      upgraded.createObjectStore('by', { autoIncrement: true }).createIndex('by', 'by');
      return;
    }
    // The upgrade is a numbered transaction too, and it also changes the schema.
    if (upgraded.objectStoreNames.contains(`v${version - 1}`)) upgraded.deleteObjectStore(`v${version - 1}`);
    upgraded.createObjectStore(`v${version}`).put(n + 1, 'at');
    write(transaction, n + 1);
  });
}

function write(transaction: IDBTransaction, number: number): void {
  transaction.objectStore('log').put({ n: number, padding: 'x'.repeat((number * 97) % 3000) });
  if (number > 40) transaction.objectStore('log').delete(number - 40);
  const sums = transaction.objectStore('sum');
  const read = readSum(transaction);
  read.onsuccess = () => {
    const sum: Sum = { n: number, sum: (read.result?.sum ?? 0) + number };
    sums.put(sum, 'sum');
  };
  transaction.objectStore('by').put({ n: number, by: number % 7 });
}

function readSum(transaction: IDBTransaction): IDBRequest<Sum | undefined> {
  return transaction.objectStore('sum').get('sum') as IDBRequest<Sum | undefined>;
}
