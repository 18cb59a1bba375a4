/** The accounts of main against a real homeserver: signing in and staying so, people, signals both ways, TURN. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import type { CallId, RoomId, UserId } from '../../../preload/contract/ids';
import type { TestUser } from '../../homeserver/client.ts';
import { type Homeserver, startHomeserver } from '../../homeserver/homeserver.ts';
import { until } from '../../homeserver/until.ts';
import { makeProfile, outgoing, type Profile } from './profile.ts';

const PASSWORD = 'correct horse';

let homeserver: Homeserver;
const profiles: Profile[] = [];
let count = 0;

beforeAll(async () => {
  homeserver = await startHomeserver();
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

/** A registered person whom no other test knows. */
function somebody(name = 'p', displayName?: string): Promise<TestUser> {
  return homeserver.register(`${name}${++count}`, PASSWORD, displayName);
}

async function signedIn(user: TestUser, on = profile()): Promise<{ profile: Profile; id: UserId }> {
  const result = await on.accounts.signIn(homeserver.baseUrl, user.localpart, PASSWORD);
  if (!result.ok) throw new Error(result.reason);
  await on.connection(result.account, 'online');
  return { profile: on, id: result.account };
}

const ringing = { lifetime: 60_000, offer: { type: 'offer', sdp: 'v=0' } };

/** Two people who know each other, each signed in. */
async function pair() {
  const [anna, ben] = [await somebody('anna'), await somebody('ben')];
  const roomId = (await homeserver.directRoom(anna, ben)) as RoomId;
  const callId = `call${++count}` as CallId;
  const [a, b] = [await signedIn(anna), await signedIn(ben)];
  return { anna, ben, a, b, roomId, callId, to: { account: a.id, roomId, callId } };
}

