/** Encrypted calls and the store that keeps their keys, against a real homeserver with real crypto at both ends. */
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';

import { accountFolder } from '../../../main/account/account-folder';
import type { CallId, RoomId, UserId } from '../../../preload/contract/ids';
import type { TestUser } from '../../homeserver/client.ts';
import { type Homeserver, startHomeserver } from '../../homeserver/homeserver.ts';
import { type Hindrance, makeProfile, outgoing, type Profile } from './profile.ts';
import type { AccountTold } from './store/account.ts';
import { commandFor, startChild, withoutPrivileges } from './store/child.ts';
import { startPeer } from './store/peers.ts';

const PASSWORD = 'correct horse';

let homeserver: Homeserver;
const profiles: Profile[] = [];
let count = 0;

beforeAll(async () => {
  homeserver = await startHomeserver({ turn: false });
});
afterEach(async () => {
  await Promise.all(profiles.splice(0).map(({ accounts }) => accounts.stop(1000)));
});
afterAll(() => homeserver.stop());

function profile(...disk: Parameters<typeof makeProfile>): Profile {
  const made = makeProfile(...disk);
  profiles.push(made);
  return made;
}

/** The next start of the program on the same disk. */
async function restarted(before: Profile): Promise<Profile> {
  await before.accounts.stop(1000);
  const next = profile(before.disk, before.folder);
  await next.accounts.restore();
  return next;
}

const somebody = (name: string): Promise<TestUser> => homeserver.register(`${name}${++count}`, PASSWORD);

async function signedIn(user: TestUser, on = profile()): Promise<{ profile: Profile; id: UserId }> {
  const result = await on.accounts.signIn(homeserver.baseUrl, user.localpart, PASSWORD);
  if (!result.ok) throw new Error(result.reason);
  await on.connection(result.account, 'online');
  // Whoever calls before can share no key with it.
  const deviceId = on.disk.find(({ userId }) => userId === result.account)?.deviceId ?? '';
  await expect.poll(async () => Object.keys(await deviceKeys(user))).toContain(deviceId);
  return { profile: on, id: result.account };
}

/** Anna and Ben, who know each other from an encrypted room. */
async function pair() {
  const [anna, ben] = [await somebody('anna'), await somebody('ben')];
  const roomId = (await homeserver.directRoom(anna, ben, { encrypted: true })) as RoomId;
  const callId = `call${++count}` as CallId;
  const [a, b] = [await signedIn(anna), await signedIn(ben)];
  await a.profile.person(a.id, ({ standing, barred }) => standing === 'joined' && barred === null);
  return { anna, ben, a, b, roomId, callId, to: { account: a.id, roomId, callId } };
}

type Pair = Awaited<ReturnType<typeof pair>>;

const invite = ({ to, a }: Pair, lifetime = 60_000) =>
  a.profile.session(a.id).send(outgoing(to, 'm.call.invite', 's0', { lifetime, offer: { type: 'offer', sdp: 'v=0' } }));

const isOf = (callId: CallId) => (signal: { kind: string; callId?: string }) =>
  signal.kind === 'event' && signal.callId === callId;

/** Public keys of the devices of a person, as the homeserver has them. */
/** By device; without the signatures, which the person's identity adds to in its own time. */
async function deviceKeys(user: TestUser, asker = user): Promise<Record<string, unknown>> {
  const path = '/_matrix/client/v3/keys/query';
  const { body } = await homeserver.request(asker.accessToken, 'POST', path, { device_keys: { [user.userId]: [] } });
  const devices = (body.device_keys as Record<string, Record<string, { readonly keys: unknown }>>)[user.userId] ?? {};
  return Object.fromEntries(Object.entries(devices).map(([id, { keys }]) => [id, { keys }]));
}

