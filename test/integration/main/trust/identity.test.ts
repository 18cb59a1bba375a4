/** The identity of an account on a real homeserver: made, kept by a recovery key, restored, made anew. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import type { TestUser } from '../../../homeserver/client';
import { type Homeserver, startHomeserver } from '../../../homeserver/homeserver';
import { type Device, type DeviceOptions, startDevice } from './support';

let homeserver: Homeserver;
const devices: Device[] = [];
let count = 0;

beforeAll(async () => {
  homeserver = await startHomeserver({ turn: false });
});
afterEach(async () => {
  await Promise.all(devices.splice(0).map((device) => device.stop()));
});
afterAll(() => homeserver.stop());

const somebody = (): Promise<TestUser> => homeserver.register(`trust${++count}`, 'correct horse');

async function device(user: TestUser, options?: DeviceOptions): Promise<Device> {
  const made = await startDevice(homeserver.baseUrl, user, options);
  devices.push(made);
  return made;
}

async function another(user: TestUser): Promise<Device> {
  return device(await homeserver.login(user.localpart, user.password));
}

/** An account whose first device is set up. @returns its recovery key too. */
async function setUp(user: TestUser): Promise<{ readonly first: Device; readonly key: string }> {
  const first = await device(user);
  await first.sees('an identity', ({ identity, task }) => identity === 'verified' && task === null);
  const made = await first.trust.newRecoveryKey();
  if (!made.ok) throw new Error(made.reason);
  expect(await first.trust.setUp(false)).toEqual({ ok: true });
  return { first, key: made.key };
}

async function speak({ client }: Device): Promise<string> {
  const { room_id: roomId } = await client.createRoom({
    initial_state: [{ type: 'm.room.encryption', state_key: '', content: { algorithm: 'm.megolm.v1.aes-sha2' } }],
  });
  await expect.poll(() => client.getRoom(roomId)?.hasEncryptionStateEvent()).toBe(true);
  await client.sendTextMessage(roomId, 'hello');
  return roomId;
}

describe('a new account', () => {
  test('gets an identity by itself; the recovery key crosses once, and keeps identity and backup', async () => {
    const { first, key } = await setUp(await somebody());
    const now = first.trust.current();
    expect(now).toMatchObject({ identity: 'verified', recovery: 'ready', backup: { state: 'on' }, task: null });
    expect(now.device.fingerprint).toMatch(/^([\w+/]{4} ){10}[\w+/]{3}$/);
    expect(key).toMatch(/^Es.. (\w{4} ?)+$/);
    expect(first.told.join()).not.toContain(key.slice(0, 14));
    expect(await first.trust.saveRecoveryKey()).toEqual({ ok: false, reason: 'failed' });
  });

  test('the new key can be saved until it is in use, and giving up forgets it', async () => {
    const first = await device(await somebody());
    await first.sees('an identity', ({ identity, task }) => identity === 'verified' && task === null);
    const made = await first.trust.newRecoveryKey();
    expect(await first.trust.saveRecoveryKey()).toEqual({ ok: true });
    expect(first.saved).toEqual([`${made.ok ? made.key : ''}\n`]);
    first.trust.cancelTask();
    expect(await first.trust.setUp(false)).toEqual({ ok: false, reason: 'failed' });
    expect(first.trust.current().recovery).toBe('none');
  });

  test('keys that wait for the backup are counted, until none is left', async () => {
    const { first } = await setUp(await somebody());
    await speak(first);
    first.trust.check();
    await first.sees('a waiting key', ({ backup }) => (backup.waiting ?? 0) > 0);
    await first.sees('a complete backup', ({ backup }) => backup.waiting === 0);
    expect(await first.trust.signOutRisk()).toEqual({
      keysWaiting: 0,
      backup: 'on',
      lastDevice: true,
      recovery: 'ready',
    });
  });
});

