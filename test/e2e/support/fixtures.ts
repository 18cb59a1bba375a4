/** What the specs of the app start from: one real homeserver per worker, new people and new profiles per test. */
import { test as base } from '@playwright/test';

import type { TestUser } from '../../homeserver/client.ts';
import { startHomeserver, type Homeserver } from '../../homeserver/homeserver.ts';
import { addToCount } from '../../spec/call-event-count.ts';
import { expectValidCallEvents } from '../../spec/sent-call-events.ts';
import type { LaunchOptions } from './launch.ts';
import { type Phone, startPhone } from './phone.ts';

/** Hz of each person's microphone. */
export const tones = { alice: 440, bob: 1000 } as const;

export interface People {
  readonly alice: TestUser;
  readonly bob: TestUser;
  /** Their direct room. */
  readonly roomId: string;
}

interface TestFixtures {
  readonly people: People;
  /** Starts somebody's app; it is closed after the test. */
  readonly start: (user: TestUser, options?: LaunchOptions) => Promise<Phone>;
  /** Alice and Bob, signed in, each seeing the other. */
  readonly phones: { readonly alice: Phone; readonly bob: Phone };
  /** After each test all that the apps sent is measured against the official event schemas. */
  readonly measured: null;
}

interface WorkerFixtures {
  readonly homeserver: Homeserver;
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

  people: async ({ homeserver }, use, info) => {
    const suffix = info.testId.replaceAll(/[^a-z0-9]/g, '') + String(info.repeatEachIndex);
    const alice = await homeserver.register(`alice-${suffix}`, 'alice-password', 'Alice');
    const bob = await homeserver.register(`bob-${suffix}`, 'bob-password', 'Bob');
    await use({ alice, bob, roomId: await homeserver.directRoom(alice, bob) });
  },

  start: async ({ homeserver }, use, info) => {
    const started: Phone[] = [];
    await use(async (user, options) => {
      const phone = await startPhone(homeserver, user, options);
      started.push(phone);
      return phone;
    });
    for (const [index, phone] of started.entries()) {
      if (info.status !== info.expectedStatus && !phone.page.isClosed()) {
        const body = await phone.page.screenshot().catch(() => null);
        if (body !== null) await info.attach(`window-${String(index)}`, { body, contentType: 'image/png' });
      }
      await phone.close();
    }
  },

  phones: async ({ people, start }, use) => {
    const [alice, bob] = await Promise.all([
      start(people.alice, { tone: tones.alice }),
      start(people.bob, { tone: tones.bob }),
    ]);
    await alice.page.getByRole('button', { name: 'Call Bob', exact: true }).first().waitFor();
    await bob.page.getByRole('button', { name: 'Call Alice', exact: true }).first().waitFor();
    await use({ alice, bob });
  },

  measured: [
    async ({ homeserver }, use, info) => {
      await use(null);
      addToCount(info.project.outputDir, expectValidCallEvents(homeserver));
    },
    { auto: true },
  ],
});

export { expect } from '@playwright/test';