describe('a call in an encrypted room', () => {
  test('arrives whole and in order, and the homeserver can read none of it', async () => {
    const both = await pair();
    const { a, b, callId, to, roomId } = both;
    const { send } = a.profile.session(a.id);
    const rest = ['s1', 's2'].map((id) => outgoing(to, 'm.call.candidates', id, { candidates: [], id }));
    const sent = [invite(both), ...rest.map(send)];
    expect(await Promise.all(sent)).toMatchObject(sent.map(() => ({ ok: true })));
    await send(outgoing(to, 'm.call.hangup', 's3'));

    await b.profile.signal((signal) => signal.kind === 'event' && signal.type === 'm.call.hangup');
    const received = b.profile.callEvents(callId);
    expect(received.map(({ type }) => type)).toEqual([
      'm.call.invite',
      'm.call.candidates',
      'm.call.candidates',
      'm.call.hangup',
    ]);
    expect(received[0]).toMatchObject({ encrypted: true, sender: a.id, verdict: { ring: true } });
    const stored = homeserver.sentEvents({ roomId }).filter(({ stateKey }) => stateKey === null);
    expect(stored.map(({ type }) => type)).toEqual(Array(4).fill('m.room.encrypted'));
    expect(JSON.stringify(stored)).not.toMatch(/m\.call|candidates|v=0/);
  });

  test('rings, also for whoever starts the program only now; the device is the same', async () => {
    const both = await pair();
    const { ben, b, callId } = both;
    const keys = await deviceKeys(ben);
    await b.profile.accounts.stop(1000);
    await invite(both);
    const late = await restarted(b.profile);
    expect(await late.signal(isOf(callId))).toMatchObject({ encrypted: true, verdict: { ring: true } });
    expect(await deviceKeys(ben)).toEqual(keys);
  });

  test('EN-01: whoever was pointed at has the key before the call', async () => {
    const both = await pair();
    const { a, b, roomId, callId } = both;
    const asked = (): readonly string[] => a.profile.network.asked.filter((to) => /keys\/claim|sendToDevice/.test(to));
    a.profile.session(a.id).prepare(roomId);
    await expect.poll(asked).toHaveLength(2);
    expect(await invite(both)).toMatchObject({ ok: true });
    expect(asked()).toHaveLength(2);
    await b.profile.signal(isOf(callId));
    // Who rings shares theirs while it rings.
    await expect.poll(() => b.profile.network.asked.some((to) => to.includes('sendToDevice'))).toBe(true);
  });

  test.each([
    ['in time: it rings', 60_000, { ring: true }],
    ['too late: it is a missed call', 1000, { ring: false, why: 'expired' }],
  ] as const)('LV-13: its key comes late, but %s', async (_what, lifetime, verdict) => {
    const both = await pair();
    const { a, b, callId, roomId } = both;
    b.profile.network.holdKeys();
    await invite(both, lifetime);
    const [sent] = homeserver.sentEvents({ roomId, type: 'm.room.encrypted' });
    await b.profile.connection(b.id, 'online');
    await expect.poll(() => b.profile.network.asked.filter((to) => to.endsWith('/sync')).length).toBeGreaterThan(2);
    expect(b.profile.callEvents(callId)).toEqual([]);
    b.profile.network.deliverKeys();
    b.profile.accounts.wake();
    expect(await b.profile.signal(isOf(callId))).toMatchObject({ eventId: sent?.eventId, sender: a.id, verdict });
  });

  test('LV-05, LV-13: an invite and its hangup whose key comes late do not ring', async () => {
    const both = await pair();
    const { a, b, callId, to } = both;
    b.profile.network.holdKeys();
    await invite(both);
    await a.profile.session(a.id).send(outgoing(to, 'm.call.hangup', 's1'));
    b.profile.network.deliverKeys();
    b.profile.accounts.wake();
    await b.profile.signal((signal) => signal.kind === 'event' && signal.type === 'm.call.hangup');
    const [first] = b.profile.callEvents(callId);
    expect(first).toMatchObject({ type: 'm.call.invite', verdict: { ring: false, why: 'settled' } });
  });

  test('EN-02: nothing leaves for people who are not verified, where the person wants that', async () => {
    const both = await pair();
    both.a.profile.setTrust('verified');
    expect(await invite(both)).toEqual({ ok: false, reason: 'untrusted' });
    expect(homeserver.sentEvents({ roomId: both.roomId, type: 'm.room.encrypted' })).toEqual([]);
    both.a.profile.setTrust('all');
    expect(await both.a.profile.session(both.a.id).send(outgoing(both.to, 'm.call.invite', 's9'))).toMatchObject({
      ok: true,
    });
  });

  test('EN-02: a device that nobody vouches for rings, or not, as the person wants', async () => {
    const [anna, ben] = [await somebody('anna'), await somebody('ben')];
    const roomId = await homeserver.directRoom(anna, ben, { encrypted: true });
    const { profile: own } = await signedIn(ben);
    const peer = await startPeer(homeserver.baseUrl, anna);
    const call = (callId: string) =>
      peer.sendEvent(roomId, 'm.call.invite' as never, { call_id: callId, version: '1', lifetime: 60_000 } as never);
    await call('first');
    expect(await own.signal(isOf('first' as CallId))).toMatchObject({ verdict: { ring: true } });
    own.setTrust('signed');
    await call('second');
    expect(await own.signal(isOf('second' as CallId))).toMatchObject({ verdict: { ring: false, why: 'unverified' } });
    peer.stopClient();
  });

  test('EN-03: an answer in clear, as only the homeserver could write it, is not heard', async () => {
    const both = await pair();
    const { ben, a, callId, roomId, to } = both;
    await invite(both);
    const room = `/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}`;
    const forged = { call_id: callId, party_id: 'evil', version: '1', answer: { type: 'answer', sdp: 'v=0' } };
    await homeserver.request(ben.accessToken, 'PUT', `${room}/send/m.call.answer/t1`, forged);
    await a.profile.session(a.id).send(outgoing(to, 'm.call.hangup', 's1'));
    await a.profile.signal((signal) => signal.kind === 'event' && signal.type === 'm.call.hangup');
    expect(a.profile.callEvents(callId).map(({ type }) => type)).toEqual(['m.call.invite', 'm.call.hangup']);
  });

  test('EN-03: an invite in clear does not ring, and says why', async () => {
    const { anna, b, roomId, callId } = await pair();
    const room = `/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}`;
    const clear = { call_id: callId, party_id: 'evil', version: '1', lifetime: 60_000 };
    await homeserver.request(anna.accessToken, 'PUT', `${room}/send/m.call.invite/t1`, clear);
    expect(await b.profile.signal(isOf(callId))).toMatchObject({ verdict: { ring: false, why: 'untrusted' } });
  });

  test('a room that we make is encrypted', async () => {
    const [anna, ben] = [await somebody('anna'), await somebody('ben')];
    const { profile: own, id } = await signedIn(anna);
    const made = await own.session(id).startDirect(ben.userId);
    if (!made.ok || made.person.roomId === null) throw new Error('no room');
    const { roomId } = made.person;
    expect(homeserver.sentEvents({ roomId, type: 'm.room.encryption' })).toHaveLength(1);
    // At once, before the room has come back from the homeserver: it waits until it knows.
    const callId = 'at-once' as CallId;
    const sent = await own.session(id).send(outgoing({ account: id, roomId, callId }, 'm.call.invite', 's0'));
    expect(sent).toMatchObject({ ok: true });
    expect(homeserver.sentEvents({ roomId, type: 'm.call.invite' })).toEqual([]);
  });
});

