/** A person's own browser: the system's Chromium, headless, which reaches this machine and nothing else. */
import { chromium, type Page } from '@playwright/test';

import { findChromium } from '../electron-host/chromium.ts';

export interface PersonsBrowser {
  /** A page that remembers nobody. */
  readonly open: (url: string) => Promise<Page>;
  readonly close: () => Promise<void>;
}

export async function startBrowser(): Promise<PersonsBrowser> {
  const browser = await chromium.launch({
    executablePath: findChromium(process.env),
    args: [
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
      '--no-first-run',
      '--no-sandbox', // it needs privileges that containers lack
    ],
  });
  return {
    open: async (url) => {
      const context = await browser.newContext();
      context.setDefaultTimeout(20_000);
      const page = await context.newPage();
      await page.goto(url);
      return page;
    },
    close: () => browser.close(),
  };
}

/** On the pages of the login service: who one is and, unless refused, that the program may come in. */
export async function signInThere(page: Page, name: string, password = 'any'): Promise<void> {
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Continue' }).click();
  if (password === 'wrong') return;
  await page.getByText('Let this program in?').waitFor();
  await page.getByRole('button', { name: 'Continue' }).click();
}

/** Synapse asks before it hands a token to an address that nobody has vouched for. */
export async function trustCarillon(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Continue' }).click();
}
