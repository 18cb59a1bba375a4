/** Verifying by emoji on a real homeserver, in both roles, with a plain matrix-js-sdk client and with ourselves. */
import type { MatrixClient, MatrixError } from 'matrix-js-sdk';
import { CryptoEvent } from 'matrix-js-sdk/lib/crypto-api/index.js';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import type { RoomId, UserId } from '../../../../preload/contract/ids';
import type { Verification, VerificationStage } from '../../../../preload/contract/trust';
import { emojiNumbers } from '../../../../main/trust/emoji';
import type { TestUser } from '../../../homeserver/client';
import { type Homeserver, startHomeserver } from '../../../homeserver/homeserver';
import { setUpBackup, startPeer } from '../store/peers';
import { acceptNext, askFor, nextRequest } from './plain-peer';
import { type Device, startDevice, stopQuietly } from './support';

let homeserver: Homeserver;
const ends: (() => Promise<void>)[] = [];
let count = 0;

beforeAll(async () => {
  homeserver = await startHomeserver({ turn: false });
});
afterEach(async () => {
  await Promise.all(ends.splice(0).map((end) => end()));
});
afterAll(() => homeserver.stop());

const somebody = (): Promise<TestUser> => homeserver.register(`sas${++count}`, 'correct horse');

async function device(user: TestUser): Promise<Device> {
  const made = await startDevice(homeserver.baseUrl, user);
  ends.push(made.stop);
  return made;
}

async function plain(user: TestUser): Promise<MatrixClient> {
  const made = await startPeer(homeserver.baseUrl, user);
  ends.push(() => stopQuietly(made));
  return made;
}

const personOf = ({ userId }: TestUser, roomId: string) => ({ userId: userId as UserId, roomId: roomId as RoomId });
const whom = (userId: string, roomId: string | null = null) => ({
  userId: userId as UserId,
  deviceId: null,
  roomId: roomId as RoomId | null,
});

const stageOf = (found: Verification | undefined): VerificationStage['name'] | undefined => found?.stage.name;
const sees = (at: Device, stage: VerificationStage['name']): Promise<Verification> =>
  at
    .sees(stage, ({ verifications }) => verifications.some((one) => one.stage.name === stage))
    .then((trust) => {
      const found = trust.verifications.find((one) => one.stage.name === stage);
      if (!found) throw new Error('unreachable');
      return found;
    });
const why = async (at: Device): Promise<unknown> => (await sees(at, 'cancelled')).stage;

/** A plain client with an identity and a backup, and a new device of ours that it does not trust. */
async function ownDevices() {
  const user = await somebody();
  const old = await plain(user);
  await setUpBackup(old);
  const fresh = await device(await homeserver.login(user.localpart, user.password));
  await fresh.sees('what it lacks', ({ identity, hasOtherDevices }) => identity === 'unverified' && hasOtherDevices);
  return { user, old, fresh };
}