describe('a homeserver that goes away right after the login', () => {
  async function signInWithout(at: RegExp, how: Hindrance = 'fails') {
    const user = await somebody('early');
    const own = profile();
    own.network.hinder(how, at);
    const result = await own.accounts.signIn(homeserver.baseUrl, user.localpart, PASSWORD);
    if (!result.ok) throw new Error(result.reason);
    const { account } = result;
    const trust = () => own.session(account).trust()?.current();
    return { user, own, account, trust, asked: () => own.network.asked.filter((path) => at.test(path)).length };
  }

  async function isWhole({ user, own, account, trust }: Awaited<ReturnType<typeof signInWithout>>): Promise<void> {
    own.network.mend();
    own.accounts.wake();
    await own.connection(account, 'online');
    await expect.poll(trust, { timeout: 60_000 }).toMatchObject({ identity: 'verified', task: null });
    // As others see it.
    const { body } = await homeserver.request(user.accessToken, 'POST', '/_matrix/client/v3/keys/query', {
      device_keys: { [user.userId]: [] },
    });
    expect(body.master_keys).toHaveProperty([user.userId]);
    const deviceId = own.disk[0]?.deviceId ?? '';
    const known = body.device_keys as Record<string, Record<string, { readonly signatures: object }>>;
    const signatures = Object.values(known[user.userId]?.[deviceId]?.signatures ?? {}).flatMap(Object.keys);
    expect(signatures, 'its own, and that of the identity').toHaveLength(2);
  }

  test.each([
    ['asked for a filter', /\/filter$/],
    ['at the first sync', /\/sync$/],
    ['when the keys of the device come', /\/keys\/upload$/],
    ['asked for the backup', /\/room_keys\/version$/],
  ])('%s: nothing is left half done when it is back', async (_what, at) => {
    const early = await signInWithout(at);
    await expect.poll(early.asked).toBeGreaterThan(0);
    await isWhole(early);
  });

  test('for too long, at each step of the first identity: it is made when it is back', async () => {
    const steps = [/\/keys\/query$/, /\/keys\/device_signing\/upload$/, /\/keys\/signatures\/upload$/];
    await Promise.all(
      steps.map(async (at) => {
        const early = await signInWithout(at, 'takesTooLong');
        await expect.poll(early.asked).toBeGreaterThan(0);
        await expect.poll(early.trust).toMatchObject({ task: null });
        await isWhole(early).catch((error: unknown) => {
          throw new Error(String(at), { cause: error });
        });
      }),
    );
  });
});

