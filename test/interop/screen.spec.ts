/** Screens shared between the app and matrix-js-sdk, beside the cameras. SM-02, SM-13, NG-17 */
import { seeColour, seeMotion } from '../e2e/support/pictures.ts';
import { expect, test, type Pair } from './support/fixtures.ts';
import { connect, hangUp, hearEachOther } from './support/pair.ts';

/** Chromium's fake screen. */
const green = [16, 163, 4] as const;

async function share({ alice }: Pair): Promise<void> {
  await alice.press('Share screen');
  const picker = alice.page.getByRole('dialog', { name: 'Share your screen' });
  await picker.getByRole('button', { name: 'Share', exact: true }).click();
  await expect(alice.call).toContainText('You are sharing a whole screen with Ben: Entire screen');
}

const purposes = async ({ ben }: Pair): Promise<readonly string[]> =>
  (await ben.call()).feeds.map(({ purpose }) => purpose).sort();

test('SM-02: matrix-js-sdk shares its screen, and stops', async ({ pair }) => {
  const { alice, ben } = pair;
  await connect(pair, 'video');
  await ben.shareScreen(true);
  await expect(alice.call).toContainText('Ben is sharing a screen');
  await seeColour(alice.picture, green);
  await hearEachOther(pair);
  await ben.shareScreen(false);
  await expect(alice.call).not.toContainText('Ben is sharing a screen');
  await seeMotion(alice.picture);
  await hearEachOther(pair);
  await hangUp(pair);
});

test('SM-13: the app shares its screen, twice', async ({ pair }) => {
  const { alice, ben } = pair;
  await connect(pair, 'video');
  for (const time of ['first', 'second']) {
    await test.step(`the ${time} time`, async () => {
      await share(pair);
      await expect.poll(() => purposes(pair)).toEqual(['m.screenshare', 'm.usermedia']);
      await seeColour(ben.picture('m.screenshare'), green);
      await ben.sees();
      await alice.press('Stop sharing');
      await expect.poll(() => purposes(pair)).toEqual(['m.usermedia']);
    });
  }
  await Promise.all([ben.sees(), seeMotion(alice.picture)]);
  await hearEachOther(pair);
  await hangUp(pair);
});

test('SM-01: a screen in a voice call', async ({ pair }) => {
  const { alice, ben } = pair;
  await connect(pair, 'voice');
  await share(pair);
  await seeColour(ben.picture('m.screenshare'), green);
  await hearEachOther(pair);
  await alice.press('Stop sharing');
  await expect.poll(() => purposes(pair)).toEqual(['m.usermedia']);
  await hearEachOther(pair);
  await hangUp(pair);
});

test('NG-17: both share at once', async ({ pair }) => {
  const { alice, ben } = pair;
  await connect(pair, 'voice');
  await Promise.all([share(pair), ben.shareScreen(true)]);
  await expect(alice.call).toContainText('Ben is sharing a screen');
  await Promise.all([seeColour(alice.picture, green), seeColour(ben.picture('m.screenshare'), green)]);
  await hearEachOther(pair);
  await hangUp(pair);
});