describe('our own devices', () => {
  test('we ask a plain client; the emoji agree; we are verified, and get identity and backup key from it', async () => {
    const { user, old, fresh } = await ownDevices();
    const theirs = acceptNext(old, 'match');
    expect(await fresh.trust.verify(whom(user.userId))).toEqual({ ok: true });
    const { id, stage } = await sees(fresh, 'comparing');
    const { saw } = await theirs;
    const seen = emojiNumbers((await saw)?.emoji ?? []);
    expect(stage).toEqual({ name: 'comparing', shown: { kind: 'emoji', emoji: seen } });
    fresh.trust.answer(id, 'match');
    await sees(fresh, 'done');
    expect(await (await theirs).ended).toBeNull();
    await fresh.sees('that it is verified', ({ identity }) => identity === 'verified');
    await fresh.sees('the backup', ({ backup }) => backup.state === 'on');
    fresh.trust.answer(id, 'close');
    expect(fresh.trust.current().verifications).toEqual([]);
  });

  test('a plain client asks us; we accept, and it begins', async () => {
    const user = await somebody();
    const ours = await device(user);
    await ours.sees('an identity', ({ identity, task }) => identity === 'verified' && task === null);
    const fresh = await plain(await homeserver.login(user.localpart, user.password));
    await fresh.getCrypto()?.userHasCrossSigningKeys(user.userId, true);
    const request = await fresh.getCrypto()?.requestOwnUserVerification();
    if (!request) throw new Error('unreachable');
    const theirs = askFor(request, 'match');
    const { id, userId, direction } = await sees(ours, 'requested');
    expect({ userId, direction }).toEqual({ userId: user.userId, direction: 'incoming' });
    ours.trust.answer(id, 'accept');
    await sees(ours, 'comparing');
    expect(ours.trust.current().verifications[0]?.deviceName).toBeTruthy();
    ours.trust.answer(id, 'match');
    await sees(ours, 'done');
    expect(await theirs.ended).toBeNull();
    await ours.sees('the other as verified', ({ hasOtherDevices }) => hasOtherDevices);
  });

  test('two of ours, one asks and one answers', async () => {
    const user = await somebody();
    const first = await device(user);
    await first.sees('an identity', ({ identity, task }) => identity === 'verified' && task === null);
    const second = await device(await homeserver.login(user.localpart, user.password));
    await second.sees('what it lacks', ({ hasOtherDevices }) => hasOtherDevices);
    await second.trust.verify(whom(user.userId));
    first.trust.answer((await sees(first, 'requested')).id, 'accept');
    const [a, b] = [await sees(first, 'comparing'), await sees(second, 'comparing')];
    expect(a.stage).toEqual(b.stage);
    first.trust.answer(a.id, 'match');
    await sees(first, 'confirmed');
    second.trust.answer(b.id, 'match');
    await Promise.all([sees(first, 'done'), sees(second, 'done')]);
    await second.sees('that it is verified', ({ identity }) => identity === 'verified');
  });

  test.each([
    ['they say that the emoji differ', 'mismatch', 'mismatch'],
    ['they give up while comparing', 'cancel', 'theyCancelled'],
  ] as const)('%s: told, and nothing is verified', async (_what, verdict, reason) => {
    const { user, old, fresh } = await ownDevices();
    const theirs = acceptNext(old, verdict);
    await fresh.trust.verify(whom(user.userId));
    expect(await why(fresh)).toEqual({ name: 'cancelled', why: reason });
    expect(await (await theirs).ended).toContain('m.');
    expect(fresh.trust.current().identity).toBe('unverified');
  });

  test('we say that the emoji differ: they are told', async () => {
    const { user, old, fresh } = await ownDevices();
    const theirs = acceptNext(old, 'nothing');
    await fresh.trust.verify(whom(user.userId));
    fresh.trust.answer((await sees(fresh, 'comparing')).id, 'mismatch');
    expect(await why(fresh)).toEqual({ name: 'cancelled', why: 'mismatch' });
    expect(await (await theirs).ended).toContain('m.mismatched_sas');
  });

  test('they decline: told', async () => {
    const { user, old, fresh } = await ownDevices();
    const theirs = nextRequest(old).then((request) => request.cancel());
    await fresh.trust.verify(whom(user.userId));
    expect(await why(fresh)).toEqual({ name: 'cancelled', why: 'declined' });
    await theirs;
  });

  test('we decline, or they take it back: nothing is left on the screen', async () => {
    const { user, old, fresh } = await ownDevices();
    const crypto = old.getCrypto();
    const first = await crypto?.requestOwnUserVerification();
    await first?.cancel();
    await fresh.sees('nothing', ({ verifications }) => verifications.length === 0);
    const second = await crypto?.requestDeviceVerification(user.userId, fresh.user.deviceId);
    fresh.trust.answer((await sees(fresh, 'requested')).id, 'cancel');
    expect(fresh.trust.current().verifications).toEqual([]);
    await expect.poll(() => second?.cancellationCode).toBe('m.user');
  });

  test('a homeserver that goes away in the middle: the wait can be given up', async () => {
    const { user, old, fresh } = await ownDevices();
    const theirs = acceptNext(old, 'match');
    await fresh.trust.verify(whom(user.userId));
    const { id } = await sees(fresh, 'comparing');
    await theirs;
    homeserver.pause();
    fresh.trust.answer(id, 'match');
    expect(stageOf(fresh.trust.current().verifications[0])).toBe('confirmed');
    fresh.trust.answer(id, 'cancel');
    expect(await why(fresh)).toEqual({ name: 'cancelled', why: 'weCancelled' });
    homeserver.resume();
  });
});

