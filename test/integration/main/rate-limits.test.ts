/** A homeserver with the limits of real ones: few logins, and a bucket of messages that a call with many candidates empties. */
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { CallId, RoomId } from '../../../preload/contract/ids';
import { type Homeserver, startHomeserver } from '../../homeserver/homeserver.ts';
import { makeProfile, outgoing, type Profile } from './profile.ts';

let homeserver: Homeserver;
let profile: Profile;

beforeAll(async () => {
  // Fewer messages than Synapse's own limits let through: those are met only by a machine that is fast enough.
  const few = { rc_message: { per_second: 0.5, burst_count: 2 } };
  homeserver = await startHomeserver({ rateLimits: true, turn: false, configure: () => Promise.resolve(few) });
  profile = makeProfile();
});
afterAll(async () => {
  await profile.accounts.stop(1000);
  await homeserver.stop();
});

test('IC-14: limited signals wait, keep their order, and all arrive', { timeout: 120_000 }, async () => {
  const anna = await homeserver.register('anna', 'secret');
  const ben = await homeserver.register('ben', 'secret');
  const roomId = (await homeserver.directRoom(anna, ben)) as RoomId;
  const signedIn = await profile.accounts.signIn(homeserver.baseUrl, 'anna', 'secret');
  if (!signedIn.ok) throw new Error(signedIn.reason);
  const to = { account: signedIn.account, roomId, callId: 'limited' as CallId };
  const { send } = profile.session(to.account);
  const patient = (...signal: Parameters<typeof outgoing>) => send({ ...outgoing(...signal), giveUpAfter: 110_000 });
  const outcomes = await Promise.all([
    patient(to, 'm.call.invite', 'invite', { lifetime: 60_000 }),
    ...[...Array(9).keys()].map((n) => patient(to, 'm.call.candidates', `c${n}`, { candidates: [], n })),
  ]);
  expect(outcomes.filter(({ ok }) => !ok)).toEqual([]);
  expect(profile.network.limited()).toBeGreaterThan(0);
  const sent = homeserver.sentEvents({ roomId }).filter(({ type }) => type.startsWith('m.call.'));
  expect(sent.map(({ content }) => content.n)).toEqual([undefined, ...Array(9).keys()]);

  // A homeserver without coturn.
  expect(await profile.session(to.account).turn()).toBeNull();
});

test('too many logins are told apart from a wrong password, with the time to wait', async () => {
  const { signIn } = profile.accounts;
  let result = await signIn(homeserver.baseUrl, 'ben', 'wrong');
  for (let n = 0; n < 10 && !result.ok && result.reason === 'wrongPassword'; n++) {
    result = await signIn(homeserver.baseUrl, 'ben', 'wrong');
  }
  expect(result).toMatchObject({ ok: false, reason: 'rateLimited' });
  expect(result.ok ? 0 : result.retryAfter).toBeGreaterThan(0);
});
