/**
 * The far ends of the interop specs, for a whole worker: Ben with matrix-js-sdk and Zoe with version 0, in direct rooms
 * with Alice, whom support/fixtures.ts gives the app.
 */
import { test as base } from '@playwright/test';

import type { TestUser } from '../../homeserver/client.ts';
import { type Homeserver, startHomeserver } from '../../homeserver/homeserver.ts';
import { type FarBrowser, startBrowser } from './browser.ts';
import { type FarEnd, startFarEnd } from './far-end.ts';
import { servePages } from './serve-pages.ts';
import { startZero, type Zero } from './zero.ts';

/** Hz of the microphones of the app, and of the far ends, which share a browser. Neither is near the tones of digits. */
export const tones = { alice: 440, far: 2500 } as const;

const password = 'password';

interface People {
  readonly alice: TestUser;
  readonly ben: TestUser;
  readonly zoe: TestUser;
  /** Direct rooms with Alice. */
  readonly benRoom: string;
  readonly zoeRoom: string;
}

export interface FarFixtures {
  readonly homeserver: Homeserver;
  readonly people: People;
  /** Starts matrix-js-sdk on one more device of a person; all of them share a browser. */
  readonly startDevice: (localpart: string) => Promise<FarEnd>;
  readonly farBrowser: FarBrowser;
  /** Of the far ends' pages. */
  readonly origin: string;
  /** Devices that run other software than ours. */
  readonly foreign: TestUser[];
  readonly ben: FarEnd;
  readonly zoe: Zero;
}

export const test = base.extend<object, FarFixtures>({
  homeserver: [
    async ({}, use) => {
      const homeserver = await startHomeserver();
      await use(homeserver);
      await homeserver.stop();
    },
    { scope: 'worker' },
  ],

  people: [
    async ({ homeserver }, use) => {
      const alice = await homeserver.register('alice', password, 'Alice');
      const ben = await homeserver.register('ben', password, 'Ben');
      const zoe = await homeserver.register('zoe', password, 'Zoe');
      const benRoom = await homeserver.directRoom(alice, ben);
      const zoeRoom = await homeserver.directRoom(alice, zoe);
      await use({ alice, ben, zoe, benRoom, zoeRoom });
    },
    { scope: 'worker' },
  ],

  // The test people's own devices were for setting up, and serve the far ends.
  foreign: [
    async ({ people: { alice, ben, zoe } }, use) => {
      await use([alice, ben, zoe]);
    },
    { scope: 'worker' },
  ],

  origin: [
    async ({}, use) => {
      const pages = await servePages();
      await use(pages.origin);
      await pages.stop();
    },
    { scope: 'worker' },
  ],

  farBrowser: [
    async ({}, use) => {
      const browser = await startBrowser(tones.far);
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],

  startDevice: [
    async ({ homeserver, farBrowser, origin, foreign }, use) => {
      await use(async (localpart) => {
        const device = await homeserver.login(localpart, password);
        foreign.push(device);
        return startFarEnd(farBrowser, origin, homeserver.baseUrl, device);
      });
    },
    { scope: 'worker' },
  ],

  ben: [
    async ({ homeserver, people, farBrowser, origin }, use) => {
      await use(await startFarEnd(farBrowser, origin, homeserver.baseUrl, people.ben));
    },
    { scope: 'worker' },
  ],

  zoe: [
    async ({ homeserver, people, farBrowser, origin }, use) => {
      await use(await startZero(farBrowser, origin, homeserver.baseUrl, people.zoe));
    },
    { scope: 'worker' },
  ],
});

export { expect } from '@playwright/test';
