/** Calls with a client of version 0, which knows neither parties nor changes of a running call. V0-01..V0-09, AN-14, NG-15 */
import { seeMotion } from '../e2e/support/pictures.ts';
import { hearTone } from '../e2e/support/tones.ts';
import { expect, test, tones } from './support/fixtures.ts';

test('V0-09: version 0 calls with voice and hangs up', async ({ alice, zoe, people }) => {
  await zoe.place(people.zoeRoom, 'voice');
  await expect(alice.alert).toHaveAccessibleName('Incoming call from Zoe');
  await alice.press('Answer');
  await zoe.reach('answered');
  await Promise.all([zoe.hears(tones.alice), hearTone(alice.page, tones.far)]);
  await expect(alice.status).toContainText('Connected');
  await zoe.hangUp();
  await expect(alice.call).toContainText('Zoe ended the call');
  expect((await zoe.call())?.strange).toEqual([]);
});

test('NG-15: version 0 calls with video; muting sends nothing that it does not know', async ({
  alice,
  zoe,
  people,
}) => {
  await zoe.place(people.zoeRoom, 'video');
  await expect(alice.alert).toHaveAccessibleName('Incoming video call from Zoe');
  await alice.press('Answer with video');
  await Promise.all([zoe.sees(), seeMotion(alice.picture), zoe.hears(tones.alice)]);
  await alice.press('Mute microphone');
  await alice.press('Camera');
  await alice.press('Camera');
  await zoe.sees();
  await alice.press('Hang up');
  expect((await zoe.reach('ended')).strange).toEqual([]);
});

test('V0-03: the app calls with voice, version 0 answers and is hung up', async ({ alice, zoe }) => {
  await alice.place('Zoe');
  await zoe.reach('ringing');
  await zoe.answer('voice');
  await Promise.all([zoe.hears(tones.alice), hearTone(alice.page, tones.far)]);
  await expect(alice.status).toContainText('Connected');
  await expect(alice.call.getByRole('button', { name: 'Camera' })).toHaveCount(0);
  await alice.press('Hang up');
  expect(await zoe.reach('ended')).toMatchObject({ endedBy: 'them', strange: [] });
});

test('V0-03: the app calls with video, version 0 answers and hangs up', async ({ alice, zoe }) => {
  await alice.place('Zoe', 'Video call');
  await zoe.reach('ringing');
  await zoe.answer('video');
  await Promise.all([zoe.sees(), seeMotion(alice.picture), hearTone(alice.page, tones.far)]);
  await zoe.hangUp();
  await expect(alice.call).toContainText('Zoe ended the call');
});

test('AN-20, W2: version 0 declines with a hangup', async ({ alice, zoe }) => {
  await alice.place('Zoe');
  await zoe.reach('ringing');
  await zoe.hangUp();
  await expect(alice.call).toContainText('Zoe declined');
});

test('AN-14: the app declines with a hangup', async ({ alice, zoe, people }) => {
  await zoe.place(people.zoeRoom, 'voice');
  await alice.alert.getByRole('button', { name: 'Decline' }).click();
  expect(await zoe.reach('ended')).toMatchObject({ endedBy: 'them', strange: [] });
});

test('version 0 gives up while the app rings', async ({ alice, zoe, people }) => {
  await zoe.place(people.zoeRoom, 'voice');
  await alice.alert.waitFor();
  await zoe.hangUp();
  await expect(alice.alert).toBeHidden();
});

test('the app gives up while version 0 rings', async ({ alice, zoe }) => {
  await alice.place('Zoe');
  await zoe.reach('ringing');
  await alice.press('Hang up');
  expect((await zoe.reach('ended')).endedBy).toBe('them');
});
