/** The process that gets killed: a client with crypto on an account store, wired as the program wires it. */
import { setTimeout as pause } from 'node:timers/promises';

import {
  ClientEvent,
  createClient,
  IndexedDBStore,
  type MatrixClient,
  MatrixEvent,
  MatrixEventEvent,
  SyncState,
} from 'matrix-js-sdk';

import { silenceSdk } from '../../../../main/matrix/client.ts';
import { type AccountStore, openAccountStore } from '../../../../main/store/account-store.ts';
import type { SentEvent } from '../../../homeserver/sent-events.ts';
import { armKill } from './kill-points.ts';
import type { Order, Plan, Report } from './phone-protocol.ts';

silenceSdk();
const report = (told: Report): void => void process.send?.(told);
process.once('disconnect', () => process.exit(1));

let closing: (() => void) | undefined;
process.on('message', (order: Order) => {
  if (order === 'close') closing?.();
  else void live(order.plan);
});
report({ kind: 'loaded' });

async function live(plan: Plan): Promise<void> {
  if (plan.kill?.from === 'start') armKill(plan.kill);
  const { storeKey, folder } = plan;
  const onFatal = (): void => problem('a write failed');
  const opened = await openAccountStore({ folder, key: Buffer.from(storeKey, 'hex'), onFatal });
  if (!opened.ok) {
    problem(`the store is ${opened.reason}`);
    return;
  }
  const { store } = opened;
  const syncStore = new IndexedDBStore(store.sync);
  const client = makeClient(plan, syncStore);
  await syncStore.startup();
  await client.initRustCrypto(store.crypto);
  await look(client, plan);
  closing = () => void close(client, syncStore, store);
  if (plan.life === 'setUp') await connectBackup(client);
  await startSync(client, syncStore);
  if (plan.life === 'busy') await send(client, plan);
  if (plan.life === 'drain') await drain(client, plan.waiting);
  closing();
}

function problem(what: string): void {
  report({ kind: 'problem', what });
}

function makeClient({ baseUrl, user, recoveryKey }: Plan, store: IndexedDBStore): MatrixClient {
  return createClient({
    baseUrl,
    userId: user.userId,
    deviceId: user.deviceId,
    accessToken: user.accessToken,
    store,
    disableVoip: true,
    cryptoCallbacks: {
      getSecretStorageKey: ({ keys }) => {
        const [id] = Object.keys(keys);
        return Promise.resolve(id === undefined ? null : [id, new Uint8Array(Buffer.from(recoveryKey, 'hex'))]);
      },
    },
    fetchFn: async (resource, options) => {
      const response = await fetch(resource, options);
      const url = resource instanceof Request ? resource.url : resource.toString();
      // A one-time key that the server knows with another value is refused with 400.
      if (response.status === 401 || (response.status === 400 && url.includes('/keys/upload'))) {
        problem(`${response.status} ${await response.clone().text()}`);
      }
      return response;
    },
  });
}

/** Is it the same device, and can it read what it could? */
async function look(client: MatrixClient, { user, decrypted }: Plan): Promise<void> {
  const keys = await client.getCrypto()?.getOwnDeviceKeys();
  report({ kind: 'identity', keys: { ...keys } });
  for (const event of decrypted) {
    if (!(await canDecrypt(client, event))) report({ kind: 'lost', eventId: event.eventId });
  }
  const { device_id } = await client.whoami();
  if (device_id !== user.deviceId) problem(`signed in as ${device_id}`);
}

async function canDecrypt(client: MatrixClient, sent: SentEvent): Promise<boolean> {
  const { eventId, roomId, type, sender, content, sentAt } = sent;
  const raw = { event_id: eventId, room_id: roomId, type, sender, content, origin_server_ts: sentAt };
  const event = new MatrixEvent(raw);
  await client.decryptEventIfNeeded(event);
  return !event.isDecryptionFailure();
}

async function connectBackup(client: MatrixClient): Promise<void> {
  const crypto = client.getCrypto();
  await crypto?.loadSessionBackupPrivateKeyFromSecretStorage();
  if ((await crypto?.checkKeyBackupAndEnable()) == null) problem('no key backup');
}

/** Resolves when what was kept has been restored. Positions are stored after each one, so that there is more to go wrong. */
async function startSync(client: MatrixClient, syncStore: IndexedDBStore): Promise<void> {
  client.on(MatrixEventEvent.Decrypted, (event) => {
    const eventId = event.getId();
    if (eventId !== undefined && !event.isDecryptionFailure()) report({ kind: 'decrypted', eventId });
  });
  const first = Promise.withResolvers<undefined>();
  client.on(ClientEvent.Sync, (state) => {
    if (state === SyncState.Syncing) void syncStore.save(true);
    if (state === SyncState.Prepared) first.resolve(undefined);
  });
  await client.startClient({ initialSyncLimit: 20, lazyLoadMembers: true, disablePresence: true });
  await first.promise;
  report({ kind: 'ready' });
}

async function send(client: MatrixClient, { roomId, kill }: Plan): Promise<never> {
  for (let n = 1; ; n++) {
    const { event_id } = await client.sendTextMessage(roomId, `phone ${process.pid} ${n}`);
    report({ kind: 'decrypted', eventId: event_id });
    if (n === 1) report({ kind: 'sent' });
    if (n === 1 && kill?.from === 'sent') armKill(kill);
    await pause(5);
  }
}

/** A key that is missing is asked of the backup as soon as it is missed. */
async function drain(client: MatrixClient, waiting: readonly SentEvent[]): Promise<void> {
  let left = waiting;
  for (const end = performance.now() + 40_000; left.length > 0 && performance.now() < end;) {
    await pause(200);
    const missing: SentEvent[] = [];
    for (const event of left) if (!(await canDecrypt(client, event))) missing.push(event);
    left = missing;
  }
  for (const { eventId } of left) report({ kind: 'lost', eventId });
}

/** The position is stored before the client stops: what it has not taken in by then, it will be sent again. */
async function close(client: MatrixClient, syncStore: IndexedDBStore, store: AccountStore): Promise<void> {
  closing = undefined;
  await syncStore.save(true);
  await client.getCrypto()?.checkKeyBackupAndEnable();
  client.stopClient();
  await syncStore.destroy();
  await store.close();
  process.exit(0);
}
