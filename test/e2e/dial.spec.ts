/** Dialling: by address, by link, and by number through a bridge to the telephone network. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { type Homeserver, startHomeserver } from '../homeserver/homeserver.ts';
import { startTelephoneBridge, type TelephoneBridge } from '../homeserver/telephone-bridge.ts';
import { expect, test as base, tones } from './support/fixtures.ts';
import type { Phone } from './support/phone.ts';
import { hearTone } from './support/tones.ts';

const test = base.extend<object, { bridge: TelephoneBridge; homeserver: Homeserver; served: Served }>({
  served: [
    async ({}, use) => {
      const folder = mkdtempSync(path.join(os.tmpdir(), 'carillon-bridge-'));
      const served: Partial<Served> = {};
      served.homeserver = await startHomeserver({
        configure: async (baseUrl) => {
          served.bridge = await startTelephoneBridge(baseUrl, folder);
          return served.bridge.config;
        },
      });
      await use(served as Served);
      await served.homeserver.stop();
      await served.bridge?.stop();
      rmSync(folder, { recursive: true });
    },
    { scope: 'worker' },
  ],
  homeserver: [({ served }, use) => use(served.homeserver), { scope: 'worker' }],
  bridge: [({ served }, use) => use(served.bridge), { scope: 'worker' }],
});

interface Served {
  homeserver: Homeserver;
  bridge: TelephoneBridge;
}

const goTo = (phone: Phone, place: string): Promise<void> =>
  phone.page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: place }).click();
const field = (phone: Phone) => phone.page.getByRole('textbox', { name: 'Address or number' });
const dialler = (phone: Phone) => phone.page.getByRole('region', { name: 'Dial', exact: true });

test('an address is dialled and heard; the same again with one press', async ({ phones, people }) => {
  const { alice, bob } = phones;
  await goTo(alice, 'Keypad');
  await expect(field(alice)).toBeFocused();
  await alice.page.keyboard.type(`https://matrix.to/#/${people.bob.userId}`);
  await alice.page.keyboard.press('Enter');
  await bob.alert.getByRole('button', { name: 'Answer', exact: true }).click();
  await expect(alice.status).toContainText('Connected');
  await hearTone(alice.page, tones.bob);
  await alice.press('Hang up');
  await alice.press('Close');

  await dialler(alice).getByRole('button', { name: 'Redial Bob' }).click();
  await bob.alert.waitFor();
  await alice.press('Hang up');
});

test('a number leads through the bridge to whoever stands for it', async ({ phones, people, bridge, homeserver }) => {
  const { alice, bob } = phones;
  bridge.book.set('110', people.bob.userId);
  await goTo(alice, 'Keypad');
  for (const key of ['1', '1', '0, plus']) {
    await dialler(alice).getByRole('button', { name: key, exact: true }).click();
  }
  await dialler(alice).getByRole('button', { name: 'Call', exact: true }).click();
  await bob.alert.getByRole('button', { name: 'Answer', exact: true }).click();
  await expect(alice.status).toContainText('Connected');
  await hearTone(bob.page, tones.alice);
  await alice.press('Hang up');
  await alice.press('Close');

  // Nobody known: a user of the bridge comes into a new room and is called there.
  await field(alice).fill('+49 (0)30 / 901820');
  await field(alice).press('Enter');
  await expect(alice.call).toHaveAccessibleName('Call with +4930901820');
  await expect.poll(() => bridge.events.filter(({ type }) => type === 'm.call.invite').length).toBeGreaterThan(0);
  const { room_id: roomId } = bridge.events.findLast(({ type }) => type === 'm.call.invite') ?? { room_id: '' };
  expect(homeserver.sentEvents({ roomId, type: 'm.call.invite' })).toHaveLength(1);
  await alice.press('Hang up');
  await alice.press('Close');

  await field(alice).fill('999');
  await field(alice).press('Enter');
  await expect(alice.page.getByRole('alert')).toContainText('cannot reach 999');
});
