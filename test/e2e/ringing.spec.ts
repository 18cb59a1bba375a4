/** Calls that ring while nobody looks: the call window, and all the other signs, which come and go together. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, tones } from './support/fixtures.ts';
import { lookAway, type Phone } from './support/phone.ts';
import { signNames, watchSigns } from './support/signs.ts';
import { hearTone } from './support/tones.ts';

test('a call window rings above what one works on, leaves the keyboard there, and answers', async ({ phones }) => {
  const { alice, bob } = phones;
  const ringing = await bob.callWindow();
  expect(await ringing.isVisible()).toBe(false);
  await lookAway(bob);
  await alice.place('Bob');
  await expect.poll(ringing.isVisible).toBe(true);
  expect(await ringing.isFocused()).toBe(false);
  await expect(ringing.alert).toHaveAccessibleName('Incoming call from Alice');
  for (const theme of ['light', 'dark'] as const) {
    await bob.main(({ nativeTheme }, source) => (nativeTheme.themeSource = source), theme);
    await expect(ringing.page.locator(`html[data-theme=${theme}]`)).toBeAttached();
    const { violations } = await new AxeBuilder({ page: ringing.page }).setLegacyMode().analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
  }
  await ringing.page.getByRole('button', { name: 'Answer', exact: true }).click();
  await expect(alice.status).toContainText('Connected');
  expect(await ringing.isVisible()).toBe(false);
  await hearTone(alice.page, tones.bob);
});

test('all signs of a call vanish together when the caller gives up, and it is listed as missed', async ({ phones }) => {
  const { alice, bob } = phones;
  const ringing = await bob.callWindow();
  await lookAway(bob);
  const signs = await watchSigns(bob);
  await alice.place('Bob');
  await expect.poll(ringing.isVisible).toBe(true);
  await expect.poll(async () => (await bob.tray.state()).toolTip).toBe('Incoming call from Alice');
  await alice.press('Hang up');
  await expect.poll(ringing.isVisible).toBe(false);
  await expect.poll(async () => (await bob.tray.state()).toolTip).toBe('Carillon: 1 missed call');
  await expect(bob.alert).toBeHidden();
  const { came, went } = await signs();
  expect(Object.keys(came).sort()).toEqual([...signNames].sort());
  // The number of missed calls takes the place of the number of ringing ones: its badge stays.
  const gone = Object.entries(went).filter(([name]) => name !== 'badge');
  expect(gone.map(([name]) => name).sort()).toEqual(signNames.filter((name) => name !== 'badge').sort());
  const times = gone.map(([, at]) => at);
  expect(Math.max(...times) - Math.min(...times)).toBeLessThan(200);

  await historyOf(bob).click();
  await expect.poll(async () => (await bob.tray.state()).toolTip).toBe('Carillon: ready for calls');
});

test('who does not want to be disturbed hears and sees nothing, and finds the call in the list', async ({ phones }) => {
  const { alice, bob } = phones;
  const ringing = await bob.callWindow();
  await lookAway(bob);
  await bob.tray.menu('Until I switch it off');
  await expect.poll(async () => (await bob.tray.state()).toolTip).toBe('Carillon: do not disturb');
  await alice.place('Bob');
  await expect(alice.status).toContainText('Calling');
  // Listed only once it is known not to ring: from here on it could have.
  await expect.poll(async () => (await bob.tray.state()).toolTip).toBe('Carillon: 1 missed call');
  expect(await ringing.isVisible()).toBe(false);
  expect(await openNotifications(bob)).toEqual([]);
  await expect(bob.alert).toBeHidden();
  await historyOf(bob).click();
  const row = bob.page.getByRole('region', { name: 'Calls', exact: true }).getByRole('listitem').first();
  await row.getByRole('button').first().click();
  await expect(bob.page.getByText('It did not ring because you did not want to be disturbed.')).toBeVisible();
  await alice.press('Hang up');

  await bob.tray.menu('Off');
  await alice.place('Bob');
  await expect.poll(ringing.isVisible).toBe(true);
});

const historyOf = (phone: Phone) =>
  phone.page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: /^History/ });

async function openNotifications(phone: Phone): Promise<readonly string[]> {
  return (await phone.notifications.list()).filter(({ open }) => open).map(({ title }) => title);
}
