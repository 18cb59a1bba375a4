/** The settings do what they say, at once, in the running program. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { expect, test, tones } from './support/fixtures.ts';
import type { Phone } from './support/phone.ts';
import { hearTone } from './support/tones.ts';

async function openSection({ page }: Phone, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('navigation', { name: 'Sections of the settings' }).getByRole('button', { name }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

test('the connection test finds the relay, and calls that hide the address use nothing else', async ({
  phones,
  people,
  homeserver,
}) => {
  const { alice, bob } = phones;
  await openSection(alice, 'Advanced');
  await alice.press('Test connection');
  const report = alice.page.getByRole('region', { name: 'Connection test' });
  await expect(report).toContainText('The relay works.', { timeout: 15_000 });
  await expect(report).toContainText(/Relay over UDP: works, after \d+ ms/);
  await expect(report).toContainText(/Relay over TCP: works, after \d+ ms/);

  await openSection(alice, 'Calls');
  await alice.page.getByRole('switch', { name: 'Hide my network address' }).check();
  await alice.page.getByRole('spinbutton', { name: 'Let a call ring for' }).fill('120');
  await alice.page.getByRole('spinbutton', { name: 'Let a call ring for' }).press('Enter');
  await alice.page.getByRole('button', { name: 'People' }).click();
  await alice.place('Bob');
  await bob.alert.getByRole('button', { name: 'Answer', exact: true }).click();
  await expect(alice.status).toContainText('Connected');
  await hearTone(bob.page, tones.alice);
  await alice.press('Hang up');
  await expect(bob.status).toContainText('Ended');

  const sent = homeserver.sentEvents({ roomId: people.roomId }).filter(({ sender }) => sender === people.alice.userId);
  const candidates = JSON.stringify(sent).match(/candidate:.*? typ \w+/g) ?? [];
  expect(candidates.length).toBeGreaterThan(0);
  expect(candidates.filter((candidate) => !candidate.endsWith('typ relay'))).toEqual([]);
  expect(sent.find(({ type }) => type === 'm.call.invite')?.content).toMatchObject({ lifetime: 120_000 });
});

test('the log is saved without anything that tells who calls whom, and a reset keeps the account', async ({
  phones,
  people,
  homeserver,
}) => {
  const { alice, bob } = phones;
  await alice.place('Bob');
  await bob.alert.getByRole('button', { name: 'Decline' }).click();
  await expect(alice.status).toContainText('Ended');
  await alice.press('Close');

  const folder = mkdtempSync(path.join(os.tmpdir(), 'carillon-log-'));
  const file = path.join(folder, 'log.txt');
  await alice.main(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
  await openSection(alice, 'Advanced');
  await alice.press('Save log…');
  await expect(alice.page.getByText('The log was saved.').last()).toBeVisible();
  const log = readFileSync(file, 'utf8');
  rmSync(folder, { recursive: true, force: true });
  expect(log).toMatch(/^Carillon: \d+\.\d+\.\d+\n/);
  expect(log).toMatch(/\n\d{4}-\d\d-\d\dT\S+ info /);
  const told = [people.alice, people.bob].flatMap(({ userId, password, accessToken }) => [
    userId,
    password,
    accessToken,
  ]);
  for (const secret of [...told, people.roomId, homeserver.baseUrl, '127.0.0.1', 'Bob']) {
    expect(log).not.toContain(secret);
  }

  await openSection(alice, 'General');
  await alice.page.getByRole('radio', { name: 'Dark' }).check();
  await expect(alice.page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await openSection(alice, 'Advanced');
  await alice.press('Reset settings…');
  await alice.page.getByRole('alertdialog').getByRole('button', { name: 'Reset settings', exact: true }).click();
  await expect(alice.page.locator('html')).toHaveAttribute('data-theme', 'light');
  await alice.page.getByRole('button', { name: 'People' }).click();
  await expect(alice.page.getByRole('button', { name: 'Call Bob', exact: true }).first()).toBeVisible();
});

test('in a narrow window the sections take turns with the list, and the focus goes with them', async ({
  people,
  start,
}) => {
  const alice = await start(people.alice);
  await alice.page.setViewportSize({ width: 560, height: 700 });
  await alice.page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Settings' }).press('Enter');
  const list = alice.page.getByRole('navigation', { name: 'Sections of the settings' });
  await list.getByRole('button', { name: 'Calls' }).press('Enter');
  await expect(list).toBeHidden();
  await expect(alice.page.getByRole('heading', { level: 1, name: 'Calls' })).toBeFocused();
  await alice.page.getByRole('button', { name: 'Back to settings' }).press('Enter');
  await expect(alice.page.getByRole('heading', { level: 1 })).toBeHidden();
  await expect(list.getByRole('button', { name: 'General' })).toBeFocused();
});