describe('what an account keeps', () => {
  const filesOf = ({ folder }: Profile, id: UserId): readonly string[] => readdirSync(accountFolder(folder, id));

  test('calls that came while the program was away are told at its next start', async () => {
    const both = await pair();
    const { b, to, a, callId } = both;
    await b.profile.accounts.stop(1000);
    await invite(both, 1000);
    await a.profile.session(a.id).send(outgoing(to, 'm.call.hangup', 's1', { reason: 'invite_timeout' }));
    const next = await restarted(b.profile);
    await next.signal((signal) => signal.kind === 'event' && signal.type === 'm.call.hangup');
    expect(next.callEvents(callId)[0]).toMatchObject({ type: 'm.call.invite', verdict: { ring: false } });
    // Once: a third start has nothing to tell of it.
    const third = await restarted(next);
    await third.connection(b.id, 'online');
    expect(third.callEvents(callId).filter(({ verdict }) => verdict?.ring === true)).toEqual([]);
  });

  test('people are there at the start, before the homeserver answers', async () => {
    const { b, anna } = await pair();
    await b.profile.person(b.id, ({ userId }) => userId === anna.userId);
    await b.profile.accounts.stop(1000);
    homeserver.pause();
    const next = profile(b.profile.disk, b.profile.folder);
    try {
      await next.accounts.restore();
      await next.person(b.id, ({ userId }) => userId === anna.userId);
      expect(next.accounts.list()).toMatchObject([{ connection: 'connecting', trouble: null }]);
    } finally {
      homeserver.resume();
    }
    await next.connection(b.id, 'online');
  });

  test('nothing of it can be read without the key, and its sign-out leaves nothing', async () => {
    const both = await pair();
    const { b, ben, anna, roomId } = both;
    await invite(both);
    await b.profile.signal(isOf(both.callId));
    await b.profile.accounts.stop(1000);
    const folder = accountFolder(b.profile.folder, b.id);
    const readable = readdirSync(folder).filter((name) => {
      const bytes = readFileSync(path.join(folder, name));
      return [ben.userId, anna.userId, roomId, 'm.call.'].some((text) => bytes.includes(text));
    });
    expect(readable).toEqual([]);
    const next = await restarted(b.profile);
    await next.connection(b.id, 'online');
    await next.accounts.signOut(b.id);
    expect(filesOf(next, b.id).filter((name) => name.startsWith('crypto') || name.startsWith('sync'))).toEqual([]);
  });

  test('a damaged file: the account says so; starting over makes a new device and keeps the file', async () => {
    const { b, ben, a, to } = await pair();
    const before = b.profile.disk[0]?.deviceId;
    await b.profile.accounts.stop(1000);
    const file = path.join(accountFolder(b.profile.folder, b.id), 'crypto.sqlite');
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(0x5a, 0, 4096));
    const next = profile(b.profile.disk, b.profile.folder);
    await next.accounts.restore();
    await expect.poll(() => next.accounts.list()).toMatchObject([{ connection: 'offline', trouble: 'damaged' }]);

    await next.accounts.startOver(b.id);
    expect(next.accounts.list()).toMatchObject([{ connection: 'signedOut', trouble: 'damaged' }]);
    expect(filesOf(next, b.id)).toContain('crypto.sqlite.aside-1');
    await signedIn(ben, next);
    expect(next.accounts.list()).toMatchObject([{ connection: 'online', trouble: null }]);
    expect(next.disk[0]?.deviceId).not.toBe(before);
    expect(Object.keys(await deviceKeys(ben))).not.toContain(before);
    const again = { ...to, callId: 'again' as CallId };
    await a.profile.session(a.id).send(outgoing(again, 'm.call.invite', 's0', { lifetime: 60_000 }));
    expect(await next.signal(isOf(again.callId))).toMatchObject({ encrypted: true, verdict: { ring: true } });
  });

  test('a session that ran out: after the login it is the same device with the same keys, and calls ring', async () => {
    const both = await pair();
    const { anna, ben, a, b, to, roomId } = both;
    const device = b.profile.disk[0]?.deviceId ?? '';
    const ownKeys = async (): Promise<unknown> => {
      const { [device]: own } = await deviceKeys(ben, anna);
      return (own as { readonly keys: unknown }).keys;
    };
    const keys = await ownKeys();
    const some = expect.any(String) as string;
    expect(keys).toEqual({ [`curve25519:${device}`]: some, [`ed25519:${device}`]: some });
    await homeserver.stopServer();
    homeserver.expireSessions(ben.userId);
    await homeserver.startServer();
    await expect
      .poll(() => (b.profile.accounts.wake(), b.profile.accounts.list()))
      .toMatchObject([{ connection: 'signedOut' }]);
    expect(b.profile.disk).toMatchObject([{ secret: null, ended: 'soft' }]);
    a.profile.accounts.wake();
    await a.profile.connection(a.id, 'online');
    // While ben was away: with keys for the device that he had.
    expect(await invite(both)).toMatchObject({ ok: true });

    const result = await b.profile.accounts.signIn(homeserver.baseUrl, ben.localpart, PASSWORD);
    expect(result).toMatchObject({ ok: true });
    await b.profile.connection(b.id, 'online');
    expect(b.profile.disk).toMatchObject([{ deviceId: device, ended: null }]);
    expect(await ownKeys()).toEqual(keys);
    expect(await b.profile.signal(isOf(both.callId))).toMatchObject({ encrypted: true, verdict: { ring: true } });
    const next = { ...to, callId: 'next' as CallId };
    const again = await a.profile.session(a.id).send(outgoing(next, 'm.call.invite', 's0', { lifetime: 60_000 }));
    expect(again).toMatchObject({ ok: true });
    expect(await b.profile.signal(isOf(next.callId))).toMatchObject({ encrypted: true, verdict: { ring: true } });
    expect(homeserver.sentEvents({ roomId, type: 'm.call.invite' })).toEqual([]);
  });

  test('a store that is gone: its keys are lost, and no others take their place', async () => {
    const { b } = await pair();
    await b.profile.accounts.stop(1000);
    const next = profile(b.profile.disk); // another folder
    await next.accounts.restore();
    await expect.poll(() => next.accounts.list()).toMatchObject([{ connection: 'offline', trouble: 'keysLost' }]);
  });

  /** The disk has no room for anything in this folder, until it is restored. */
  function fill(folder: string): { readonly mockRestore: () => void } {
    const { exec } = DatabaseSync.prototype;
    return vi.spyOn(DatabaseSync.prototype, 'exec').mockImplementation(function (this: DatabaseSync, sql) {
      const isThere = this.location()?.startsWith(folder) === true;
      if (isThere && sql === 'BEGIN IMMEDIATE') throw Object.assign(new Error('disk is full'), { errcode: 13 });
      exec.call(this, sql);
    });
  }

  test('whoever waits for an answer when the disk fails is told, and TURN is asked for again', async () => {
    const both = await pair();
    const { b } = both;
    const { network } = b.profile;
    const session = b.profile.session(b.id);
    const asked = (what: string): number => network.asked.filter((path) => path.endsWith(what)).length;
    network.hinder('stalls', /turnServer$|user_directory|\/devices$/);
    const turn = session.turn();
    const found = session.search('nobody');
    const devices = session.trust()?.devices();
    await expect.poll(() => asked('/turnServer') * asked('/search') * asked('/devices')).toBeGreaterThan(0);

    const filled = fill(accountFolder(b.profile.folder, b.id));
    try {
      await invite(both);
      expect(await found).toEqual({ ok: false, reason: 'unreachable' });
      expect(await devices).toEqual({ ok: false, reason: 'signedOut' });
      expect(await turn).toBeNull();
    } finally {
      filled.mockRestore();
    }
    const before = asked('/turnServer');
    network.mend();
    await b.profile.connection(b.id, 'online');
    await expect.poll(() => asked('/turnServer')).toBeGreaterThan(before);
  });

  test('a full disk in the middle of it all: said, and when there is room again nothing was lost', async () => {
    const both = await pair();
    const { ben, b, callId } = both;
    const keys = await deviceKeys(ben);
    const filled = fill(accountFolder(b.profile.folder, b.id));
    try {
      await invite(both);
      await expect
        .poll(() => b.profile.accounts.list())
        .toMatchObject([{ connection: 'offline', trouble: 'diskFull' }]);
      expect(b.profile.callEvents(callId)).toEqual([]);
    } finally {
      filled.mockRestore();
    }
    expect(await b.profile.signal(isOf(callId))).toMatchObject({ encrypted: true, verdict: { ring: true } });
    await b.profile.connection(b.id, 'online');
    await expect.poll(() => b.profile.accounts.list()).toMatchObject([{ trouble: null }]);
    expect(await deviceKeys(ben)).toEqual(keys);
  });

  test('a folder that may not be written to: said, nothing is harmed, and "Try again" works when it may', async () => {
    const both = await pair();
    const { ben, b, callId } = both;
    const keys = await deviceKeys(ben);
    await b.profile.accounts.stop(1000);
    await invite(both);
    const folder = accountFolder(b.profile.folder, b.id);
    const content = () => readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name), 'hex')]);
    const before = content();

    chmodSync(folder, 0o500);
    const child = startChild(
      withoutPrivileges(commandFor('account.ts', b.profile.folder, JSON.stringify(b.profile.disk))),
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    const told = (): AccountTold[] =>
      child
        .output()
        .split('\n')
        .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as AccountTold]));
    const refused = { connection: 'offline', trouble: 'readOnly' };
    await expect.poll(told).toEqual([refused]);
    expect(content()).toEqual(before);

    chmodSync(folder, 0o700);
    child.process.stdin?.write('again\n');
    expect(await child.ended).toBe('0');
    const good = { connection: 'online', trouble: null };
    expect(told()).toEqual([refused, good, { rings: callId, encrypted: true }]);
    expect(await deviceKeys(ben)).toEqual(keys);
  });

  test('a store that another program holds is tried again until it is free', async () => {
    const { b } = await pair();
    const other = profile(b.profile.disk, b.profile.folder);
    await other.accounts.restore();
    await expect.poll(() => other.accounts.list()).toMatchObject([{ trouble: 'locked' }]);
    await b.profile.accounts.stop(1000);
    other.accounts.retry(b.id);
    await other.connection(b.id, 'online');
    await expect.poll(() => other.accounts.list()).toMatchObject([{ trouble: null }]);
  });
});
