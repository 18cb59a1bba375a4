/** A bad network between two people: it is named whose side is weak, and a call that breaks off is not lost sight of. */
import { type BadWay, openBadWay } from '../homeserver/bad-way.ts';
import { type Homeserver, startHomeserver } from '../homeserver/homeserver.ts';
import { expect, test as base, tones } from './support/fixtures.ts';
import { lookAway } from './support/phone.ts';
import { hearTone } from './support/tones.ts';

interface Served {
  readonly homeserver: Homeserver;
  readonly way: BadWay;
}

/** The relay is reached by a way of ours alone. */
const test = base.extend<object, { served: Served; homeserver: Homeserver; way: BadWay }>({
  served: [
    async ({}, use) => {
      const way = await openBadWay();
      const homeserver = await startHomeserver({ configure: () => Promise.resolve({ turn_uris: [way.uri] }) });
      way.leadTo(Number(/:(\d+)\?/.exec(homeserver.turn?.[0] ?? '')?.[1]));
      await use({ homeserver, way });
      await homeserver.stop();
      way.close();
    },
    { scope: 'worker' },
  ],
  homeserver: [({ served }, use) => use(served.homeserver), { scope: 'worker' }],
  way: [({ served }, use) => use(served.way), { scope: 'worker' }],
});

test('the side that loses what it sends is named at both ends; a call that breaks off is told, and placed again', async ({
  phones,
  way,
}) => {
  test.setTimeout(240_000);
  const { alice, bob } = phones;
  // All that Alice sends and gets takes the bad way.
  await alice.page.getByRole('button', { name: 'Settings', exact: true }).click();
  await alice.page.getByRole('button', { name: 'Calls', exact: true }).click();
  await alice.page.getByRole('switch', { name: 'Hide my network address' }).check();
  await alice.page.getByRole('button', { name: 'People' }).click();
  await alice.place('Bob');
  await bob.alert.getByRole('button', { name: 'Answer', exact: true }).click();
  await expect(alice.status).toContainText('Connected');
  await hearTone(bob.page, tones.alice);

  way.be('lossy');
  // The far end reports what it lost every few seconds, and the sign waits for two looks that agree.
  const soon = { timeout: 60_000 };
  await expect(alice.call.getByText('Your connection is weak')).toBeVisible(soon);
  await expect(bob.call.getByText('Alice’s connection is weak')).toBeVisible(soon);
  await test.info().attach('weak', { body: await bob.page.screenshot(), contentType: 'image/png' });
  way.be('good');
  await expect(alice.call.getByText('connection is weak')).toBeHidden(soon);

  await lookAway(bob);
  way.be('cut');
  await expect(bob.status).toContainText('Reconnecting');
  const told = async () => (await bob.notifications.list()).find(({ title }) => title === 'Call with Alice lost');
  await expect.poll(told, { timeout: 90_000 }).toMatchObject({ body: 'The connection broke off; nobody hung up.' });
  await expect(alice.status).toContainText('Ended', { timeout: 90_000 });

  way.be('good');
  await bob.notifications.click();
  await expect(bob.page.getByRole('button', { name: 'Call again' })).toBeFocused();
  await bob.page.keyboard.press('Enter');
  await expect(alice.alert).toHaveAccessibleName('Incoming call from Bob');
});