describe('signing in', () => {
  test('with a URL on loopback; the account is online and has its name', async () => {
    const user = await somebody('alice', 'Alice Liddell');
    const { profile: own, id } = await signedIn(user);
    expect(id).toBe(user.userId);
    const account = await until('the name', 20_000, () =>
      Promise.resolve(own.accounts.list().find(({ name }) => name === 'Alice Liddell')),
    );
    expect(account).toEqual({
      userId: id,
      name: 'Alice Liddell',
      server: 'carillon.test',
      connection: 'online',
      trouble: null,
    });
  });

  test('blanks around the server, a slash behind it, and the whole user id are tolerated', async () => {
    const user = await somebody();
    const result = await profile().accounts.signIn(` ${homeserver.baseUrl}/ `, ` ${user.userId} `, PASSWORD);
    expect(result).toEqual({ ok: true, account: user.userId });
  });

  test('a wrong password, and a person who does not exist, are refused alike', async () => {
    const user = await somebody();
    const { accounts } = profile();
    expect(await accounts.signIn(homeserver.baseUrl, user.localpart, 'wrong')).toEqual({
      ok: false,
      reason: 'wrongPassword',
    });
    expect(await accounts.signIn(homeserver.baseUrl, 'nobody', 'wrong')).toMatchObject({ reason: 'wrongPassword' });
  });

  test.each([
    ['nothing typed', '  ', 'malformedServer'],
    ['not a name', 'two words', 'malformedServer'],
    ['another protocol', 'ftp://127.0.0.1', 'malformedServer'],
    ['plain http beyond loopback', 'http://matrix.example.org', 'insecureServer'],
    ['a name that cannot resolve', `${'a'.repeat(64)}.invalid`, 'unknownServer'],
    ['a port where nobody listens', 'http://127.0.0.1:1', 'unreachable'],
  ])('%s', async (_what, server, reason) => {
    expect(await profile().accounts.signIn(server, 'alice', PASSWORD)).toEqual({ ok: false, reason });
  });

  test.each([
    ['is looked for', /\/versions$/],
    ['is asked what it offers, or to let us in', /\/login$/],
  ])('a homeserver that goes away while it %s: said, nothing is kept, and later it works', async (_what, at) => {
    const user = await somebody();
    const own = profile();
    const signIn = () => own.accounts.signIn(homeserver.baseUrl, user.localpart, PASSWORD);
    own.network.hinder('fails', at);
    expect(await signIn()).toEqual({ ok: false, reason: 'unreachable' });
    own.network.hinder('stalls', at);
    const before = own.network.asked.length;
    const waiting = signIn();
    await expect.poll(() => own.network.asked.length).toBeGreaterThan(before);
    own.accounts.cancelSignIn();
    expect(await waiting).toEqual({ ok: false, reason: 'cancelled' });
    expect([own.disk, own.accounts.list()]).toEqual([[], []]);
    own.network.mend();
    expect(await signIn()).toMatchObject({ ok: true });
  });

  test('a web server that is no homeserver', async () => {
    const server = createServer((_request, response) => response.end('<html>Welcome</html>'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await profile().accounts.signIn(url, 'alice', PASSWORD)).toEqual({ ok: false, reason: 'notMatrix' });
    // Plain HTTP where TLS is expected.
    const name = url.replace('http:', 'https:');
    expect(await profile().accounts.signIn(name, 'alice', PASSWORD)).toEqual({ ok: false, reason: 'notMatrix' });
    server.close();
  });

  test('twice: the second login is ended at the homeserver', async () => {
    const user = await somebody();
    const { profile: own } = await signedIn(user);
    const again = await own.accounts.signIn(homeserver.baseUrl, user.localpart, PASSWORD);
    expect(again).toEqual({ ok: false, reason: 'alreadySignedIn' });
    const { body } = await homeserver.request(user.accessToken, 'GET', '/_matrix/client/v3/devices');
    expect(body.devices).toHaveLength(2); // of the test set-up, and ours
  });
});

describe('staying signed in', () => {
  test('a session is there again at the next start, and people with it', async () => {
    const [anna, ben] = [await somebody('anna', 'Anna'), await somebody('ben', 'Ben')];
    await homeserver.directRoom(anna, ben);
    const { profile: first, id } = await signedIn(anna);
    await first.accounts.stop(1000);
    expect(JSON.stringify(first.disk)).not.toContain(anna.accessToken);

    const second = profile(first.disk, first.folder);
    await second.accounts.restore();
    await second.connection(id, 'online');
    const person = await second.person(id, ({ userId }) => userId === ben.userId);
    expect(person).toMatchObject({ name: 'Ben', standing: 'joined', barred: null });
  });

  test('a device removed elsewhere is signed out, shown, and can sign in again', async () => {
    const user = await somebody();
    const { profile: own, id } = await signedIn(user);
    await homeserver.request(user.accessToken, 'POST', '/_matrix/client/v3/logout/all', {});
    own.accounts.wake(); // else the poll under way notices half a minute later
    await own.connection(id, 'signedOut');
    expect(own.disk).toMatchObject([{ userId: id, secret: null, ended: 'hard' }]);

    const next = profile(own.disk, own.folder);
    await next.accounts.restore();
    expect(next.accounts.list()).toMatchObject([{ userId: id, connection: 'signedOut' }]);
    const before = own.disk[0]?.deviceId;
    await signedIn(user, next);
    expect(own.disk).toMatchObject([{ userId: id, ended: null }]);
    expect(own.disk[0]?.deviceId, 'its keys are gone with it').not.toBe(before);
    expect(own.disk[0]?.secret).not.toBeNull();
  });

  test('a session that has expired asks for the login alone, and keeps its device', async () => {
    const brief = await startHomeserver({
      turn: false,
      configure: () => Promise.resolve({ nonrefreshable_access_token_lifetime: '8s' }),
    });
    try {
      const user = await brief.register('anna', PASSWORD);
      const own = profile();
      const signIn = () => own.accounts.signIn(brief.baseUrl, user.localpart, PASSWORD);
      expect(await signIn()).toMatchObject({ ok: true });
      const id = user.userId as UserId;
      await own.connection(id, 'online');
      const device = own.disk[0]?.deviceId;
      const shake = setInterval(own.accounts.wake, 500);
      await own.connection(id, 'signedOut');
      clearInterval(shake);
      expect(own.disk).toMatchObject([{ userId: id, secret: null, ended: 'soft' }]);
      expect(await signIn()).toMatchObject({ ok: true });
      await own.connection(id, 'online');
      expect(own.disk).toMatchObject([{ userId: id, deviceId: device, ended: null }]);
      await own.accounts.stop(0);
    } finally {
      await brief.stop();
    }
  });

  test('signing out ends the session at the homeserver and forgets it here', async () => {
    const user = await somebody();
    const { profile: own, id } = await signedIn(user);
    await own.accounts.signOut(id);
    expect(own.disk).toEqual([]);
    expect(own.accounts.list()).toEqual([]);
    const { body } = await homeserver.request(user.accessToken, 'GET', '/_matrix/client/v3/devices');
    expect(body.devices).toHaveLength(1);
  });

  test('several accounts at once, each with its own people', async () => {
    const [anna, ben, carl] = [await somebody('anna'), await somebody('ben'), await somebody('carl')];
    await homeserver.directRoom(anna, ben);
    await homeserver.directRoom(ben, carl);
    const one = await signedIn(anna);
    const { id } = await signedIn(ben, one.profile);
    await one.profile.person(one.id, ({ userId }) => userId === ben.userId);
    await one.profile.person(id, ({ userId }) => userId === carl.userId);
    expect(one.profile.people.get(one.id)).toHaveLength(1);
    expect(one.profile.people.get(id)).toHaveLength(2);
  });

  test('of several accounts either rings as itself, and a call goes out from the one that was chosen', async () => {
    const [home, work, carl] = [await somebody('home'), await somebody('work'), await somebody('carl')];
    const rooms = [await homeserver.directRoom(carl, home), await homeserver.directRoom(carl, work)] as RoomId[];
    const { profile: own, id: first } = await signedIn(home);
    const { id: second } = await signedIn(work, own);
    const { profile: caller, id: other } = await signedIn(carl);
    const calls = [first, second].map((account, n) => ({ account, roomId: rooms[n] ?? ('' as RoomId), n }));

    for (const { account, roomId, n } of calls) {
      const callId = `in${n}` as CallId;
      await caller.session(other).send(outgoing({ account: other, roomId, callId }, 'm.call.invite', 's0', ringing));
      await own.signal((signal) => signal.kind === 'event' && signal.callId === callId);
      expect(own.callEvents(callId)).toMatchObject([{ account, sender: other, verdict: { ring: true } }]);
    }
    for (const { account, roomId, n } of calls) {
      const callId = `out${n}` as CallId;
      await own.session(account).send(outgoing({ account, roomId, callId }, 'm.call.invite', 's0', ringing));
      await caller.signal((signal) => signal.kind === 'event' && signal.callId === callId);
      expect(caller.callEvents(callId)).toMatchObject([{ sender: account, verdict: { ring: true } }]);
    }
  });
});

describe('signals', () => {
  test('arrive in the order of sending, once each, with age and verdict', async () => {
    const { a, b, callId, to } = await pair();
    const send = a.profile.session(a.id).send;
    const invite = send(
      outgoing(to, 'm.call.invite', 's0', { lifetime: 60_000, offer: { type: 'offer', sdp: 'v=0' } }),
    );
    const rest = ['s1', 's2', 's3'].map((id) => send(outgoing(to, 'm.call.candidates', id, { candidates: [], id })));
    const again = send(outgoing(to, 'm.call.candidates', 's3', { candidates: [], id: 'again' }));
    expect((await Promise.all([invite, ...rest])).every(({ ok }) => ok)).toBe(true);
    expect(await again).toEqual(await rest[2]);
    await send(outgoing(to, 'm.call.hangup', 's4', { reason: 'user_hangup' }));

    await b.profile.signal((signal) => signal.kind === 'event' && signal.type === 'm.call.hangup');
    const received = b.profile.callEvents(callId);
    expect(received.map(({ content }) => content.id ?? content.call_id)).toEqual([callId, 's1', 's2', 's3', callId]);
    const [first] = received;
    expect(first).toMatchObject({ sender: a.id, account: b.id, members: 2, encrypted: false, verdict: { ring: true } });
    expect(first?.age).toBeGreaterThanOrEqual(0);
    expect(first?.age).toBeLessThan(10_000);
    // Our own come back, too: other devices of ours could have sent them.
    expect(a.profile.callEvents(callId)[0]).toMatchObject({ sender: a.id, verdict: { ring: false, why: 'ownUser' } });
  });

  test('into a room in clear: the homeserver is asked once whether it is, ahead of the call', async () => {
    const { a, roomId, to } = await pair();
    const session = a.profile.session(a.id);
    session.prepare(roomId);
    for (const id of ['s0', 's1']) await session.send(outgoing(to, 'm.call.invite', id, { lifetime: 60_000 }));
    expect(a.profile.network.asked.filter((path) => path.includes('m.room.encryption'))).toHaveLength(1);
  });

  test('LV-05, LV-07: at the start a settled invite is silent and a live one rings', async () => {
    const [anna, ben] = [await somebody('anna'), await somebody('ben')];
    const roomId = (await homeserver.directRoom(anna, ben)) as RoomId;
    const { profile: caller, id } = await signedIn(anna);
    const [over, live] = ['over1', 'live1'].map((callId) => ({ account: id, roomId, callId: callId as CallId }));
    if (!over || !live) throw new Error('unreachable');
    const { send } = caller.session(id);
    await send(outgoing(over, 'm.call.invite', 'a', { lifetime: 60_000 }));
    await send(outgoing(over, 'm.call.hangup', 'b', { reason: 'user_hangup' }));
    await send(outgoing(live, 'm.call.invite', 'a', { lifetime: 60_000 }));

    const { profile: callee } = await signedIn(ben);
    await callee.signal((signal) => signal.kind === 'event' && signal.callId === 'live1');
    expect(callee.callEvents('over1' as CallId)[0]?.verdict).toEqual({ ring: false, why: 'settled' });
    expect(callee.callEvents('live1' as CallId)[0]?.verdict).toEqual({ ring: true });
  });

  test('LV-05: a second restart within minutes is not told what the first one was told', async () => {
    const { a, b, callId, to } = await pair();
    const { send } = a.profile.session(a.id);
    await send(outgoing(to, 'm.call.invite', 's0', { lifetime: 60_000 }));
    const isInvite = (signal: { kind: string }): boolean => signal.kind === 'event' && 'verdict' in signal;
    await b.profile.signal(isInvite);
    await b.profile.accounts.stop(0);
    const first = profile(b.profile.disk, b.profile.folder);
    await first.accounts.restore();
    await first.signal(isInvite);
    await first.accounts.stop(0);

    await send(outgoing(to, 'm.call.hangup', 's1', { reason: 'user_hangup' }));
    const second = profile(b.profile.disk, b.profile.folder);
    await second.accounts.restore();
    await second.signal((signal) => signal.kind === 'event' && signal.type === 'm.call.hangup');
    expect(second.callEvents(callId)[0]?.verdict).toEqual({ ring: false, why: 'settled' });
  });

  test('LV-06: what a limited timeline left out is fetched before anything rings', async () => {
    const { anna, b, roomId, callId } = await pair();
    await b.profile.accounts.stop(0);
    const send = (type: string, id: string, content: object): Promise<unknown> =>
      homeserver.request(
        anna.accessToken,
        'PUT',
        `/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}/send/${type}/${id}`,
        { call_id: callId, party_id: 'other', version: '1', ...content },
      );
    await send('m.call.invite', 't-invite', { lifetime: 60_000 });
    for (let n = 0; n < 30; n++) await send('m.call.candidates', `t-${n}`, { candidates: [], n });
    const late = profile(b.profile.disk, b.profile.folder);
    await late.accounts.restore();
    await late.signal((signal) => signal.kind === 'event' && signal.content.n === 29);
    const received = late.callEvents(callId);
    expect(received).toHaveLength(31);
    expect(received[0]).toMatchObject({ type: 'm.call.invite', verdict: { ring: true } });
    expect(received.slice(1).map(({ content }) => content.n)).toEqual([...Array(30).keys()]);
  });

  test('LV-06: a gap while the program runs is filled in order, and nothing comes twice', async () => {
    const { a, b, callId, to } = await pair();
    const { send } = a.profile.session(a.id);
    await send(outgoing(to, 'm.call.invite', 's0', { lifetime: 60_000 }));
    await b.profile.signal((signal) => signal.kind === 'event' && signal.callId === callId);
    b.profile.network.cut();
    await b.profile.connection(b.id, 'offline');
    for (let n = 0; n < 55; n++) await send(outgoing(to, 'm.call.candidates', `c${n}`, { candidates: [], n }));
    await send(outgoing(to, 'm.call.hangup', 'end', { reason: 'user_hangup' }));
    b.profile.network.mend();
    b.profile.accounts.wake();

    await b.profile.signal((signal) => signal.kind === 'event' && signal.type === 'm.call.hangup');
    const received = b.profile.callEvents(callId);
    expect(received.map(({ type }) => type)).toEqual([
      'm.call.invite',
      ...Array<string>(55).fill('m.call.candidates'),
      'm.call.hangup',
    ]);
    expect(received.slice(1, -1).map(({ content }) => content.n)).toEqual([...Array(55).keys()]);
    await b.profile.connection(b.id, 'online');
  });

  test('LV-15: a redacted invite; RM-01: a member who leaves', async () => {
    const { anna, a, b, roomId, callId, to } = await pair();
    const sent = await a.profile.session(a.id).send(outgoing(to, 'm.call.invite', 's0', { lifetime: 60_000 }));
    if (!sent.ok) throw new Error(sent.reason);
    await b.profile.signal((signal) => signal.kind === 'event' && signal.callId === callId);
    const room = `/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}`;
    await homeserver.request(anna.accessToken, 'PUT', `${room}/redact/${encodeURIComponent(sent.eventId)}/r1`, {});
    expect(await b.profile.signal(({ kind }) => kind === 'redacted')).toMatchObject({ roomId, callId });
    await homeserver.request(anna.accessToken, 'POST', `${room}/leave`, {});
    expect(await b.profile.signal(({ kind }) => kind === 'left')).toMatchObject({ roomId, userId: a.id });
    expect(await a.profile.signal(({ kind }) => kind === 'left')).toMatchObject({ roomId, userId: a.id });
    await b.profile.person(b.id, ({ userId, standing }) => userId === a.id && standing === 'left');
  });

  test('while the homeserver is down a signal waits, and leaves when it is back', async () => {
    const { a, b, callId, to } = await pair();
    await homeserver.stopServer();
    await a.profile.connection(a.id, 'offline');
    const sending = a.profile.session(a.id).send(outgoing(to, 'm.call.invite', 's0', { lifetime: 60_000 }));
    await homeserver.startServer();
    expect(await sending).toMatchObject({ ok: true });
    a.profile.accounts.wake();
    b.profile.accounts.wake();
    await a.profile.connection(a.id, 'online');
    await b.profile.signal((signal) => signal.kind === 'event' && signal.callId === callId);
    expect(homeserver.sentEvents({ roomId: to.roomId, type: 'm.call.invite' })).toHaveLength(1);
  });

  test('a homeserver that takes connections but does not answer, and comes back', async () => {
    const { a, b, callId, to } = await pair();
    homeserver.pause();
    const { send } = a.profile.session(a.id);
    const invite = send(outgoing(to, 'm.call.invite', 's0', { lifetime: 60_000 }));
    const hangup = send(outgoing(to, 'm.call.hangup', 's1', { reason: 'user_hangup' }));
    homeserver.resume();
    // AN-19: the invite was under way when the hangup was asked for, so it goes first and the hangup follows.
    expect(await Promise.all([invite, hangup])).toMatchObject([{ ok: true }, { ok: true }]);
    await b.profile.signal((signal) => signal.kind === 'event' && signal.type === 'm.call.hangup');
    expect(b.profile.callEvents(callId).map(({ type }) => type)).toEqual(['m.call.invite', 'm.call.hangup']);
  });

  test('AN-19: a hangup without network takes an invite with it that was never ready to leave', async () => {
    const { a, to } = await pair();
    a.profile.network.cut();
    const { send } = a.profile.session(a.id);
    const invite = send(outgoing(to, 'm.call.invite', 's0', { lifetime: 60_000 }));
    const hangup = send(outgoing(to, 'm.call.hangup', 's1', { reason: 'user_hangup' }));
    expect(await invite).toEqual({ ok: false, reason: 'cancelled' });
    a.profile.network.mend();
    a.profile.accounts.wake();
    // Whether the room is encrypted could not be asked: nobody has heard of the call.
    expect(await hangup).toEqual({ ok: false, reason: 'cancelled' });
    expect(homeserver.sentEvents({ roomId: to.roomId }).filter(({ type }) => type.startsWith('m.call.'))).toEqual([]);
  });

  test('AN-19: a hangup without network follows an invite that may have left', async () => {
    const { a, to } = await pair();
    const { send } = a.profile.session(a.id);
    await send(outgoing({ ...to, callId: 'earlier' as CallId }, 'm.call.invite', 's0', { lifetime: 60_000 }));
    a.profile.network.cut();
    const invite = send(outgoing(to, 'm.call.invite', 's0', { lifetime: 60_000 }));
    const hangup = send(outgoing(to, 'm.call.hangup', 's1', { reason: 'user_hangup' }));
    expect(await invite).toEqual({ ok: false, reason: 'cancelled' });
    a.profile.network.mend();
    a.profile.accounts.wake();
    expect(await hangup).toMatchObject({ ok: true });
    const sent = homeserver.sentEvents({ roomId: to.roomId }).filter(({ content }) => content.call_id === to.callId);
    expect(sent.map(({ type }) => type)).toEqual(['m.call.hangup']);
  });

  test('AN-22, AN-27: stopping waits for the hangup', async () => {
    const { a, to } = await pair();
    const { send } = a.profile.session(a.id);
    await send(outgoing(to, 'm.call.invite', 's0', { lifetime: 60_000 }));
    const hangup = send(outgoing(to, 'm.call.hangup', 's1', { reason: 'user_hangup' }));
    await a.profile.accounts.stop(5000);
    expect(await hangup).toMatchObject({ ok: true });
    expect(homeserver.sentEvents({ roomId: to.roomId, type: 'm.call.hangup' })).toHaveLength(1);
  });

  test('a room that was left refuses', async () => {
    const { anna, a, to } = await pair();
    const path = `/_matrix/client/v3/rooms/${encodeURIComponent(to.roomId)}/leave`;
    await homeserver.request(anna.accessToken, 'POST', path, {});
    const sent = await a.profile.session(a.id).send(outgoing(to, 'm.call.invite', 's0'));
    expect(sent).toEqual({ ok: false, reason: 'forbidden' });
  });
});

describe('what does not ring', () => {
  const client = '/_matrix/client/v3';

  /** Ben's own device, as the homeserver knows it. */
  async function deviceOf(ben: TestUser): Promise<string> {
    const { body } = await homeserver.request(ben.accessToken, 'GET', `${client}/devices`);
    const devices = body.devices as readonly { readonly device_id: string }[];
    return devices.find(({ device_id: id }) => id !== ben.deviceId)?.device_id ?? '';
  }

  test.each<[string, string, (pairs: Awaited<ReturnType<typeof pair>>) => Promise<unknown>]>([
    [
      'RG-06 a room that was muted',
      'muted',
      ({ ben, roomId }) => {
        const rule = `${client}/pushrules/global/override/${encodeURIComponent(roomId)}`;
        const conditions = [{ kind: 'event_match', key: 'room_id', pattern: roomId }];
        return homeserver.request(ben.accessToken, 'PUT', rule, { conditions, actions: [] });
      },
    ],
    [
      'RG-06 calls switched off in the push rules',
      'muted',
      ({ ben }) =>
        homeserver.request(ben.accessToken, 'PUT', `${client}/pushrules/global/underride/.m.rule.call/enabled`, {
          enabled: false,
        }),
    ],
    [
      'RG-06 a device that was silenced from another one',
      'doNotDisturb',
      async ({ ben }) => {
        const type = `org.matrix.msc3890.local_notification_settings.${await deviceOf(ben)}`;
        const path = `${client}/user/${encodeURIComponent(ben.userId)}/account_data/${type}`;
        return homeserver.request(ben.accessToken, 'PUT', path, { is_silenced: true });
      },
    ],
  ])('%s', async (_what, why, arrange) => {
    const both = await pair();
    await arrange(both);
    const { a, b, callId, to } = both;
    await a.profile.session(a.id).send(outgoing(to, 'm.call.invite', 's0', { lifetime: 60_000 }));
    await b.profile.signal((signal) => signal.kind === 'event' && signal.callId === callId);
    expect(b.profile.callEvents(callId)[0]?.verdict).toEqual({ ring: false, why });
  });

  test('V1-07: a call to ourselves rings on our other devices, not on the one that placed it', async () => {
    const { ben, b, roomId, callId } = await pair();
    const other = await signedIn(ben);
    const to = { account: b.id, roomId, callId };
    await b.profile.session(b.id).send(outgoing(to, 'm.call.invite', 's0', { lifetime: 60_000, invitee: b.id }));
    await other.profile.signal((signal) => signal.kind === 'event' && signal.callId === callId);
    await b.profile.signal((signal) => signal.kind === 'event' && signal.callId === callId);
    expect(other.profile.callEvents(callId)[0]?.verdict).toEqual({ ring: true });
    expect(b.profile.callEvents(callId)[0]?.verdict).toEqual({ ring: false, why: 'ownUser' });
  });
});

describe('people', () => {
  test('are found by name and address; who does not exist is not', async () => {
    const user = await somebody('finder');
    const wanted = await somebody('wanted', 'Wanda Wanted');
    const { profile: own, id } = await signedIn(user);
    const { search } = own.session(id);
    const found = await until('the user directory', 20_000, async () => {
      const result = await search('wand');
      return result.ok && result.people.length > 0 ? result : undefined;
    });
    expect(found.people).toMatchObject([{ userId: wanted.userId, name: 'Wanda Wanted', standing: 'none' }]);
    expect(await search(` ${wanted.userId} `)).toMatchObject({ ok: true, people: [{ name: 'Wanda Wanted' }] });
    expect(await search('@nobody:carillon.test')).toEqual({ ok: false, reason: 'notFound' });
    expect(await search('@broken: name')).toEqual({ ok: false, reason: 'malformed' });
    expect(await search(id)).toEqual({ ok: false, reason: 'self' });
  });

  test('an invitation is sent, seen, accepted; both then know each other', async () => {
    const [anna, ben] = [await somebody('anna'), await somebody('ben', 'Ben')];
    const [a, b] = [await signedIn(anna), await signedIn(ben)];
    const { startDirect } = a.profile.session(a.id);
    const [started, twice] = await Promise.all([startDirect(b.id), startDirect(b.id)]);
    expect(started).toMatchObject({ ok: true, person: { name: 'Ben', standing: 'invited' } });
    expect(twice).toEqual(started);
    await a.profile.person(a.id, ({ userId, standing }) => userId === b.id && standing === 'invited');

    const invitation = await b.profile.person(b.id, ({ standing }) => standing === 'invitesUs');
    expect(invitation).toMatchObject({ userId: a.id, roomId: started.ok ? started.person.roomId : '' });
    if (!invitation.roomId) throw new Error('unreachable');
    expect(await b.profile.session(b.id).accept(invitation.roomId)).toMatchObject({ ok: true });
    await b.profile.person(b.id, ({ standing }) => standing === 'joined');
    await a.profile.person(a.id, ({ standing, barred }) => standing === 'joined' && barred === null);
    expect(await startDirect(b.id)).toMatchObject({ ok: true, person: { roomId: invitation.roomId } });

    const path = `/_matrix/client/v3/user/${encodeURIComponent(b.id)}/account_data/m.direct`;
    const marked = await until('m.direct', 20_000, async () => {
      const { status, body } = await homeserver.request(ben.accessToken, 'GET', path);
      return status === 200 ? body : undefined;
    });
    expect(marked).toEqual({ [a.id]: [invitation.roomId] });
  });

  test('an invitation that is declined is gone', async () => {
    const [anna, ben] = [await somebody('anna'), await somebody('ben')];
    const [a, b] = [await signedIn(anna), await signedIn(ben)];
    await a.profile.session(a.id).startDirect(b.id);
    const { roomId } = await b.profile.person(b.id, ({ standing }) => standing === 'invitesUs');
    if (!roomId) throw new Error('unreachable');
    expect(await b.profile.session(b.id).declineInvitation(roomId)).toEqual({ ok: true });
    await a.profile.person(a.id, ({ userId, standing }) => userId === b.id && standing === 'left');
    await until('no people', 20_000, () => Promise.resolve(b.profile.people.get(b.id)?.length === 0 || undefined));
  });

  test('RG-08: who may not send call events is barred; an encrypted room needs other rights', async () => {
    const [anna, ben, carl] = [await somebody('anna'), await somebody('ben'), await somebody('carl')];
    await homeserver.directRoom(carl, ben, { encrypted: true });
    const made = await homeserver.request(anna.accessToken, 'POST', '/_matrix/client/v3/createRoom', {
      preset: 'private_chat',
      invite: [ben.userId],
      power_level_content_override: { events: { 'm.call.hangup': 50 } },
    });
    const path = `/_matrix/client/v3/join/${encodeURIComponent(String(made.body.room_id))}`;
    await homeserver.request(ben.accessToken, 'POST', path, {});
    const { profile: own, id } = await signedIn(ben);
    const barred = await own.person(id, ({ userId }) => userId === anna.userId);
    expect(barred).toMatchObject({ standing: 'joined', barred: 'powerLevel' });
    const encrypted = await own.person(id, ({ userId }) => userId === carl.userId);
    expect(encrypted).toMatchObject({ standing: 'joined', barred: null });
  });
});

test('TURN credentials are those of the homeserver', async () => {
  const { profile: own, id } = await signedIn(await somebody());
  const servers = await own.session(id).turn();
  expect(servers?.urls).toEqual(homeserver.turn);
  expect(servers?.username).toContain(id);
  expect(servers?.expiresAt).toBeGreaterThan(Date.now());
  expect(own.turn).toEqual([servers]);
});