describe('another device', () => {
  test('is not verified, and is restored by the recovery key with all keys', async () => {
    const user = await somebody();
    const { first, key } = await setUp(user);
    const roomId = await speak(first);
    first.trust.check();
    await first.sees('a waiting key', ({ backup }) => (backup.waiting ?? 0) > 0);
    await first.sees('a complete backup', ({ backup }) => backup.waiting === 0);
    const second = await another(user);
    await second.sees('what it lacks', ({ identity }) => identity === 'unverified');
    expect(second.trust.current()).toMatchObject({
      recovery: 'ready',
      backup: { state: 'untrusted' },
      hasOtherDevices: true,
    });

    expect(await second.trust.restore('nonsense')).toEqual({ ok: false, reason: 'malformedKey' });
    const wrong = await first.trust.newRecoveryKey();
    expect(await second.trust.restore(wrong.ok ? wrong.key : '')).toEqual({ ok: false, reason: 'wrongKey' });
    expect(second.trust.current()).toMatchObject({ identity: 'unverified', task: null });

    expect(await second.trust.restore(`  ${key.replaceAll(' ', '\n')} `)).toEqual({ ok: true });
    expect(second.trust.current()).toMatchObject({ identity: 'verified', backup: { state: 'on' } });
    const [event] = (await second.client.createMessagesRequest(roomId, null, 10, 'b' as never)).chunk.filter(
      ({ type }) => type === 'm.room.encrypted',
    );
    const message = second.client.getEventMapper()(event ?? {});
    await expect.poll(() => message.getContent<{ body?: string }>().body).toBe('hello');
    await first.sees('the other device', ({ hasOtherDevices }) => hasOtherDevices);
    const list = await first.trust.devices();
    expect(list.ok && list.devices.filter(({ verified }) => verified)).toHaveLength(2);
  });

  test('a passphrase of another client does as well as the key', async () => {
    const user = await somebody();
    const other = await device(user);
    await other.sees('an identity', ({ identity, task }) => identity === 'verified' && task === null);
    const crypto = other.client.getCrypto();
    const made = await crypto?.createRecoveryKeyFromPassphrase('my old dog');
    if (!crypto || !made) throw new Error('unreachable');
    const keys = Reflect.get(other.client, 'cryptoCallbacks') as Record<string, unknown>;
    keys.getSecretStorageKey = ({ keys: wanted }: { keys: object }) => [Object.keys(wanted)[0], made.privateKey];
    await crypto.bootstrapSecretStorage({
      createSecretStorageKey: () => Promise.resolve(made),
      setupNewKeyBackup: true,
    });
    const second = await another(user);
    await second.sees('the passphrase', ({ passphrase }) => passphrase);
    expect(await second.trust.restore('my old cat')).toEqual({ ok: false, reason: 'wrongKey' });
    expect(await second.trust.restore('my old dog')).toEqual({ ok: true });
    expect(second.trust.current().identity).toBe('verified');
  });

  test('without anything to restore from, a key is of no use', async () => {
    const user = await somebody();
    const first = await device(user);
    await first.sees('an identity', ({ identity, task }) => identity === 'verified' && task === null);
    const second = await another(user);
    await second.sees('what it lacks', ({ identity }) => identity === 'unverified');
    expect(await second.trust.restore('anything')).toEqual({ ok: false, reason: 'noStorage' });
    await second.trust.newRecoveryKey();
    expect(await second.trust.setUp(false)).toEqual({ ok: false, reason: 'incomplete' });
    expect(second.trust.current().identity).toBe('unverified');
  });

  test('makes everything anew with the password; the first device is left behind and sees it', async () => {
    const user = await somebody();
    const { first, key } = await setUp(user);
    const second = await another(user);
    await second.sees('what it lacks', ({ identity }) => identity === 'unverified');
    const made = await second.trust.newRecoveryKey();
    const reset = second.trust.setUp(true);
    await second.sees('the question', ({ task }) => task?.stage === 'password');
    second.trust.password('wrong');
    await second.sees('the question again', ({ task }) => task?.stage === 'wrongPassword');
    second.trust.password(user.password);
    expect(await reset).toEqual({ ok: true });
    expect(second.trust.current()).toMatchObject({ identity: 'verified', recovery: 'ready', backup: { state: 'on' } });

    await first.sees('that it is no longer trusted', ({ identity }) => identity === 'unverified');
    expect(await first.trust.restore(key)).toEqual({ ok: false, reason: 'wrongKey' });
    expect(await first.trust.restore(made.ok ? made.key : '')).toEqual({ ok: true });
  });

  test('is removed with the password; given up, it stays', async () => {
    const user = await somebody();
    const { first } = await setUp(user);
    const other = await homeserver.login(user.localpart, user.password);
    const given = first.trust.removeDevice(other.deviceId);
    await first.sees('the question', ({ task }) => task?.stage === 'password');
    first.trust.cancelTask();
    expect(await given).toEqual({ ok: false, reason: 'cancelled' });
    const removed = first.trust.removeDevice(other.deviceId);
    await first.sees('the question', ({ task }) => task?.stage === 'password');
    first.trust.password(user.password);
    expect(await removed).toEqual({ ok: true });
    const list = await first.trust.devices();
    expect(list.ok && list.devices.map(({ id }) => id)).toEqual([first.user.deviceId]);
  });
});

test('a homeserver that goes away in the middle is told, and it goes on when it is back', async () => {
  const user = await somebody();
  const { key } = await setUp(user);
  const second = await another(user);
  await second.sees('what it lacks', ({ identity }) => identity === 'unverified');
  homeserver.pause();
  const restoring = second.trust.restore(key);
  await second.sees('that it works', ({ task }) => task?.what === 'restore');
  second.trust.cancelTask();
  expect(await restoring).toEqual({ ok: false, reason: 'cancelled' });
  homeserver.resume();
  await expect.poll(() => second.trust.restore(key), { timeout: 30_000 }).toEqual({ ok: true });
});
