/**
 * The process that gets killed: an account's client as the program makes it, from its store up to its signals, without the
 * windows. What it sends are signals of calls.
 */
import { setTimeout as pause } from 'node:timers/promises';

import { ClientEvent, type MatrixClient, MatrixEvent, MatrixEventEvent, Method, SyncState } from 'matrix-js-sdk';
import { encodeRecoveryKey } from 'matrix-js-sdk/lib/crypto-api/index.js';

import { type Life, openLife } from '../../../../main/account/life.ts';
import { systemClock } from '../../../../main/clock.ts';
import type { Log } from '../../../../main/log.ts';
import { silenceSdk } from '../../../../main/matrix/client.ts';
import { makeSignallingIn } from '../../../../main/matrix/signalling-in.ts';
import type { UserId } from '../../../../preload/contract/ids.ts';
import type { SentEvent } from '../../../homeserver/sent-events.ts';
import { armKill } from './kill-points.ts';
import type { Order, Plan, Report } from './phone-protocol.ts';

silenceSdk();
const report = (told: Report): void => void process.send?.(told);
const nothing = (): void => undefined;
const log: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing, failure: nothing };
process.once('disconnect', () => process.exit(1));

let closing: (() => void) | undefined;
process.on('message', (order: Order) => {
  if (order === 'close') closing?.();
  else void live(order.plan);
});
report({ kind: 'loaded' });

async function live(plan: Plan): Promise<void> {
  if (plan.kill?.from === 'start') armKill(plan.kill);
  const opened = await open(plan);
  if (!opened.ok) {
    problem(`the store is ${opened.trouble}`);
    return;
  }
  const { life } = opened;
  await look(life.client, plan);
  closing = () => void close(life);
  await startSync(life);
  if (plan.life === 'setUp') await connectBackup(life, plan);
  if (plan.life === 'busy') await call(life, plan);
  if (plan.life === 'drain') await drain(life.client, plan.waiting);
  closing();
}

function problem(what: string): void {
  report({ kind: 'problem', what });
}

function open({ baseUrl, user, storeKey, folder, life }: Plan): ReturnType<typeof openLife> {
  const { userId, deviceId, accessToken: token } = user;
  const id = userId as UserId;
  const date = (): number => Date.now();
  const signalling = makeSignallingIn({
    account: id,
    clock: systemClock,
    date,
    log,
    members: () => 2,
    isEncrypted: () => true,
    verdict: () => ({ ring: true }),
    deliver: nothing,
  });
  const key = Buffer.from(storeKey, 'hex').toString('base64');
  return openLife({
    session: { userId: id, deviceId, baseUrl, token, oauth: null, storeKey: key, hasKeys: life !== 'setUp' },
    folder,
    fetch: watchedFetch,
    clock: systemClock,
    date,
    log,
    callTrust: () => 'all',
    signalling,
    storeFailed: () => {
      problem('a write failed');
    },
    connectionChanged: nothing,
    ended: nothing,
    peopleChanged: nothing,
    trust: {
      takePassword: () => null,
      openBrowser: () => Promise.reject(new Error('no browser')),
      saveText: () => Promise.resolve({ ok: true }),
      changed: nothing,
    },
    named: nothing,
  });
}

const watchedFetch: typeof fetch = async (resource, options) => {
  const response = await fetch(resource, options);
  const url = resource instanceof Request ? resource.url : resource.toString();
  // A one-time key that the server knows with another value is refused with 400.
  if (response.status === 401 || (response.status === 400 && url.includes('/keys/upload'))) {
    problem(`${response.status} ${await response.clone().text()}`);
  }
  return response;
};

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

async function connectBackup({ client, trust }: Life, { recoveryKey }: Plan): Promise<void> {
  const restored = await trust.restore(encodeRecoveryKey(Buffer.from(recoveryKey, 'hex')) ?? '');
  if (!restored.ok) problem(`not restored: ${restored.reason}`);
  if ((await client.getCrypto()?.checkKeyBackupAndEnable()) == null) problem('no key backup');
}

/** Resolves after the first sync; `ready` when what was kept has been restored. Positions are stored after each one, so that there is more to go wrong. */
async function startSync({ client, start, save }: Life): Promise<void> {
  client.on(MatrixEventEvent.Decrypted, (event) => {
    const eventId = event.getId();
    if (eventId !== undefined && !event.isDecryptionFailure()) report({ kind: 'decrypted', eventId });
  });
  const first = Promise.withResolvers<undefined>();
  client.on(ClientEvent.Sync, (state, _before, data) => {
    if (state === SyncState.Syncing) void save();
    if (state === SyncState.Prepared) report({ kind: 'ready' });
    if (state === SyncState.Syncing && data?.fromCache !== true) first.resolve(undefined);
  });
  start();
  await first.promise;
}

/** As a session sends: encrypted, then put. */
async function call({ client, crypto }: Life, { roomId, kill }: Plan): Promise<never> {
  for (let n = 1; ; n++) {
    const content = { call_id: `call${process.pid}`, version: '1', party_id: 'phone', candidates: [], n };
    const wire = await crypto.seal(roomId, 'm.call.candidates', content);
    const path = `/rooms/${encodeURIComponent(roomId)}/send/${wire.type}/phone${process.pid}-${n}`;
    const { event_id } = await client.http.authedRequest<{ event_id: string }>(
      Method.Put,
      path,
      undefined,
      wire.content,
    );
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

async function close(life: Life): Promise<void> {
  closing = undefined;
  await life.close();
  process.exit(0);
}
