/** A way through every view, as people would go it; each station leads from the one before. */
import type { Locator, Page } from '@playwright/test';

import { type Phone, signIn } from '../e2e/support/phone.ts';
import { seeMotion } from '../e2e/support/pictures.ts';
import { until } from '../homeserver/until.ts';
import type { Stage } from './stage.ts';

export interface Station {
  readonly name: string;
  readonly go: (stage: Stage) => Promise<void>;
  /** A window of its own and of its own size; otherwise Anna's main window. */
  readonly page?: (stage: Stage) => Promise<Page>;
}

const button = ({ page }: Phone, name: string | RegExp): Locator =>
  page.getByRole('button', { name, exact: true }).first();
const inCall = ({ call }: Phone, name: string): Locator => call.getByRole('button', { name, exact: true }).first();
const place = ({ page }: Phone, name: string | RegExp): Locator =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name, exact: true });
const dialog = ({ page }: Phone, name: string): Locator => page.getByRole('dialog', { name, exact: true });
const emoji = (phone: Phone, name: string): Locator => dialog(phone, name).getByRole('listitem');
const says = ({ status }: Phone, words: string): Promise<void> => status.filter({ hasText: words }).first().waitFor();

async function answer({ anna, ben }: Stage, name = 'Answer'): Promise<void> {
  await ben.alert.getByRole('button', { name, exact: true }).click();
  await Promise.all([says(anna, 'Connected'), says(ben, 'Connected')]);
}

async function close(phone: Phone, name: string): Promise<void> {
  await phone.page.keyboard.press('Escape');
  await dialog(phone, name).waitFor({ state: 'detached' });
}

async function hangUp({ anna, ben }: Stage): Promise<void> {
  await button(anna, 'Hang up').click();
  await Promise.all([says(anna, 'Ended'), says(ben, 'Ended')]);
  await button(anna, /^Close/).click();
  await button(ben, 'Close').click();
}

const sections = ['General', 'Calls', 'Audio and video', 'Keys', 'Notifications', 'Security', 'Advanced'] as const;

const settings = sections.map((name): Station => ({
  name: `settings-${name.toLowerCase().replaceAll(' ', '-')}`,
  go: async ({ anna }) => {
    await place(anna, 'Settings').click();
    await anna.page
      .getByRole('navigation', { name: 'Sections of the settings' })
      .getByRole('button', { name, exact: true })
      .click();
    await anna.page.getByRole('heading', { level: 1, name }).waitFor();
  },
}));

