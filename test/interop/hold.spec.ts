/** Hold, from either end and from both, and with a second call. NG-09..NG-11, NG-15, RG-10 */
import { seeMotion } from '../e2e/support/pictures.ts';
import { hearSilence, hearTone } from '../e2e/support/tones.ts';
import { expect, test, tones } from './support/fixtures.ts';
import { connect, hangUp, hearEachOther } from './support/pair.ts';

test('NG-09: matrix-js-sdk holds and resumes a voice call', async ({ pair }) => {
  const { alice, ben } = pair;
  await connect(pair, 'voice');
  await hearEachOther(pair);
  await ben.hold(true);
  await expect(alice.status).toContainText('Held by Ben');
  await Promise.all([hearSilence(alice.page), ben.hearsNothing()]);
  await ben.hold(false);
  await expect(alice.status).toContainText('Connected');
  await hearEachOther(pair);
  await hangUp(pair);
});

test('NG-09: matrix-js-sdk holds and resumes a video call', async ({ pair }) => {
  const { alice, ben } = pair;
  await connect(pair, 'video');
  await ben.hold(true);
  await expect(alice.status).toContainText('Held by Ben');
  await ben.hold(false);
  await expect(alice.status).toContainText('Connected');
  await Promise.all([ben.sees(), seeMotion(alice.picture)]);
  await hearEachOther(pair);
  await hangUp(pair);
});

test('NG-09: the app holds and resumes a voice call', async ({ pair }) => {
  const { alice, ben } = pair;
  await connect(pair, 'voice');
  await hearEachOther(pair);
  await alice.press('Hold');
  await expect(alice.status).toContainText('On hold');
  await expect.poll(async () => (await ben.call()).heldByThem).toBe(true);
  await Promise.all([hearSilence(alice.page), ben.hearsNothing()]);
  await alice.press('Hold');
  await expect(alice.status).toContainText('Connected');
  await expect.poll(async () => (await ben.call()).heldByThem).toBe(false);
  await hearEachOther(pair);
  await hangUp(pair);
});

test('NG-10: after the hold of the app each picture goes as before', async ({ pair }) => {
  const { alice, ben } = pair;
  await connect(pair, 'voice');
  await ben.muteCamera(false);
  await seeMotion(alice.picture);
  await alice.press('Hold');
  await expect.poll(async () => (await ben.call()).heldByThem).toBe(true);
  await alice.press('Hold');
  await expect(alice.status).toContainText('Connected');
  await seeMotion(alice.picture);
  await hearEachOther(pair);
  await expect(alice.call.getByRole('button', { name: 'Camera' })).toHaveAttribute('aria-pressed', 'false');
  await hangUp(pair);
});

test('NG-11: both hold; each resumes only its own, and mute outlives it', async ({ pair }) => {
  const { alice, ben } = pair;
  await connect(pair, 'voice');
  await alice.press('Mute microphone');
  await alice.press('Hold');
  await expect.poll(async () => (await ben.call()).heldByThem).toBe(true);
  await ben.hold(true);
  await alice.press('Hold');
  await expect(alice.status).toContainText('Held by Ben');
  await ben.hold(false);
  await expect(alice.status).toContainText('Connected');
  await hearTone(alice.page, tones.far);
  await ben.hearsNothing();
  await alice.press('Mute microphone');
  await ben.hears(tones.alice);
  await hangUp(pair);
});

test('RG-10: a second call is answered while the first one is held', async ({ pair, zoe, people }) => {
  const { alice, ben } = pair;
  await connect(pair, 'voice');
  await zoe.place(people.zoeRoom, 'voice');
  await alice.press('Hold and answer');
  await zoe.reach('answered');
  await expect.poll(async () => (await ben.call()).heldByThem).toBe(true);
  await Promise.all([zoe.hears(tones.alice), ben.hearsNothing()]);
  await zoe.hangUp();
  await alice.page.getByRole('region', { name: 'Call with Ben' }).getByRole('button', { name: 'Resume' }).click();
  await expect.poll(async () => (await ben.call()).heldByThem).toBe(false);
  await hearEachOther(pair);
  await ben.hangUp();
  await expect(alice.page.getByText('Ben ended the call.').first()).toBeVisible();
});

test('NG-15: version 0 cannot be told of a hold, and hears silence', async ({ alice, zoe, people }) => {
  await zoe.place(people.zoeRoom, 'voice');
  await alice.press('Answer');
  await zoe.hears(tones.alice);
  await alice.press('Hold');
  await expect(alice.call).toContainText('cannot be told about hold');
  await zoe.hearsNothing();
  await hearSilence(alice.page);
  await alice.press('Hold');
  await Promise.all([zoe.hears(tones.alice), hearTone(alice.page, tones.far)]);
  await alice.press('Hang up');
  expect((await zoe.reach('ended')).strange).toEqual([]);
});
