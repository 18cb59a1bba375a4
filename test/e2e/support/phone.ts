/** One person's running app, handled by the names that people and screen readers use (design: accessible names). */
import { expect, type Locator, type Page } from '@playwright/test';

import type { TestUser } from '../../homeserver/client.ts';
import type { Homeserver } from '../../homeserver/homeserver.ts';
import { launchCarillon, type LaunchedCarillon, type LaunchOptions } from './launch.ts';

export interface Phone extends LaunchedCarillon {
  readonly user: TestUser;
  /** The ringing alert, whoever calls. */
  readonly alert: Locator;
  /** The call view, whoever is in it. */
  readonly call: Locator;
  /** What the call says of itself: "Calling", "Connected", … */
  readonly status: Locator;
  /** The far end's picture, while there is one. */
  readonly picture: Locator;
  readonly place: (name: string, kind?: 'Call' | 'Video call') => Promise<void>;
  readonly press: (button: string) => Promise<void>;
  /** The small window of ringing calls; it is there, hidden, before anything rings. */
  readonly callWindow: () => Promise<CallWindow>;
}

export interface CallWindow {
  readonly page: Page;
  readonly alert: Locator;
  readonly isVisible: () => Promise<boolean>;
  readonly isFocused: () => Promise<boolean>;
}

/** Starts the app and signs in through its own window. */
export async function startPhone(
  homeserver: Pick<Homeserver, 'baseUrl'>,
  user: TestUser,
  options: LaunchOptions = {},
): Promise<Phone> {
  const carillon = await launchCarillon(options);
  await signIn(carillon.page, homeserver.baseUrl, user.userId, user.password);
  await carillon.page.getByRole('navigation', { name: 'Main' }).waitFor();
  return phoneOf(carillon, user);
}

export function phoneOf(carillon: LaunchedCarillon, user: TestUser): Phone {
  const { page } = carillon;
  const call = page.getByRole('region', { name: /^Call with / });
  return {
    ...carillon,
    user,
    call,
    alert: page.getByRole('alertdialog', { name: /^Incoming (video )?call from / }),
    status: call.getByRole('status'),
    picture: call.locator('.stage > video'),
    place: (name, kind = 'Call') =>
      page
        .getByRole('button', { name: `${kind} ${name}`, exact: true })
        .first()
        .click(),
    press: (button) => page.getByRole('button', { name: button, exact: true }).click(),
    callWindow: () => callWindowOf(carillon),
  };
}

async function callWindowOf({ app, window }: LaunchedCarillon): Promise<CallWindow> {
  const isIt = (page: Page): boolean => page.url().endsWith('/call-window.html');
  await expect.poll(() => app.windows().some(isIt), { timeout: 15_000 }).toBe(true);
  const page = app.windows().find(isIt);
  if (page === undefined) throw new Error('the call window is gone');
  const shown = await window(page);
  return {
    page,
    alert: page.getByRole('alertdialog', { name: /^Incoming (video )?call from / }),
    isVisible: () => shown.evaluate((it: Electron.BrowserWindow) => it.isVisible()),
    isFocused: () => shown.evaluate((it: Electron.BrowserWindow) => it.isFocused()),
  };
}

export async function signIn(page: Page, server: string, user: string, password: string): Promise<void> {
  const serverBox = page.getByRole('textbox', { name: 'Homeserver' });
  const goOn = page.getByRole('button', { name: 'Continue without a keyring' });
  await serverBox.or(goOn).waitFor();
  if (await goOn.isVisible()) await goOn.click();
  await serverBox.fill(server);
  await page.getByRole('textbox', { name: 'User name' }).fill(user);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** As a person who works in another program. */
export async function lookAway(phone: Phone): Promise<void> {
  const window = await phone.window();
  await window.evaluate((shown) => {
    shown.blur();
  });
}
