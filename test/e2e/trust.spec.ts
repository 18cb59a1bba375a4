/** The trust of an account through its windows: a recovery key, a device restored by it, and two that compare emoji. */
import type { Page } from '@playwright/test';

import { expect, test } from './support/fixtures.ts';
import { placesOf } from './support/secrets.ts';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function openSecurity(page: Page): Promise<void> {
  await button(page, 'Settings').click();
  await page
    .getByRole('navigation', { name: 'Sections of the settings' })
    .getByRole('button', { name: 'Security' })
    .click();
}

test('a recovery key is shown once, restores the next login, and is found nowhere afterwards', async ({
  people,
  start,
}) => {
  const first = await start(people.alice, { args: ['--verbose'] });
  await button(first.page, 'Set up').click();
  const dialog = first.page.getByRole('dialog', { name: 'Save your recovery key' });
  const key = await dialog.getByLabel('Recovery key').innerText();
  expect(key).toMatch(/^Es\w\w( \w{4}){11}$/);
  await button(first.page, 'I have saved it').click();
  await expect(dialog).toContainText('Your account is protected', { timeout: 20_000 });
  await button(first.page, 'Close').click();
  await openSecurity(first.page);
  await expect(first.page.getByText(/^On, and complete|^On\. Keys/)).toBeVisible();

  const second = await start(people.alice, { args: ['--verbose'] });
  await button(second.page, 'Verify').click();
  const box = second.page.getByRole('textbox', { name: 'Recovery key' });
  await box.fill(`${key} 2`);
  await button(second.page, 'Use recovery key').click();
  await expect(second.page.getByRole('alert')).toContainText('This is not a recovery key');
  await box.fill(key);
  await button(second.page, 'Use recovery key').click();
  await expect(second.page.getByRole('dialog')).toHaveCount(0, { timeout: 20_000 });
  await openSecurity(second.page);
  await expect(second.page.getByText('Verified by your identity.')).toBeVisible();
  await expect(second.page.getByText(/^On, and complete|^On\. Keys/)).toBeVisible();

  for (const phone of [first, second]) {
    // As a whole, and any part of it that is more than chance.
    const parts = [key.replaceAll(' ', ''), key.slice(0, 14), key.slice(15, 29)];
    expect(await placesOf(parts, phone)).toEqual([]);
  }
});

test('two devices of one person verify each other by emoji', async ({ people, start }) => {
  const old = await start(people.alice);
  await expect(button(old.page, 'Set up')).toBeVisible();
  const fresh = await start(people.alice);
  await button(fresh.page, 'Verify').click();
  await button(fresh.page, 'Compare emoji with another device').click();
  const request = old.page.getByRole('dialog', { name: 'Another device of yours wants to be verified' });
  await request.getByRole('button', { name: 'Accept' }).click();

  const shown = (page: Page) => page.getByRole('dialog', { name: 'Verify with another device' }).getByRole('listitem');
  await expect(shown(old.page)).toHaveCount(7, { timeout: 20_000 });
  await expect(shown(fresh.page)).toHaveCount(7);
  const names = await shown(fresh.page).allInnerTexts();
  expect(await shown(old.page).allInnerTexts()).toEqual(names);
  for (const image of await shown(old.page).locator('img').all()) {
    expect(await image.evaluate((element) => (element as HTMLImageElement).naturalWidth)).toBeGreaterThan(0);
  }
  await button(old.page, 'They match').click();
  await expect(old.page.getByText('Waiting for the other side to say so, too…')).toBeVisible();
  await button(fresh.page, 'They match').click();
  for (const { page } of [old, fresh]) {
    await expect(page.getByText('The two devices trust each other now.')).toBeVisible({ timeout: 20_000 });
    await button(page, 'Close').click();
  }
  await openSecurity(fresh.page);
  await expect(fresh.page.getByText('Verified by your identity.')).toBeVisible({ timeout: 20_000 });
  await openSecurity(old.page);
  await expect(old.page.getByText(/^\s*Verified\s+·/)).toHaveCount(2, { timeout: 20_000 });
});