export const stations: readonly Station[] = [
  {
    name: 'sign-in',
    go: async ({ anna }) => {
      await anna.page.getByRole('textbox', { name: 'Homeserver' }).waitFor();
    },
  },
  {
    name: 'people',
    go: async ({ anna, homeserver }) => {
      await signIn(anna.page, homeserver.baseUrl, anna.user.userId, anna.user.password);
      await button(anna, 'Call Gia Rossi').waitFor();
    },
  },
  {
    name: 'recovery-key',
    go: async ({ anna }) => {
      await button(anna, 'Set up').click();
      await dialog(anna, 'Save your recovery key').getByLabel('Recovery key').waitFor();
    },
  },
  {
    name: 'ringing',
    go: async ({ anna, ben }) => {
      await close(anna, 'Save your recovery key');
      await ben.place('Anna Kovács');
      await anna.alert.waitFor();
    },
  },
  {
    name: 'history',
    go: async (stage) => {
      const { anna, ben } = stage;
      await anna.alert.getByRole('button', { name: 'Decline' }).click();
      await button(ben, 'Close').click();
      await stage.claraCalls();
      await stage.claraHangsUp();
      await button(anna, /^Close/).click();
      await button(anna, 'Later').click();
      await place(anna, /^History/).click();
      await anna.page.getByRole('region', { name: 'Calls', exact: true }).getByRole('listitem').nth(1).waitFor();
    },
  },
  {
    name: 'history-details',
    go: async ({ anna }) => {
      await anna.page
        .getByRole('region', { name: 'Calls', exact: true })
        .getByRole('listitem')
        .first()
        .getByRole('button')
        .first()
        .click();
      await anna.page.getByRole('region', { name: 'About this call' }).waitFor();
    },
  },
  ...settings,
  {
    name: 'keys',
    go: async ({ anna }) => {
      await anna.page.keyboard.press('?');
      await dialog(anna, 'Keys').waitFor();
    },
  },
  {
    name: 'account-menu',
    go: async ({ anna }) => {
      await close(anna, 'Keys');
      await button(anna, /^Account /).click();
      await anna.page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'sign-out',
    go: async ({ anna }) => {
      await anna.page.getByRole('menuitem', { name: 'Sign out' }).click();
      await anna.page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'add-account',
    go: async ({ anna }) => {
      await anna.page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click();
      await button(anna, /^Account /).click();
      await anna.page.getByRole('menuitem', { name: 'Add account' }).click();
      await anna.page.getByRole('textbox', { name: 'Homeserver' }).waitFor();
    },
  },
  {
    name: 'search',
    go: async ({ anna }) => {
      await button(anna, 'Back').click();
      await place(anna, 'People').click();
      await anna.page.getByRole('searchbox').fill('a');
      await button(anna, 'Call Gia Rossi').waitFor();
    },
  },
  {
    name: 'keypad',
    go: async ({ anna }) => {
      await anna.page.getByRole('searchbox').fill('');
      await place(anna, 'Keypad').click();
      await anna.page.getByRole('textbox').first().waitFor();
    },
  },
  {
    name: 'calling',
    go: async ({ anna, ben }) => {
      await place(anna, 'People').click();
      await anna.place('Ben Okafor');
      await ben.alert.waitFor();
    },
  },
  { name: 'voice-call', go: (stage) => answer(stage) },
  {
    name: 'voice-call-muted-keypad',
    go: async ({ anna }) => {
      await inCall(anna, 'Mute microphone').click();
      await inCall(anna, 'Keypad').click();
      await anna.page.keyboard.type('12');
    },
  },
  {
    name: 'voice-call-more',
    go: async ({ anna }) => {
      await inCall(anna, 'Keypad').click();
      await inCall(anna, 'Mute microphone').click();
      await inCall(anna, 'More').click();
      await anna.page.getByRole('slider').waitFor();
    },
  },
  {
    name: 'call-details',
    go: async ({ anna }) => {
      await button(anna, 'Call details').click();
      await dialog(anna, 'Details of the call with Ben Okafor').getByRole('term').first().waitFor();
    },
  },
  {
    name: 'transfer',
    go: async ({ anna }) => {
      await close(anna, 'Details of the call with Ben Okafor');
      await inCall(anna, 'More').click();
      await button(anna, 'Transfer…').click();
      await dialog(anna, 'Transfer Ben Okafor').getByRole('listitem').first().waitFor();
    },
  },
  {
    name: 'screen-picker',
    go: async ({ anna }) => {
      await close(anna, 'Transfer Ben Okafor');
      await inCall(anna, 'Share screen').click();
      await dialog(anna, 'Share your screen').getByRole('radio').first().waitFor();
    },
  },
  {
    name: 'second-call',
    go: async (stage) => {
      await close(stage.anna, 'Share your screen');
      await stage.claraCalls();
    },
  },
  {
    name: 'held',
    go: async (stage) => {
      await stage.claraHangsUp();
      await button(stage.anna, /^Close.*Clara/).click();
      await inCall(stage.anna, 'Hold').click();
      await says(stage.anna, 'On hold');
    },
  },
  {
    name: 'call-bar',
    go: async ({ anna }) => {
      await inCall(anna, 'Hold').click();
      await says(anna, 'Connected');
      await place(anna, 'Settings').click();
      await anna.page.getByRole('heading', { level: 1, name: 'General' }).waitFor({ state: 'attached' });
    },
  },
  {
    name: 'ended',
    go: async ({ anna, ben }) => {
      await button(ben, 'Hang up').click();
      await says(ben, 'Ended');
      await button(ben, 'Close').click();
      await place(anna, 'People').click();
    },
  },
  {
    name: 'person',
    go: async ({ anna }) => {
      await button(anna, /^Close/).click();
      await anna.page
        .getByRole('button', { name: /^Ben Okafor/ })
        .first()
        .click();
      await anna.page.getByRole('region', { name: 'Ben Okafor', exact: true }).waitFor();
    },
  },
  {
    name: 'verification-request',
    go: async ({ anna, ben }) => {
      await ben.page
        .getByRole('button', { name: /^Anna Kovács/ })
        .first()
        .click();
      await button(ben, 'Verify Anna Kovács').click();
      await dialog(anna, 'Ben Okafor wants to verify you').waitFor();
    },
  },
  {
    name: 'verification-answered',
    go: async ({ anna }) => {
      await dialog(anna, 'Ben Okafor wants to verify you').getByRole('button', { name: 'Accept' }).click();
      await emoji(anna, 'Verify Ben Okafor').nth(6).waitFor();
    },
  },
  {
    name: 'verification-mismatch',
    go: async ({ anna, ben }) => {
      await button(anna, 'They do not match').click();
      await Promise.all([anna, ben].map((phone) => button(phone, 'Close').waitFor()));
    },
  },
  {
    name: 'verification-asked',
    go: async ({ anna, ben }) => {
      await button(ben, 'Close').click();
      await button(anna, 'Close').click();
      await button(anna, 'Verify Ben Okafor').click();
      await dialog(ben, 'Anna Kovács wants to verify you').waitFor();
    },
  },
  {
    name: 'verification-done',
    go: async ({ anna, ben }) => {
      await dialog(ben, 'Anna Kovács wants to verify you').getByRole('button', { name: 'Accept' }).click();
      await Promise.all([
        emoji(anna, 'Verify Ben Okafor').nth(6).waitFor(),
        emoji(ben, 'Verify Anna Kovács').nth(6).waitFor(),
      ]);
      await Promise.all([anna, ben].map((phone) => button(phone, 'They match').click()));
      await Promise.all([anna, ben].map((phone) => button(phone, 'Close').waitFor()));
    },
  },
  {
    name: 'video-call',
    go: async (stage) => {
      await Promise.all([stage.anna, stage.ben].map((phone) => button(phone, 'Close').click()));
      await stage.anna.place('Ben Okafor', 'Video call');
      await answer(stage, 'Answer with video');
      await seeMotion(stage.anna.picture);
    },
  },
  {
    name: 'call-window',
    go: async (stage) => {
      await hangUp(stage);
      const window = await stage.anna.window();
      await window.evaluate((shown: Electron.BrowserWindow) => {
        shown.hide();
      });
      await stage.ben.place('Anna Kovács', 'Video call');
    },
    page: ({ anna }) =>
      until('the call window', 10_000, async () => {
        for (const page of anna.app.windows()) {
          if (!page.url().includes('call-window')) continue;
          if (await page.getByRole('button', { name: 'Decline' }).first().isVisible()) return page;
        }
        return undefined;
      }),
  },
];
