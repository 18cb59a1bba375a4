/** When each sign of a ringing call came and went, in ms since the epoch: all processes of this machine read one clock. */
import type { Page } from '@playwright/test';
import type { Phone } from './phone.ts';

/** `notification`, `tray`, `badge`: main told the desktop. The others: what a person could see changed. */
export const signNames = ['callWindow', 'notification', 'tray', 'badge', 'alertInCallWindow', 'alertInPage'] as const;
export type SignName = (typeof signNames)[number];

export interface SignTimes {
  readonly came: Partial<Record<SignName, number>>;
  readonly went: Partial<Record<SignName, number>>;
}

type Change = readonly [name: SignName, up: boolean, at: number];

/** @returns what tells when each sign came first and went last since it was asked; to be asked when all of them are over. */
export async function watchSigns(phone: Phone): Promise<() => Promise<SignTimes>> {
  const { page } = await phone.callWindow();
  const seenIn = [
    ['alertInCallWindow', page],
    ['alertInPage', phone.page],
  ] as const;
  await phone.main(({ app, BrowserWindow, Notification, Tray }) => {
    const changes: [string, boolean, number][] = [];
    const tap = (target: object, method: string, seen: (...args: never[]) => [string, boolean] | null): void => {
      const methods = target as Record<string, (...args: unknown[]) => unknown>;
      const original = methods[method];
      methods[method] = function (this: unknown, ...args: unknown[]) {
        const result = original?.apply(this, args);
        const change = seen(...(args as never[]));
        if (change !== null) changes.push([...change, Date.now()]);
        return result;
      };
    };
    tap(BrowserWindow.prototype, 'showInactive', () => ['callWindow', true]);
    tap(BrowserWindow.prototype, 'hide', () => ['callWindow', false]);
    tap(Notification.prototype, 'show', () => ['notification', true]);
    tap(Notification.prototype, 'close', () => ['notification', false]);
    tap(Tray.prototype, 'setToolTip', (words: string) => ['tray', words.startsWith('Incoming')]);
    tap(app, 'setBadgeCount', (count: number) => ['badge', count > 0]);
    Object.assign(globalThis, { signChanges: changes });
  });
  for (const [name, seen] of seenIn) await watchAlert(seen, name);
  return async () => {
    const told = await phone.main(() => (globalThis as unknown as { signChanges: Change[] }).signChanges.splice(0));
    const shown = await Promise.all(seenIn.map(([, seen]) => takeChanges(seen)));
    const all = [...told, ...shown.flat()];
    const times = (changes: readonly Change[]) => Object.fromEntries(changes.map(([name, , at]) => [name, at]));
    // A missed call raises a notification and a number of its own afterwards: of what came, the first counts.
    return { came: times(all.filter(([, up]) => up).reverse()), went: times(all.filter(([, up]) => !up)) };
  };
}

async function watchAlert(page: Page, name: SignName): Promise<void> {
  await page.evaluate((of) => {
    const changes: [string, boolean, number][] = [];
    let before = false;
    const look = (): void => {
      const now = document.querySelector('[role=alertdialog]') !== null;
      if (now !== before) changes.push([of, now, Date.now()]);
      before = now;
    };
    new MutationObserver(look).observe(document, { subtree: true, childList: true });
    Object.assign(globalThis, { signChanges: changes });
  }, name);
}

const takeChanges = (page: Page): Promise<Change[]> =>
  page.evaluate(() => (globalThis as unknown as { signChanges: Change[] }).signChanges.splice(0));
