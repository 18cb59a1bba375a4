/**
 * The people of the interop specs, for a whole worker: Alice with the app, Ben with matrix-js-sdk, Zoe with version 0. All
 * that leaves the app is measured against the official schemas after each test.
 */
import { writeFileSync } from 'node:fs';

import { type Page, test as base } from '@playwright/test';

import { type Phone, startPhone } from '../../e2e/support/phone.ts';
import type { TestUser } from '../../homeserver/client.ts';
import { type Homeserver, startHomeserver } from '../../homeserver/homeserver.ts';
import { addToCount } from '../../spec/call-event-count.ts';
import { expectValidCallEvents } from '../../spec/sent-call-events.ts';
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

interface WorkerFixtures {
  readonly homeserver: Homeserver;
  readonly people: People;
  /** Starts matrix-js-sdk on one more device of a person; all of them share a browser. */
  readonly startDevice: (localpart: string) => Promise<FarEnd>;
  readonly farBrowser: FarBrowser;
  /** Of the far ends' pages. */
  readonly origin: string;
  /** Devices that run other software than ours. */
  readonly foreign: TestUser[];
  readonly alice: Phone;
  readonly ben: FarEnd;
  readonly zoe: Zero;
}

export interface Pair {
  readonly alice: Phone;
  readonly ben: FarEnd;
}

interface TestFixtures {
  /** The app and matrix-js-sdk. */
  readonly pair: Pair;
  readonly measured: null;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
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

  alice: [
    async ({ homeserver, people }, use) => {
      const phone = await startPhone(homeserver, people.alice, { tone: tones.alice });
      await phone.page.getByRole('button', { name: 'Call Ben', exact: true }).first().waitFor();
      await use(phone);
      await phone.close();
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

  pair: async ({ alice, ben }, use) => {
    await use({ alice, ben });
  },

  measured: [
    async ({ homeserver, foreign, alice, ben }, use, info) => {
      const { page } = alice;
      const log: string[] = [];
      page.on('console', (message) => log.push(message.text()));
      page.on('pageerror', (error) => log.push(String(error)));
      const before = homeserver.sentEvents().length;
      await use(null);
      if (info.status !== info.expectedStatus) {
        const events = homeserver.sentEvents().slice(before);
        writeFileSync(info.outputPath('events.txt'), events.map(trace).join('\n'));
        writeFileSync(info.outputPath('log.txt'), log.join('\n'));
        writeFileSync(info.outputPath('matrix-js-sdk.json'), JSON.stringify(await ben.calls(), null, 2));
        await page.screenshot({ path: info.outputPath('window.png') });
      }
      page.removeAllListeners('console').removeAllListeners('pageerror');
      addToCount(info.project.outputDir, expectValidCallEvents(homeserver, foreign));
      await closeEnded(page);
    },
    { auto: true },
  ],
});

function trace({ type, sender, content, sentAt }: ReturnType<Homeserver['sentEvents']>[number]): string {
  const { call_id: call, party_id: party, version, reason } = content;
  return [sentAt, sender, type, JSON.stringify({ call, party, version, reason })].join(' ');
}

/** Ended calls stay on the screen until they have been read. */
export async function closeEnded(page: Page): Promise<void> {
  const close = page.getByRole('button', { name: /^Close/ });
  while ((await close.count()) > 0) await close.first().click();
}

export { expect } from '@playwright/test';
