/** What `store.ts` measures, each in a process of its own. Times are in ms. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';

import { DeviceId, initAsync, OlmMachine, StoreHandle, UserId } from '@matrix-org/matrix-sdk-crypto-wasm';
import { IndexedDBStore } from 'matrix-js-sdk';

import { type LifeEnv, openLife } from '../../main/account/life.ts';
import { systemClock } from '../../main/clock.ts';
import { silenceSdk } from '../../main/matrix/client.ts';
import { makeSignallingIn } from '../../main/matrix/signalling-in.ts';
import type { UserId as UserIdOfUs } from '../../preload/contract/ids.ts';
import { finished, openSimple } from '../unit/main/store/indexeddb.ts';
import { type Backend, copyToMemory, openMemory, openStore } from './store-backends.ts';

export type Figures = Readonly<Record<string, number>>;
export type Measurement = 'start' | 'startInMemory' | 'write' | 'fill' | 'account';

const userId = '@alice:example.org';
silenceSdk();
await initAsync();

/** Without a folder: in memory. */
const open = (folder?: string): Promise<Backend> =>
  folder === undefined ? Promise.resolve(openMemory()) : openStore(folder);

export const measurements: Readonly<Record<Measurement, (...args: string[]) => Promise<Figures>>> = {
  /** From nothing, or from what `folder` holds, to a client that could sync. */
  start: async (folder?: string): Promise<Figures> => {
    const begin = performance.now();
    const backend = await open(folder);
    return { open: performance.now() - begin, ...(await startOn(backend)) };
  },

  /** As `start`, when everything in `folder` was in memory already. */
  startInMemory: async (folder: string): Promise<Figures> => ({
    open: 0,
    ...(await startOn(await copyToMemory(folder))),
  }),

  /** One transaction with one row the size of an Olm session, one after the other; and ten rows in one. */
  write: async (durability: string, folder?: string): Promise<Figures> => {
    const backend = await open(folder);
    const { cryptoDatabasePrefix } = backend.crypto;
    const crypto = durability === 'NORMAL' ? backend.sync.indexedDB : indexedDB;
    const database = await openSimple(crypto, `${cryptoDatabasePrefix}::bench`);
    const row = { pickle: 'p'.repeat(1000) };
    const once = async (rows: number, name: string): Promise<number> => {
      const begin = performance.now();
      const transaction = database.transaction('s', 'readwrite');
      for (let n = 0; n < rows; n++) transaction.objectStore('s').put(row, `${name} ${n}`);
      await finished(transaction);
      return performance.now() - begin;
    };
    const times = async (count: number, rows: number): Promise<number[]> => {
      const all: number[] = [];
      for (let n = 0; n < count; n++) all.push(await once(rows, `${rows} ${n}`));
      return all.sort((a, b) => a - b);
    };
    await times(200, 1);
    const [one, ten] = [await times(1000, 1), await times(200, 10)];
    await backend.close();
    return { one: one[500] ?? NaN, slowest: one[990] ?? NaN, ten: ten[100] ?? NaN };
  },

  /** Writes made-up but valid room keys, and the sync of so many rooms. */
  fill: async (folder: string, sessions: string, rooms: string): Promise<Figures> => {
    const backend = await openStore(folder);
    const machine = await startMachine(backend);
    for (let left = Number(sessions); left > 0; left -= 500) {
      const batch = Array.from({ length: Math.min(left, 500) }, (_, n) => roomKey(`!room${n % 50}:example.org`));
      await machine.importExportedRoomKeys(JSON.stringify(batch), () => undefined);
    }
    machine.close();
    const sync = new IndexedDBStore(backend.sync);
    await sync.startup();
    await sync.setSyncData(syncOf(Number(rooms)) as unknown as Parameters<IndexedDBStore['setSyncData']>[0]);
    await sync.save(true);
    await sync.destroy();
    await backend.close();
    return {};
  },

  /** A whole account on what `fill` wrote, without a network: until it is open, and until its people are told. */
  account: async (folder: string): Promise<Figures> => {
    const told = Promise.withResolvers<number>();
    const begin = performance.now();
    const opened = await openLife(accountOn(folder, (people) => told.resolve(people.length)));
    if (!opened.ok) throw new Error(opened.trouble);
    const between = performance.now();
    opened.life.start();
    const people = await told.promise;
    const end = performance.now();
    await opened.life.close();
    return { open: between - begin, people: end - between, count: people };
  },
};

