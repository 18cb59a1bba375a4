/** Calls that ring while nobody looks: the call window, and all the other signs, which come and go together. */
import fs from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, tones } from './support/fixtures.ts';
import { lookAway, type Phone } from './support/phone.ts';
import { signNames, watchSigns } from './support/signs.ts';
import { writeTone } from './support/tone.ts';
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

test.describe(() => {
  test.use({ lasting: true });

  test('all signs of a call vanish together when the caller gives up, and it is listed as missed', async ({
    phones,
  }) => {
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

  test('who does not want to be disturbed hears and sees nothing, and finds the call in the list', async ({
    phones,
  }) => {
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

  test('a person who was named for it is answered by itself, without a camera, and it is said', async ({ phones }) => {
    const { alice, bob } = phones;
    await bob.press('Settings');
    await bob.press('Calls');
    await bob.page.getByRole('combobox', { name: 'Add a person' }).selectOption({ label: 'Alice' });
    await expect(bob.page.getByRole('button', { name: 'Remove Alice' })).toBeVisible();
    await alice.place('Bob', 'Video call');
    await expect(bob.alert).toBeVisible();
    await expect(alice.status).toContainText('Connected');
    await hearTone(alice.page, tones.bob);
    await expect(bob.page.getByRole('button', { name: 'Camera', exact: true })).toHaveAttribute(
      'aria-pressed',
      'false',
    );
    expect(await openNotifications(bob)).toEqual(['In a call with Alice']);
  });
});

test('a file that is not sound is refused, one that is becomes the ringtone', async ({ phones: { bob } }, info) => {
  const letter = info.outputPath('letter.mp3');
  fs.writeFileSync(letter, 'Dear Bob, this is a letter.');
  const song = info.outputPath('song.wav');
  writeTone(song, 660);
  await bob.press('Settings');
  await bob.press('Notifications');
  const choose = async (file: string): Promise<void> => {
    await bob.main(({ dialog }, chosen) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
    }, file);
    await bob.press('Choose a sound file…');
  };
  await choose(letter);
  await expect(bob.page.getByRole('alert')).toContainText('This file is not a sound that can be played.');
  await expect(bob.page.getByRole('radio', { name: 'Carillon', exact: true })).toBeChecked();
  await choose(song);
  await expect(bob.page.getByRole('radio', { name: 'song.wav' })).toBeChecked();
  await expect(bob.page.getByRole('button', { name: 'Stop song.wav' })).toBeVisible();
});

const historyOf = (phone: Phone) =>
  phone.page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: /^History/ });

async function openNotifications(phone: Phone): Promise<readonly string[]> {
  return (await phone.notifications.list()).filter(({ open }) => open).map(({ title }) => title);
}
