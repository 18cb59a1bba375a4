/** What changes in a running call between the app and matrix-js-sdk: mute, video, connection, digits. */
import { seeMotion } from '../e2e/support/pictures.ts';
import { hearSilence, hearTone } from '../e2e/support/tones.ts';
import { listenForDigits } from './support/digits.ts';
import { expect, test, tones } from './support/fixtures.ts';
import { connect, hangUp, hearEachOther } from './support/pair.ts';

test('SM-07: the app mutes, and matrix-js-sdk sees and hears it', async ({ pair }) => {
  const { alice, ben } = pair;
  await connect(pair, 'voice');
  await alice.press('Mute microphone');
  await expect.poll(async () => (await ben.call()).feeds[0]?.audioMuted).toBe(true);
  await ben.hearsNothing();
  await alice.press('Mute microphone');
  await expect.poll(async () => (await ben.call()).feeds[0]?.audioMuted).toBe(false);
  await ben.hears(tones.alice);
  await hangUp(pair);
});

test('SM-07: matrix-js-sdk mutes, and the app says so', async ({ pair }) => {
  const { alice, ben } = pair;
  await connect(pair, 'voice');
  await ben.muteMicrophone(true);
  await expect(alice.call).toContainText('Ben is muted');
  await hearSilence(alice.page);
  await ben.muteMicrophone(false);
  await expect(alice.call).not.toContainText('Ben is muted');
  await hearTone(alice.page, tones.far);
  await hangUp(pair);
});

test('SM-07: cameras go off and on, at either end', async ({ pair }) => {
  const { alice, ben } = pair;
  await connect(pair, 'video');
  await Promise.all([ben.sees(), seeMotion(alice.picture)]);
  await alice.press('Camera');
  await expect.poll(async () => (await ben.call()).feeds[0]?.videoMuted).toBe(true);
  await alice.press('Camera');
  await expect.poll(async () => (await ben.call()).feeds[0]?.videoMuted).toBe(false);
  await ben.sees();
  await ben.muteCamera(true);
  await expect(alice.picture).toBeHidden();
  await ben.muteCamera(false);
  await seeMotion(alice.picture);
  await hearEachOther(pair);
  await hangUp(pair);
});

test('NG-12: the app turns a voice call into a video call', async ({ pair }) => {
  const { alice, ben } = pair;
  await connect(pair, 'voice');
  await alice.press('Camera');
  await ben.sees();
  await ben.muteCamera(false);
  await seeMotion(alice.picture);
  await hearEachOther(pair);
  await hangUp(pair);
});

test('NG-12: matrix-js-sdk turns a voice call into a video call', async ({ pair }) => {
  const { alice, ben } = pair;
  await connect(pair, 'voice');
  await ben.muteCamera(false);
  await seeMotion(alice.picture);
  await alice.press('Camera');
  await ben.sees();
  await hearEachOther(pair);
  await hangUp(pair);
});

test('NG-12: both turn it into a video call at once', async ({ pair }) => {
  const { alice, ben } = pair;
  await connect(pair, 'voice');
  await Promise.all([ben.muteCamera(false), alice.press('Camera')]);
  await Promise.all([ben.sees(), seeMotion(alice.picture)]);
  await hearEachOther(pair);
  await hangUp(pair);
});

test('NG-12: matrix-js-sdk restarts ICE, and they go on hearing each other', async ({ pair, people, homeserver }) => {
  const { alice, ben } = pair;
  await connect(pair, 'voice');
  const { callId } = await ben.call();
  const negotiated = (): readonly unknown[] =>
    homeserver
      .sentEvents({ roomId: people.benRoom, type: 'm.call.negotiate' })
      .filter(({ content }) => content.call_id === callId);
  await ben.restartIce();
  await expect.poll(() => negotiated().length).toBe(2);
  await expect(alice.status).toContainText('Connected');
  await hearEachOther(pair);
  await hangUp(pair);
});

test('DT-01: digits that matrix-js-sdk dials are heard and shown', async ({ pair }) => {
  const { alice, ben } = pair;
  await connect(pair, 'voice');
  await hearTone(alice.page, tones.far);
  const ear = await listenForDigits(alice.page);
  for (const dialled of ['1', '15', '15#']) {
    await ben.dial(dialled.slice(-1));
    await expect.poll(() => ear.digits()).toBe(dialled);
  }
  await expect(alice.call).toContainText('Ben pressed 1 5 #');
  await ear.stop();
  await hangUp(pair);
});

test('DT-02: matrix-js-sdk does not say that it takes digits; sent all the same, they are heard', async ({ pair }) => {
  const { alice, ben } = pair;
  await connect(pair, 'voice');
  await ben.hears(tones.alice);
  await alice.press('More');
  await alice.press('Keypad anyway');
  const ear = await listenForDigits(ben.page);
  for (const [key, dialled] of [
    ['4, G H I', '4'],
    ['Star', '4*'],
    ['9, W X Y Z', '4*9'],
  ] as const) {
    await alice.press(key);
    await expect.poll(() => ear.digits()).toBe(dialled);
  }
  await ear.stop();
  await hangUp(pair);
});
