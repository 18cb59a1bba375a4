/** People of main against a real homeserver: telephone numbers behind a bridge, favourites, presence, pictures. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { readAvatarUrl } from '../../../main/matrix/avatar-url';
import type { CallId, RoomId, UserId } from '../../../preload/contract/ids';
import type { TestUser } from '../../homeserver/client.ts';
import { type Homeserver, startHomeserver } from '../../homeserver/homeserver.ts';
import { startTelephoneBridge, type TelephoneBridge } from '../../homeserver/telephone-bridge.ts';
import { until } from '../../homeserver/until.ts';
import { makeProfile, outgoing, type Profile } from './profile.ts';

const PASSWORD = 'correct horse';
const client = '/_matrix/client/v3';
const folder = mkdtempSync(path.join(tmpdir(), 'carillon-bridge-'));

let homeserver: Homeserver;
let bridge: TelephoneBridge;
const profiles: Profile[] = [];
let count = 0;

beforeAll(async () => {
  homeserver = await startHomeserver({
    turn: false,
    configure: async (baseUrl) => {
      bridge = await startTelephoneBridge(baseUrl, folder);
      return { ...bridge.config, presence: { enabled: true } };
    },
  });
});
afterEach(async () => {
  await Promise.all(profiles.splice(0).map(({ accounts }) => accounts.stop(1000)));
});
afterAll(async () => {
  await homeserver.stop();
  await bridge.stop();
  rmSync(folder, { recursive: true });
});

function somebody(name: string): Promise<TestUser> {
  return homeserver.register(`${name}${++count}`, PASSWORD, name);
}

async function signedIn(user: TestUser): Promise<{ profile: Profile; id: UserId }> {
  const profile = makeProfile();
  profiles.push(profile);
  const result = await profile.accounts.signIn(homeserver.baseUrl, user.localpart, PASSWORD);
  if (!result.ok) throw new Error(result.reason);
  await profile.connection(result.account, 'online');
  return { profile, id: result.account };
}

describe('a telephone number', () => {
  test('leads to a user of the bridge, who comes into a new room and is told of the call', async () => {
    const { profile, id } = await signedIn(await somebody('anna'));
    const session = profile.session(id);
    expect(await session.numberSupport()).toBe('yes');
    const found = await session.findNumber('+4930901820');
    if (!found.ok || found.person.roomId === null) throw new Error('not found');
    const { roomId } = found.person;
    expect(found.person).toMatchObject({ name: '+4930901820', standing: 'joined', barred: null });
    expect(bridge.lookups.at(-1)).toBe('m.protocol.pstn +4930901820');

    const to = { account: id, roomId, callId: `call${++count}` as CallId };
    expect(await session.send(outgoing(to, 'm.call.invite', 'invite'))).toMatchObject({ ok: true });
    const invite = await until('the invite at the bridge', 20_000, () =>
      Promise.resolve(
        bridge.events.find(({ type, content }) => type === 'm.call.invite' && content.call_id === to.callId),
      ),
    );
    expect(invite).toMatchObject({ room_id: roomId, sender: id });
    // Bridges read nothing that is encrypted.
    expect(homeserver.sentEvents({ roomId, type: 'm.room.encryption' })).toEqual([]);
    // The second time it is the same room.
    expect(await session.findNumber('+4930901820')).toMatchObject({ ok: true, person: { roomId } });
  });

  test('may lead to somebody who is known already', async () => {
    const [anna, ben] = [await somebody('anna'), await somebody('ben')];
    const roomId = await homeserver.directRoom(anna, ben);
    bridge.book.set('110', ben.userId);
    const { profile, id } = await signedIn(anna);
    expect(await profile.session(id).findNumber('110')).toMatchObject({ ok: true, person: { roomId } });
  });

  test('that nobody has is unknown', async () => {
    const { profile, id } = await signedIn(await somebody('anna'));
    expect(await profile.session(id).findNumber('999')).toEqual({ ok: false, reason: 'unknownNumber' });
  });
});

test('without a bridge numbers cannot be called', async () => {
  const plain = await startHomeserver({ turn: false });
  try {
    const anna = await plain.register('anna', PASSWORD);
    const profile = makeProfile();
    profiles.push(profile);
    const result = await profile.accounts.signIn(plain.baseUrl, anna.localpart, PASSWORD);
    if (!result.ok) throw new Error(result.reason);
    await profile.connection(result.account, 'online');
    const session = profile.session(result.account);
    expect(await session.numberSupport()).toBe('no');
    expect(await session.findNumber('110')).toEqual({ ok: false, reason: 'noBridge' });
    await profile.accounts.stop(1000);
  } finally {
    await plain.stop();
  }
});

test('a favourite is one here, at the homeserver, and no longer when another client says so', async () => {
  const [anna, ben] = [await somebody('anna'), await somebody('ben')];
  const roomId = (await homeserver.directRoom(anna, ben)) as RoomId;
  const { profile, id } = await signedIn(anna);
  await profile.person(id, ({ favourite }) => !favourite);
  expect(await profile.session(id).setFavourite(roomId, true)).toEqual({ ok: true });
  await profile.person(id, ({ favourite }) => favourite);
  const tags = `${client}/user/${encodeURIComponent(id)}/rooms/${encodeURIComponent(roomId)}/tags`;
  expect((await homeserver.request(anna.accessToken, 'GET', tags)).body).toMatchObject({
    tags: { 'm.favourite': { order: 0.5 } },
  });
  const again = await signedIn(anna);
  await again.profile.person(id, ({ favourite }) => favourite);
  await homeserver.request(anna.accessToken, 'DELETE', `${tags}/m.favourite`);
  await again.profile.person(id, ({ favourite }) => !favourite);
});

test('what was chosen right before the program quits is not lost', async () => {
  const [anna, ben] = [await somebody('anna'), await somebody('ben')];
  const roomId = (await homeserver.directRoom(anna, ben)) as RoomId;
  const { profile, id } = await signedIn(anna);
  await profile.person(id, ({ favourite }) => !favourite);
  const session = profile.session(id);
  void session.setFavourite(roomId, false);
  void session.setFavourite(roomId, true);
  await profile.accounts.stop(3000);
  const tags = `${client}/user/${encodeURIComponent(id)}/rooms/${encodeURIComponent(roomId)}/tags`;
  expect((await homeserver.request(anna.accessToken, 'GET', tags)).body).toHaveProperty('tags', {
    'm.favourite': { order: 0.5 },
  });
});

test('whoever runs Carillon is online, for whoever looks at them', async () => {
  const [anna, ben] = [await somebody('anna'), await somebody('ben')];
  await homeserver.directRoom(anna, ben);
  const [a, b] = [await signedIn(anna), await signedIn(ben)];
  expect(await a.profile.session(a.id).presence([b.id])).toEqual(['online']);
  const hidden = await somebody('hidden');
  const profile = b.profile.session(b.id);
  expect(await profile.presence([hidden.userId as UserId, a.id])).toEqual([null, 'online']);
});

test('a picture comes through the homeserver, which asks for the token', async () => {
  const [anna, ben] = [await somebody('anna'), await somebody('ben')];
  await homeserver.directRoom(anna, ben);
  const upload = await fetch(`${homeserver.baseUrl}/_matrix/media/v3/upload`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ben.accessToken}`, 'content-type': 'image/png' },
    body: Uint8Array.from(picture),
  });
  const { content_uri: mxc } = (await upload.json()) as { content_uri: string };
  const avatar = `${client}/profile/${encodeURIComponent(ben.userId)}/avatar_url`;
  await homeserver.request(ben.accessToken, 'PUT', avatar, { avatar_url: mxc });
  const { profile, id } = await signedIn(anna);
  const person = await profile.person(id, (one) => one.avatar !== null);
  const address = readAvatarUrl(person.avatar ?? '');
  if (address === null) throw new Error('no address');
  expect(address.account).toBe(id);
  const found = await profile.session(id).avatar(address);
  expect(found?.type).toBe('image/png');
  expect(await profile.session(id).avatar({ ...address, mediaId: 'none' })).toBeNull();
});

/** One pixel. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