describe('other people', () => {
  async function pair(encrypted = true) {
    const [anna, ben] = [await somebody(), await somebody()];
    const roomId = await homeserver.directRoom(anna, ben, { encrypted });
    const peer = await plain(ben);
    await setUpBackup(peer);
    const ours = await device(anna);
    ours.people.push(personOf(ben, roomId));
    await ours.sees('an identity', ({ identity, task }) => identity === 'verified' && task === null);
    return { anna, ben, roomId, peer, ours };
  }
  const trustIn = ({ trust }: Device, { userId }: TestUser): string | undefined =>
    trust.current().people.find((person) => person.userId === userId)?.trust;

  test('we ask them in the direct room, and they are verified; with a new identity, they have changed', async () => {
    const { ben, roomId, peer, ours } = await pair();
    const theirs = acceptNext(peer, 'match');
    await expect.poll(() => ours.trust.verify(whom(ben.userId, roomId))).toEqual({ ok: true });
    ours.trust.answer((await sees(ours, 'comparing')).id, 'match');
    await sees(ours, 'done');
    expect(await (await theirs).ended).toBeNull();
    await expect.poll(() => trustIn(ours, ben)).toBe('verified');
    expect(await ours.trust.look(ben.userId as UserId, roomId as RoomId)).toEqual({
      trust: 'verified',
      encrypted: true,
    });

    await peer.getCrypto()?.resetEncryption(async (send) => {
      const auth = {
        type: 'm.login.password',
        identifier: { type: 'm.id.user', user: ben.userId },
        password: ben.password,
      };
      await send(null).catch((error: unknown) =>
        send({ ...auth, session: String((error as MatrixError).data.session) }),
      );
    });
    await expect.poll(() => trustIn(ours, ben)).toBe('changed');
    expect(await ours.trust.acceptIdentity(ben.userId as UserId)).toEqual({ ok: true });
    expect(trustIn(ours, ben)).toBeUndefined();
  });

  test('they ask us in the direct room', async () => {
    const { anna, ben, roomId, peer, ours } = await pair();
    await expect.poll(async () => (await peer.getCrypto()?.getUserVerificationStatus(anna.userId))?.known).toBe(true);
    const request = await peer.getCrypto()?.requestVerificationDM(anna.userId, roomId);
    if (!request) throw new Error('unreachable');
    const theirs = askFor(request, 'match');
    ours.trust.answer((await sees(ours, 'requested')).id, 'accept');
    ours.trust.answer((await sees(ours, 'comparing')).id, 'match');
    await sees(ours, 'done');
    expect(await theirs.ended).toBeNull();
    await expect.poll(() => trustIn(ours, ben)).toBe('verified');
  });

  test('whoever has no room with us, or asks a device of ours, does not reach the person', async () => {
    const { anna, roomId, peer, ours } = await pair();
    const crypto = peer.getCrypto();
    await expect.poll(async () => (await crypto?.getUserVerificationStatus(anna.userId))?.known).toBe(true);
    let arrived = 0;
    ours.client.on(CryptoEvent.VerificationRequestReceived, () => arrived++);
    await crypto?.requestDeviceVerification(anna.userId, anna.deviceId);
    await expect.poll(() => arrived).toBe(1);
    ours.people.splice(0);
    await crypto?.requestVerificationDM(anna.userId, roomId);
    await expect.poll(() => arrived).toBe(2);
    expect(ours.told.join()).not.toContain('"requested"');
  });

  test('without an identity of theirs, or a room, we say so', async () => {
    const [anna, ben] = [await somebody(), await somebody()];
    const roomId = await homeserver.directRoom(anna, ben, { encrypted: true });
    const ours = await device(anna);
    await ours.sees('an identity', ({ identity, task }) => identity === 'verified' && task === null);
    expect(await ours.trust.verify(whom(ben.userId, roomId))).toEqual({ ok: false, reason: 'noIdentity' });
    expect(await ours.trust.verify(whom(ben.userId))).toEqual({ ok: false, reason: 'noRoom' });
  });
});
