/** Every way to sign in, through the windows and, where it leads there, through a real browser. */
import path from 'node:path';

import type { Page } from '@playwright/test';

import { signInThere, startBrowser, trustCarillon, type PersonsBrowser } from '../homeserver/browser.ts';
import { startHomeserver } from '../homeserver/homeserver.ts';
import {
  type OAuthHomeserver,
  type SsoHomeserver,
  startOAuthHomeserver,
  startSsoHomeserver,
} from '../homeserver/signing-in.ts';
import { expect, test as base, tones } from './support/fixtures.ts';
import { launchCarillon, type LaunchedCarillon, type LaunchOptions } from './support/launch.ts';
import { type Phone, phoneOf, signIn } from './support/phone.ts';
import { placesOf } from './support/secrets.ts';
import { hearTone } from './support/tones.ts';

const test = base.extend<
  { launch: (options?: LaunchOptions) => Promise<LaunchedCarillon> },
  { browser2: PersonsBrowser; school: SsoHomeserver; oauth: OAuthHomeserver }
>({
  browser2: [
    async ({}, use) => {
      const browser = await startBrowser();
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],
  school: [
    async ({}, use) => {
      const homeserver = await startSsoHomeserver({ turn: false, passwords: false });
      await use(homeserver);
      await homeserver.stop();
    },
    { scope: 'worker' },
  ],
  oauth: [
    async ({}, use) => {
      const homeserver = await startOAuthHomeserver({ turn: false });
      await use(homeserver);
      await homeserver.stop();
    },
    { scope: 'worker' },
  ],
  launch: async ({}, use) => {
    const all: LaunchedCarillon[] = [];
    await use(async (options) => {
      const carillon = await launchCarillon(options);
      all.push(carillon);
      return carillon;
    });
    for (const carillon of all) await carillon.close();
  },
});

const main = (page: Page) => page.getByRole('navigation', { name: 'Main' });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function nameServer(page: Page, server: string): Promise<void> {
  const box = page.getByRole('textbox', { name: 'Homeserver' });
  await box.fill(server);
  await box.blur();
}

/** The page that the app wanted the person's browser to open last. */
async function openedPage(carillon: LaunchedCarillon, count = 1): Promise<string> {
  const opened = async () => (await carillon.log()).filter(([what]) => what === 'openExternal');
  await expect.poll(async () => (await opened()).length).toBe(count);
  return (await opened()).at(-1)?.[1] ?? '';
}

/** A poll under way outlives its token by up to 20 s; a machine that wakes up asks at once. */
async function isSignedOut(carillon: LaunchedCarillon, name: string): Promise<void> {
  const words = carillon.page.getByText(new RegExp(`has signed @${name}:.* out`));
  await expect(async () => {
    await carillon.main(({ powerMonitor }) => powerMonitor.emit('resume'));
    await expect(words).toBeVisible({ timeout: 1000 });
  }).toPass({ timeout: 40_000 });
}

async function signInByOAuth(carillon: LaunchedCarillon, browser: PersonsBrowser, name: string, count = 1) {
  await button(carillon.page, 'Continue in the browser').click();
  await signInThere(await browser.open(await openedPage(carillon, count)), name);
  await expect(main(carillon.page)).toBeVisible();
}

test.describe('single sign-on', () => {
  test('by a provider, by its name; nothing else is offered', async ({ launch, school, browser2 }) => {
    const carillon = await launch();
    const { page } = carillon;
    await nameServer(page, school.baseUrl);
    await button(page, 'Continue with School').click();
    await expect(page.getByRole('textbox')).toHaveCount(0);
    const there = await browser2.open(await openedPage(carillon));
    await signInThere(there, 'sophie');
    await trustCarillon(there);
    await expect(there).toHaveTitle('Back to Carillon');
    await expect(main(page)).toBeVisible();
    await expect(page.getByRole('button', { name: /^Account Sophie: Connected/ })).toBeVisible();
    expect(await placesOf(['syt_', 'syl_'], carillon), "Synapse's tokens").toEqual([]);
  });

  test('given up in the browser, cancelled here, and done after all', async ({ launch, school, browser2 }) => {
    const carillon = await launch();
    const { page } = carillon;
    await nameServer(page, school.baseUrl);
    await button(page, 'Continue with School').click();
    await signInThere(await browser2.open(await openedPage(carillon)), 'sam', 'wrong');
    await button(page, 'Cancel').click();
    await expect(page.getByRole('textbox', { name: 'Homeserver' })).toHaveValue(school.baseUrl);
    await expect(page.getByRole('textbox', { name: 'Password' })).toHaveCount(0);
    await expect(page.getByRole('alert')).toHaveCount(0);
    await button(page, 'Continue with School').click();
    const there = await browser2.open(await openedPage(carillon, 2));
    await signInThere(there, 'sam');
    await trustCarillon(there);
    await expect(main(page)).toBeVisible();
  });

  test('a redirect with a foreign state is told in the browser, and the sign-in goes on', async ({
    launch,
    school,
    browser2,
  }) => {
    const carillon = await launch();
    await nameServer(carillon.page, school.baseUrl);
    await button(carillon.page, 'Continue with School').click();
    const url = new URL(await openedPage(carillon));
    const back = new URL(url.searchParams.get('redirectUrl') ?? '');
    back.searchParams.set('state', 'guessed');
    const stranger = await browser2.open(back.href);
    await expect(stranger.getByRole('heading')).toHaveText('Not the sign-in that Carillon waits for');
    const there = await browser2.open(url.href);
    await signInThere(there, 'sarah');
    await trustCarillon(there);
    await expect(main(carillon.page)).toBeVisible();
  });
});

test.describe('OAuth 2.0', () => {
  test.afterEach(({ oauth }) => {
    oauth.oauth.lifetime.accessToken = 300;
    oauth.oauth.faults.refuses = false;
  });

  test('a call outlives many access tokens, and no token is found anywhere', async ({ launch, oauth, browser2 }) => {
    test.slow();
    const service = oauth.oauth;
    const [anna, ben] = [await oauth.person('anna'), await oauth.person('ben')];
    await oauth.directRoom(anna, ben);
    service.lifetime.accessToken = 4;
    const phones: Phone[] = [];
    for (const [user, tone] of [
      [anna, tones.alice],
      [ben, tones.bob],
    ] as const) {
      const carillon = await launch({ tone, args: ['--verbose'] });
      await nameServer(carillon.page, oauth.baseUrl);
      await signInByOAuth(carillon, browser2, user.localpart);
      phones.push(phoneOf(carillon, user));
    }
    const [a, b] = phones;
    if (!a || !b) throw new Error('unreachable');
    await a.place('Ben');
    await b.alert.getByRole('button', { name: 'Answer', exact: true }).click();
    await expect(a.status).toContainText('Connected');
    const before = service.granted.length;
    // Each polls at least every 20 s, long after its token has aged out.
    await expect.poll(() => service.granted.length, { timeout: 30_000 }).toBeGreaterThan(before + 1);
    await hearTone(a.page, tones.bob);
    await a.press('Hang up');
    await expect(b.status).toContainText('Ended');

    expect(service.secrets.length).toBeGreaterThan(8);
    for (const phone of phones) expect(await placesOf(service.secrets, phone)).toEqual([]);
    const places = await placesOf([anna.userId], a);
    expect(places, 'what is no secret is found').toEqual(
      expect.arrayContaining(['page', path.join(a.profile, 'accounts.json')]),
    );
  });

  test('a code for another device', async ({ launch, oauth, browser2 }) => {
    const { page } = await launch();
    await nameServer(page, oauth.baseUrl);
    await button(page, 'Continue in the browser').click();
    await button(page, 'Use a code instead').click();
    const code = await page.locator('.code').innerText();
    const there = await browser2.open(await page.locator('.address').innerText());
    await there.getByRole('textbox').fill(code);
    await there.getByRole('button').click();
    await there.getByRole('button', { name: 'Continue' }).click();
    await signInThere(there, 'carol');
    await expect(main(page)).toBeVisible({ timeout: 20_000 });
  });

  test('refused in the browser: said, and tried again', async ({ launch, oauth, browser2 }) => {
    const carillon = await launch();
    const { page } = carillon;
    await nameServer(page, oauth.baseUrl);
    await button(page, 'Continue in the browser').click();
    const there = await browser2.open(await openedPage(carillon));
    await signInThere(there, 'dora', 'wrong');
    await expect(there.getByRole('heading')).toHaveText('Not signed in');
    await expect(page.getByRole('alert')).toContainText('Nothing was granted');
    await signInByOAuth(carillon, browser2, 'dora', 2);
  });

  test('a renewal that is refused signs out with words, and leads back in', async ({ launch, oauth, browser2 }) => {
    oauth.oauth.lifetime.accessToken = 4;
    const carillon = await launch();
    const { page } = carillon;
    await nameServer(page, oauth.baseUrl);
    await signInByOAuth(carillon, browser2, 'emil');
    oauth.oauth.faults.refuses = true;
    await isSignedOut(carillon, 'emil');
    oauth.oauth.faults.refuses = false;
    oauth.oauth.lifetime.accessToken = 300;
    await button(page, 'Sign in again').click();
    await signInByOAuth(carillon, browser2, 'emil', 2);
    await expect(page.getByRole('button', { name: /^Account Emil: Connected/ })).toBeVisible();
  });
});

test('a session that expires asks for the password alone', async ({ launch }) => {
  const homeserver = await startHomeserver({
    turn: false,
    configure: () => Promise.resolve({ nonrefreshable_access_token_lifetime: '10s' }),
  });
  try {
    const alice = await homeserver.register('alice', 'alice-password', 'Alice');
    const carillon = await launch();
    const { page } = carillon;
    await signIn(page, homeserver.baseUrl, alice.localpart, alice.password);
    await expect(main(page)).toBeVisible();
    await isSignedOut(carillon, 'alice');
    await button(page, 'Sign in again').click();
    await expect(page.getByRole('textbox', { name: 'User name' })).toHaveValue('alice');
    await page.getByRole('textbox', { name: 'Password' }).fill(alice.password);
    await button(page, 'Sign in').click();
    await expect(main(page)).toBeVisible();
    await expect(page.getByRole('button', { name: /^Account Alice: Connected/ })).toBeVisible();
  } finally {
    await homeserver.stop();
  }
});
