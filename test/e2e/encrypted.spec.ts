/** Encrypted calls between two apps with real media, and what is left where afterwards. */
import { expect, test as base, tones } from './support/fixtures.ts';
import { launchCarillon } from './support/launch.ts';
import { type Phone, phoneOf } from './support/phone.ts';
import { seeMotion } from './support/pictures.ts';
import { placesOf, sealedSecrets } from './support/secrets.ts';
import { hearTone } from './support/tones.ts';

/** Alice and Bob know each other from an encrypted room. */
const test = base.extend({
  people: async ({ homeserver }, use, info) => {
    const suffix = info.testId.replaceAll(/[^a-z0-9]/g, '') + String(info.repeatEachIndex);
    const alice = await homeserver.register(`alice-${suffix}`, 'alice-password', 'Alice');
    const bob = await homeserver.register(`bob-${suffix}`, 'bob-password', 'Bob');
    await use({ alice, bob, roomId: await homeserver.directRoom(alice, bob, { encrypted: true }) });
  },
});

async function connect(caller: Phone, callee: Phone, name: string, kind: 'Call' | 'Video call'): Promise<void> {
  await caller.place(name, kind);
  const answer = kind === 'Call' ? 'Answer' : 'Answer with video';
  await callee.alert.getByRole('button', { name: answer, exact: true }).click();
  // The call before may still be shown.
  await expect(caller.status.last()).toContainText('Connected');
  await expect(callee.status.last()).toContainText('Connected');
}

test('encrypted voice and video calls, across a kill of the app; nobody else can read anything', async ({
  phones,
  homeserver,
  people,
}) => {
  test.slow();
  const { alice, bob } = phones;
  await connect(alice, bob, 'Bob', 'Call');
  await hearTone(bob.page, tones.alice);
  await hearTone(alice.page, tones.bob);
  await alice.press('Hang up');
  await expect(bob.status).toContainText('Ended');

  const devices = async (): Promise<unknown> =>
    (await homeserver.request(people.bob.accessToken, 'GET', '/_matrix/client/v3/devices')).body.devices;
  const before = await devices();
  await bob.kill();
  const again = phoneOf(await launchCarillon({ profile: bob.profile, tone: tones.bob }), people.bob);
  try {
    await again.page.getByRole('button', { name: 'Video call Alice', exact: true }).first().waitFor();
    await connect(again, alice, 'Alice', 'Video call');
    await seeMotion(alice.picture);
    await seeMotion(again.picture);
    await hearTone(alice.page, tones.bob);
    await again.press('Hang up');
    await expect(alice.status.last()).toContainText('Ended');
    expect(JSON.stringify(await devices()).match(/device_id/g)).toEqual(JSON.stringify(before).match(/device_id/g));

    const sent = homeserver.sentEvents({ roomId: people.roomId }).filter(({ stateKey }) => stateKey === null);
    expect(sent.length).toBeGreaterThan(6);
    expect([...new Set(sent.map(({ type }) => type))]).toEqual(['m.room.encrypted']);
    expect(JSON.stringify(sent)).not.toMatch(/m\.call|candidate:|a=fingerprint/);

    const secrets = await sealedSecrets(again);
    expect(secrets).toHaveLength(3);
    expect(await placesOf(secrets, again)).toEqual([]);
  } finally {
    await again.close();
  }
});
