/** Alice with the app, and the far ends. All that leaves the app is measured against the official schemas after each test. */
import { writeFileSync } from 'node:fs';

import type { Page } from '@playwright/test';

import { type Phone, startPhone } from '../../e2e/support/phone.ts';
import type { Homeserver } from '../../homeserver/homeserver.ts';
import { addToCount } from '../../spec/call-event-count.ts';
import { expectValidCallEvents } from '../../spec/sent-call-events.ts';
import type { FarEnd } from './far-end.ts';
import { test as base, tones } from './far-fixtures.ts';

export interface Pair {
  readonly alice: Phone;
  readonly ben: FarEnd;
}

interface TestFixtures {
  /** The app and matrix-js-sdk. */
  readonly pair: Pair;
  readonly measured: null;
}

export const test = base.extend<TestFixtures, { readonly alice: Phone }>({
  alice: [
    async ({ homeserver, people }, use) => {
      const phone = await startPhone(homeserver, people.alice, { tone: tones.alice });
      await phone.page.getByRole('button', { name: 'Call Ben', exact: true }).first().waitFor();
      await use(phone);
      await phone.close();
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
  const close = page.getByRole('button', { name: /^Close($|:)/ });
  while ((await close.count()) > 0) await close.first().click();
}

export { expect, tones } from './far-fixtures.ts';