function accountOn(folder: string, peopleChanged: LifeEnv['peopleChanged']): LifeEnv {
  const nothing = (): void => undefined;
  const log = { debug: nothing, info: nothing, warn: nothing, error: nothing, failure: nothing };
  const date = (): number => Date.now();
  const env = { clock: systemClock, date, log };
  return {
    ...env,
    session: {
      userId: userId as UserIdOfUs,
      deviceId: 'PHONE',
      baseUrl: 'http://127.0.0.1:1',
      token: 'token',
      oauth: null,
      storeKey: Buffer.alloc(32, 'bench').toString('base64'),
      hasKeys: true,
    },
    folder,
    fetch: () => Promise.reject(new TypeError('fetch failed')),
    callTrust: () => 'all',
    signalling: makeSignallingIn({
      ...env,
      account: userId as UserIdOfUs,
      members: () => 2,
      isEncrypted: () => true,
      verdict: () => ({ ring: true }),
      deliver: nothing,
    }),
    storeFailed: nothing,
    connectionChanged: nothing,
    ended: nothing,
    peopleChanged,
    trust: {
      takePassword: () => null,
      openBrowser: () => Promise.reject(new Error('no browser')),
      saveText: () => Promise.resolve({ ok: true }),
      changed: nothing,
    },
    named: nothing,
  };
}

async function startOn(backend: Backend): Promise<Figures> {
  const begin = performance.now();
  const machine = await startMachine(backend);
  const between = performance.now();
  const sync = new IndexedDBStore(backend.sync);
  await sync.startup();
  await sync.getSavedSync();
  const end = performance.now();
  machine.close();
  await sync.destroy();
  await backend.close();
  return { machine: between - begin, sync: end - between };
}

async function startMachine({ crypto }: Backend): Promise<OlmMachine> {
  const handle = await StoreHandle.openWithKey(crypto.cryptoDatabasePrefix, crypto.storageKey);
  return OlmMachine.initFromStore(new UserId(userId), new DeviceId('PHONE'), handle);
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replace(/=+$/, '');

function roomKey(roomId: string): object {
  const publicKey = generateKeyPairSync('ed25519').publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  return {
    algorithm: 'm.megolm.v1.aes-sha2',
    room_id: roomId,
    sender_key: base64(randomBytes(32)),
    session_id: base64(publicKey),
    session_key: base64(Buffer.concat([Buffer.from([1, 0, 0, 0, 0]), randomBytes(128), publicKey])),
    sender_claimed_keys: { ed25519: base64(publicKey) },
    forwarding_curve25519_key_chain: [],
  };
}

function syncOf(rooms: number): object {
  const event = (room: number, n: number, type: string, content: object, stateKey?: string): object => ({
    ...{ type, content, event_id: `$${room}-${n}`, sender: userId, origin_server_ts: n },
    ...(stateKey === undefined ? {} : { state_key: stateKey }),
  });
  const join = Object.fromEntries(
    Array.from({ length: rooms }, (_, room) => [
      `!room${room}:example.org`,
      {
        state: {
          events: [
            event(room, 0, 'm.room.create', { room_version: '11' }, ''),
            event(room, 1, 'm.room.member', { membership: 'join', displayname: 'Alice' }, userId),
            event(room, 4, 'm.room.member', { membership: 'join' }, `@friend${room}:example.org`),
            event(room, 2, 'm.room.name', { name: `Room ${room}` }, ''),
            event(room, 3, 'm.room.encryption', { algorithm: 'm.megolm.v1.aes-sha2' }, ''),
          ],
        },
        timeline: {
          events: Array.from({ length: 10 }, (_, n) =>
            event(room, 10 + n, 'm.room.message', { body: 'x'.repeat(100) }),
          ),
          limited: false,
          prev_batch: 'p',
        },
        summary: { 'm.joined_member_count': 2 },
        ephemeral: { events: [] },
        account_data: { events: [] },
        unread_notifications: {},
      },
    ]),
  );
  return { next_batch: 's1', rooms: { join }, account_data: { events: [] } };
}
