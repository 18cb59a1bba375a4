/** What a page may do: where it may go, what it may ask of the browser, which files it gets, which screens it may see. */
import { desktopCapturer, session, systemPreferences } from 'electron';
import type { Accounts } from '../account/contract';
import { origin, serveApp } from '../desktop/app-protocol';
import { letPageReachHeadsets } from '../desktop/headset-access';
import { makeScreens, type Screens } from '../desktop/screens';
import { guardNavigation, guardPermissions } from '../desktop/security';
import { readAvatarUrl } from '../matrix/avatar-url';

/** @param renderer folder with the pages. */
export function limitPages(renderer: string, accounts: Pick<Accounts, 'session'>): Screens {
  guardNavigation();
  guardPermissions(session.defaultSession);
  letPageReachHeadsets(session.defaultSession);
  serveApp(renderer, async (url) => {
    const address = readAvatarUrl(url);
    return address === null ? null : ((await accounts.session(address.account)?.avatar(address)) ?? null);
  });
  return makeScreens({
    session: session.defaultSession,
    capturer: desktopCapturer,
    origin,
    platform: process.platform,
    macVersion: () => Number.parseInt(process.getSystemVersion(), 10),
    mayCapture: () => systemPreferences.getMediaAccessStatus('screen') !== 'denied',
    environment: process.env,
  });
}
