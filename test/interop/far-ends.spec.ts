/** The measure itself: the far ends call each other, so that a fault found with the app is not theirs. */
import { expect, test as base } from '@playwright/test';

import { startHomeserver } from '../homeserver/homeserver.ts';
import { startBrowser } from './support/browser.ts';
import { listenForDigits } from './support/digits.ts';
import { type FarEnd, startFarEnd } from './support/far-end.ts';
import { servePages } from './support/serve-pages.ts';
import { startZero, type Zero } from './support/zero.ts';

const tones = { anna: 440, ben: 1000 } as const;

interface Both {
  readonly anna: FarEnd;
  readonly ben: FarEnd;
  readonly zero: Zero;
  readonly roomId: string;
  readonly zeroRoomId: string;
}

const test = base.extend<object, { both: Both }>({
  both: [
    async ({}, use) => {
      const homeserver = await startHomeserver();
      const pages = await servePages();
      const [annas, bens] = await Promise.all([startBrowser(tones.anna), startBrowser(tones.ben)]);
      const [anna, ben, zero] = await Promise.all(
        ['anna', 'ben', 'zero'].map((name) => homeserver.register(name, 'x')),
      );
      if (anna === undefined || ben === undefined || zero === undefined) throw new Error('nobody');
      const roomId = await homeserver.directRoom(anna, ben);
      const zeroRoomId = await homeserver.directRoom(anna, zero);
      await use({
        anna: await startFarEnd(annas, pages.origin, homeserver.baseUrl, anna),
        ben: await startFarEnd(bens, pages.origin, homeserver.baseUrl, ben),
        zero: await startZero(bens, pages.origin, homeserver.baseUrl, zero),
        roomId,
        zeroRoomId,
      });
      await Promise.all([annas.close(), bens.close(), pages.stop(), homeserver.stop()]);
    },
    { scope: 'worker' },
  ],
});

test('matrix-js-sdk calls matrix-js-sdk', async ({ both: { anna, ben, roomId } }) => {
  const callId = await anna.place(roomId, 'voice', { lifetime: 20_000 });
  expect((await ben.reach('ringing')).callId).toBe(callId);
  await ben.answer();
  await Promise.all([anna.reach('connected'), ben.reach('connected')]);
  await Promise.all([anna.hears(tones.ben), ben.hears(tones.anna)]);
  await anna.muteMicrophone(true);
  await ben.hearsNothing();
  await expect.poll(async () => (await ben.call()).feeds[0]?.audioMuted).toBe(true);
  await anna.muteMicrophone(false);
  await ben.hears(tones.anna);
  const ear = await listenForDigits(ben.page);
  await anna.dial('5');
  await expect.poll(() => ear.digits()).toBe('5');
  await ear.stop();
  await anna.hold(true);
  await expect.poll(async () => (await ben.call()).heldByThem).toBe(true);
  await anna.hearsNothing();
  await anna.hold(false);
  await expect.poll(async () => (await ben.call()).heldByThem).toBe(false);
  await anna.hears(tones.ben);
  await anna.muteCamera(false);
  await ben.sees();
  await anna.shareScreen(true);
  await ben.sees('m.screenshare');
  await anna.shareScreen(false);
  await anna.hangUp();
  expect((await ben.reach('ended')).hangup).toEqual({ reason: 'user_hangup', by: 'remote' });
});

test('version 0 calls matrix-js-sdk and back', async ({ both: { anna, zero, zeroRoomId } }) => {
  await zero.place(zeroRoomId, 'video');
  await anna.reach('ringing');
  await anna.answer('video');
  await zero.reach('answered');
  await Promise.all([zero.hears(tones.anna), anna.hears(tones.ben), anna.sees(), zero.sees()]);
  await zero.hangUp();
  await anna.reach('ended');
});
