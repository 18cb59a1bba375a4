/** What the specs of the app start from: one real homeserver per worker, new people and new profiles per test. */
import { test as base, type TestInfo } from '@playwright/test';

import type { TestUser } from '../../homeserver/client.ts';
import { startHomeserver, type Homeserver } from '../../homeserver/homeserver.ts';
import { addToCount } from '../../spec/call-event-count.ts';
import { expectValidCallEvents } from '../../spec/sent-call-events.ts';
import type { LaunchOptions } from './launch.ts';
import { lastingPair, type LastingPair, type People, type Phones, registerPeople, startPhones } from './pair.ts';
import { type Phone, startPhone } from './phone.ts';

interface TestFixtures {
  readonly people: People;
  /** Starts somebody's app; it is closed after the test. */
  readonly start: (user: TestUser, options?: LaunchOptions) => Promise<Phone>;
  /** Alice and Bob, signed in, each seeing the other. */
  readonly phones: Phones;
  /**
   * Those of the tests before: for tests that leave nothing which a new page does not end, and that see every call arrive.
   * Settings and the list of calls are put back.
   */
  readonly lasting: boolean;
  /** After each test all that the apps sent is measured against the official event schemas. */
  readonly measured: null;
}

interface WorkerFixtures {
  readonly homeserver: Homeserver;
  readonly pair: LastingPair;
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

  pair: [
    async ({ homeserver }, use) => {
      const pair = lastingPair(homeserver);
      await use(pair);
      await pair.close();
    },
    { scope: 'worker' },
  ],

  lasting: [false, { option: true }],

  people: async ({ homeserver, pair, lasting }, use, info) => {
    const suffix = info.testId.replaceAll(/[^a-z0-9]/g, '') + String(info.repeatEachIndex);
    await use(await (lasting ? pair.people() : registerPeople(homeserver, suffix)));
  },

  start: async ({ homeserver }, use, info) => {
    const started: Phone[] = [];
    await use(async (user, options) => {
      const phone = await startPhone(homeserver, user, options);
      started.push(phone);
      return phone;
    });
    if (info.status !== info.expectedStatus) await showWindows(started, info);
    for (const phone of started) await phone.close();
  },

  phones: async ({ people, pair, lasting, start }, use, info) => {
    if (!lasting) {
      await use(await startPhones(people, start));
      return;
    }
    const phones = await pair.phones();
    await use(phones);
    const passed = info.status === info.expectedStatus;
    if (!passed) await showWindows(Object.values(phones), info);
    await pair.giveBack(passed);
  },

  measured: [
    async ({ homeserver }, use, info) => {
      await use(null);
      addToCount(info.project.outputDir, expectValidCallEvents(homeserver));
    },
    { auto: true },
  ],
});

async function showWindows(phones: readonly Phone[], info: TestInfo): Promise<void> {
  for (const [index, { page }] of phones.entries()) {
    if (page.isClosed()) continue;
    const body = await page.screenshot().catch(() => null);
    if (body !== null) await info.attach(`window-${String(index)}`, { body, contentType: 'image/png' });
  }
}

export { expect } from '@playwright/test';
export { tones } from './pair.ts';
