/** The list of calls: what became of each, at both ends, over restarts, and out of the program again. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Locator } from '@playwright/test';

import { historyRows } from '../../main/history/rows.ts';
import { prepareSchema } from '../../main/history/schema.ts';
import type { CallId, RoomId, UserId } from '../../preload/contract/ids.ts';
import { expect, test, tones } from './support/fixtures.ts';
import { launchCarillon } from './support/launch.ts';
import { type Phone, phoneOf } from './support/phone.ts';

const entry = (phone: Phone): Locator =>
  phone.page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: /^History/ });
const rows = (phone: Phone): Locator =>
  phone.page.getByRole('region', { name: 'Calls', exact: true }).getByRole('listitem');
const badge = (phone: Phone): Promise<number> => phone.main(({ app }) => app.getBadgeCount());

async function missACall({ alice, bob }: { readonly alice: Phone; readonly bob: Phone }): Promise<void> {
  await alice.place('Bob');
  await bob.alert.waitFor();
  await alice.press('Hang up');
  await expect(bob.alert).toBeHidden();
}

test('a missed, a declined and an answered call are told at both ends, and after a restart', async ({
  phones,
  people,
}) => {
  const { alice, bob } = phones;
  await missACall(phones);
  await expect(entry(bob)).toHaveAccessibleName('History 1 missed call');
  await expect.poll(() => badge(bob)).toBe(1);
  await alice.place('Bob');
  await bob.alert.getByRole('button', { name: 'Decline' }).click();
  await expect(alice.call).toContainText('Bob declined');
  await alice.place('Bob', 'Video call');
  await bob.alert.getByRole('button', { name: 'Answer with video' }).click();
  await expect(alice.status).toContainText('Connected');
  await bob.press('Hang up');
  await expect(alice.status).toContainText('Ended');

  await entry(alice).click();
  await expect(rows(alice)).toHaveText([
    /^Bob.*Outgoing · Video · \d+ sec/,
    /^Bob.*Outgoing, Declined$/,
    /^Bob.*Cancelled$/,
  ]);
  await expect(entry(alice)).toHaveAccessibleName('History');
  await entry(bob).click();
  const his = [/^Alice.*Incoming · Video · \d+ sec/, /^Alice.*Incoming, You declined$/, /^Alice.*Incoming, Missed$/];
  await expect(rows(bob)).toHaveText(his);
  // Looking is enough.
  await expect(entry(bob)).toHaveAccessibleName('History');
  await expect.poll(() => badge(bob)).toBe(0);

  await bob.close({ keepProfile: true });
  const again = phoneOf(await launchCarillon({ profile: bob.profile, tone: tones.bob }), people.bob);
  await entry(again).click();
  await expect(rows(again)).toHaveText(his);
  await expect(entry(again)).toHaveAccessibleName('History');
  await again.close();
});

test.describe(() => {
  test.use({ lasting: true });

  test('a call is returned from the list, and its row says so', async ({ phones }) => {
    const { alice, bob } = phones;
    await missACall(phones);
    await entry(bob).click();
    await rows(bob).getByRole('button', { name: 'Call Alice', exact: true }).click();
    await alice.alert.getByRole('button', { name: 'Answer', exact: true }).click();
    await expect(bob.status).toContainText('Connected');
    await bob.press('Hang up');
    await expect(rows(bob)).toHaveText([/Outgoing · \d+ sec/, /Missed/]);
    await expect(alice.page.getByText('Bob ended the call.')).toBeVisible();
    await alice.press('Close');
    await expect(alice.page.getByRole('region', { name: 'Calls with Bob' }).getByRole('listitem')).toHaveText([
      /Incoming/,
      /Cancelled/,
    ]);
  });

  test('the notification of a missed call leads to it', async ({ phones }) => {
    const { bob } = phones;
    const window = await bob.window();
    await window.evaluate((shown) => {
      shown.close();
    });
    await expect.poll(() => window.evaluate((shown) => shown.isVisible())).toBe(false);
    const { alice } = phones;
    await alice.place('Bob');
    await expect.poll(async () => (await bob.tray.state()).toolTip).toContain('Alice');
    await alice.press('Hang up');
    await expect.poll(async () => (await bob.notifications.list()).map(({ title }) => title)).toContain('Missed call');
    await bob.notifications.click();
    await expect.poll(() => window.evaluate((shown) => shown.isVisible())).toBe(true);
    await expect(bob.page.getByRole('region', { name: 'About this call' })).toContainText(
      'You missed a call from Alice.',
    );
  });
});

test('the list is saved as a file, where the person says', async ({ phones }) => {
  const { bob } = phones;
  await missACall(phones);
  await entry(bob).click();
  const menu = bob.page.getByRole('button', { name: 'More about the list of calls' });
  const file = path.join(bob.profile, 'chosen.csv');
  await bob.main(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
  await menu.click();
  await bob.page.getByRole('menuitem', { name: 'Save as CSV…' }).click();
  await expect(bob.page.getByText('1 call was saved.').first()).toBeVisible();
  const [header, line] = readFileSync(file, 'utf8').slice(1).split('\r\n');
  expect(header).toContain('started,ended,duration_seconds,direction');
  expect(line).toMatch(/,incoming,voice,Alice,'@alice.*,missed,$/);

  await bob.main(({ dialog }) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: '/no/such/folder/calls.csv' });
  });
  await menu.click();
  await bob.page.getByRole('menuitem', { name: 'Save as CSV…' }).click();
  await expect(bob.page.getByRole('alert')).toHaveText(/could not be written/);
});

test('ten thousand calls are scrolled through, and only those in sight are drawn', async ({ people, start }) => {
  const profile = mkdtempSync(path.join(os.tmpdir(), 'carillon-history-'));
  seed(path.join(profile, 'history.sqlite'), people.alice.userId, 10_000);
  const alice = await start(people.alice, { profile });
  await entry(alice).click();
  await expect(rows(alice).first()).toContainText('Person 0');
  const list = alice.page.locator('[data-scroll]');
  await expect(async () => {
    await list.evaluate((element) => {
      element.scrollTop = element.scrollHeight;
    });
    await expect(rows(alice).last()).toContainText('Person 9999', { timeout: 100 });
  }).toPass({ timeout: 45_000, intervals: [20] });
  expect(await rows(alice).count()).toBeLessThan(500);
  await list.evaluate((element) => {
    element.scrollTop = 0;
  });
  await expect(rows(alice).first()).toContainText('Person 0');
  await alice.close();
  rmSync(profile, { recursive: true });
});

/** Each of somebody else, a quarter of an hour apart. */
function seed(file: string, account: string, count: number): void {
  const sql = new DatabaseSync(file);
  prepareSchema(sql);
  const all = historyRows(sql, Date.now, count);
  sql.exec('PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY');
  for (let index = 0; index < count; index++) {
    const startedAt = Date.now() - index * 900_000;
    all.save({
      account: account as UserId,
      roomId: '!seed:example.org' as RoomId,
      callId: `seed-${String(index)}` as CallId,
      peer: `@person-${String(index)}:example.org` as UserId,
      peerName: `Person ${String(index)}`,
      direction: index % 2 === 0 ? 'incoming' : 'outgoing',
      kind: 'voice',
      startedAt,
      answeredAt: startedAt + 5000,
      connectedAt: startedAt + 6000,
      endedAt: startedAt + 66_000,
      outcome: 'answered',
      cause: null,
      missed: false,
      seen: true,
    });
  }
  all.close();
}
