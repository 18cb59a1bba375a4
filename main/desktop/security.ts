/**
 * What the page may do, and what it may not even if somebody gets code into it (Electron security guide 5-7, 13-15).
 * Everything is refused that is not named here.
 */
import { app, type Session, shell } from 'electron';
import { origin } from './app-protocol';

/** Sent with every document. */
export const contentSecurityPolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    // reka-ui's ScrollArea, Select and Combobox render a <style>.
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob: data:",
    "media-src 'self' blob: mediastream:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');

/** What a capture of the screen takes is settled in screens.ts. The last three are Chromium's names, old and new, for reaching addresses of the own machine or network: WebRTC does. */
const allowed: ReadonlySet<string> = new Set([
  'media',
  'display-capture',
  'speaker-selection',
  'fullscreen',
  'clipboard-sanitized-write',
  'local-network-access',
  'local-network',
  'loopback-network',
]);

/** @param from a URL or an origin. */
export const isOurPage = (from: string | undefined): boolean =>
  from === origin || from?.startsWith(`${origin}/`) === true;

/** @param from a URL or an origin; some checks come without one, and are then refused. */
export const mayUse = (permission: string, from: string | undefined): boolean =>
  allowed.has(permission) && isOurPage(from);

/** Sent with every document: headsets are the main window's affair. */
export const permissionsPolicy = (isMain: boolean): string => `hid=(${isMain ? 'self' : ''})`;

/** Electron asks twice: a check before, and a request for what the check did not settle. Both must know the answer. */
export function guardPermissions(session: Session): void {
  session.setPermissionCheckHandler((contents, permission, requestingOrigin, details) =>
    mayUse(permission, details.requestingUrl ?? (requestingOrigin || contents?.getURL())),
  );
  session.setPermissionRequestHandler((_contents, permission, done, details) => {
    done(mayUse(permission, details.requestingUrl));
  });
}

/** Links in the page open in the person's browser or mail program, and only these kinds do. */
export function isHarmlessLink(url: string): boolean {
  return URL.canParse(url) && ['https:', 'mailto:'].includes(new URL(url).protocol);
}

/** The page stays the page: it goes nowhere else, embeds nothing and opens no window. */
export function guardNavigation(): void {
  app.on('web-contents-created', (_created, contents) => {
    const refuse = (event: { preventDefault: () => void }): void => {
      event.preventDefault();
    };
    contents.on('will-navigate', refuse);
    contents.on('will-frame-navigate', refuse);
    contents.on('will-attach-webview', refuse);
    contents.setWindowOpenHandler(({ url }) => {
      if (isHarmlessLink(url)) void shell.openExternal(url);
      return { action: 'deny' };
    });
  });
}
