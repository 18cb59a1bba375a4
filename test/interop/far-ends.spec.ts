/** The measure itself: the far ends call each other, so that a fault found with the app is not theirs. */
import { seeMotion } from '../e2e/support/pictures.ts';
import { listenForDigits } from './support/digits.ts';
import type { FarEnd } from './support/far-end.ts';
import { expect, test as base, tones } from './support/far-fixtures.ts';

const test = base.extend<{ readonly alice: FarEnd }>({
  alice: async ({ startDevice }, use) => {
    const device = await startDevice('alice');
    await use(device);
    await device.page.close();
  },
});

test('matrix-js-sdk calls matrix-js-sdk', async ({ alice, ben, people }) => {
  const callId = await alice.place(people.benRoom, 'voice', { lifetime: 20_000 });
  expect((await ben.reach('ringing')).callId).toBe(callId);
  await ben.answer();
  await Promise.all([alice.reach('connected'), ben.reach('connected')]);
  await Promise.all([alice.hears(tones.far), ben.hears(tones.far)]);

  await alice.muteMicrophone(true);
  await ben.hearsNothing();
  await expect.poll(async () => (await ben.call()).feeds[0]?.audioMuted).toBe(true);
  await alice.muteMicrophone(false);
  await ben.hears(tones.far);

  const ear = await listenForDigits(ben.page);
  await alice.dial('5');
  await expect.poll(() => ear.digits()).toBe('5');
  await ear.stop();

  await alice.hold(true);
  await expect.poll(async () => (await ben.call()).heldByThem).toBe(true);
  await alice.hearsNothing();
  await alice.hold(false);
  await expect.poll(async () => (await ben.call()).heldByThem).toBe(false);
  await alice.hears(tones.far);

  await alice.muteCamera(false);
  await ben.sees();
  await alice.shareScreen(true);
  await seeMotion(ben.picture('m.screenshare'));
  await alice.shareScreen(false);
  await alice.hangUp();
  expect((await ben.reach('ended')).hangup).toEqual({ reason: 'user_hangup', by: 'remote' });
});

test('version 0 calls matrix-js-sdk', async ({ alice, zoe, people }) => {
  await zoe.place(people.zoeRoom, 'video');
  await alice.reach('ringing');
  await alice.answer('video');
  await zoe.reach('answered');
  await Promise.all([zoe.hears(tones.far), alice.hears(tones.far), alice.sees(), zoe.sees()]);
  await zoe.hangUp();
  await alice.reach('ended');
});

test('matrix-js-sdk calls version 0', async ({ alice, zoe, people }) => {
  await alice.place(people.zoeRoom, 'voice');
  await zoe.reach('ringing');
  await zoe.answer('voice');
  await alice.reach('connected');
  await Promise.all([zoe.hears(tones.far), alice.hears(tones.far)]);
  await alice.hangUp();
  await zoe.reach('ended');
});
