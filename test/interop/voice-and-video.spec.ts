/** Calls between the app and matrix-js-sdk, placed by either. */
import { seeMotion } from '../e2e/support/pictures.ts';
import { hearTone } from '../e2e/support/tones.ts';
import { expect, test, tones } from './support/fixtures.ts';

test('the app calls with voice, matrix-js-sdk answers and hangs up', async ({ alice, ben }) => {
  await alice.place('Ben');
  const { direction } = await ben.reach('ringing');
  expect(direction).toBe('inbound');
  await ben.answer();
  await expect(alice.status).toContainText('Connected');
  await ben.reach('connected');
  await ben.hears(tones.alice);
  await hearTone(alice.page, tones.far);
  await ben.hangUp();
  await expect(alice.call).toContainText('Ben ended the call');
});

test('matrix-js-sdk calls with voice, the app answers and hangs up', async ({ alice, ben, people }) => {
  await ben.place(people.benRoom, 'voice');
  await expect(alice.alert).toHaveAccessibleName('Incoming call from Ben');
  await alice.press('Answer');
  await ben.reach('connected');
  await expect(alice.status).toContainText('Connected');
  await ben.hears(tones.alice);
  await hearTone(alice.page, tones.far);
  await alice.press('Hang up');
  expect((await ben.reach('ended')).hangup).toEqual({ reason: 'user_hangup', by: 'remote' });
});

test('the app calls with video, matrix-js-sdk answers with video', async ({ alice, ben }) => {
  await alice.place('Ben', 'Video call');
  await ben.reach('ringing');
  await ben.answer('video');
  await ben.sees();
  await seeMotion(alice.picture);
  await ben.hears(tones.alice);
  await hearTone(alice.page, tones.far);
  await alice.press('Hang up');
  await ben.reach('ended');
});

test('matrix-js-sdk calls with video, the app answers with video', async ({ alice, ben, people }) => {
  await ben.place(people.benRoom, 'video');
  await expect(alice.alert).toHaveAccessibleName('Incoming video call from Ben');
  await alice.press('Answer with video');
  await ben.sees();
  await seeMotion(alice.picture);
  await ben.hears(tones.alice);
  await hearTone(alice.page, tones.far);
  await ben.hangUp();
  await expect(alice.call).toContainText('Ben ended the call');
});
