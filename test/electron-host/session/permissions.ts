/** The session's permission handlers, asked as Electron asks them. */
import type { PermissionAnswer, PermissionQuestion } from '../agents/messages.ts';
import { ignoreGone } from '../cdp.ts';
import { chromium } from '../chromium.ts';
import { originOf, toChromium } from '../schemes.ts';

type RequestHandler = NonNullable<Parameters<Electron.Session['setPermissionRequestHandler']>[0]>;
type CheckHandler = NonNullable<Parameters<Electron.Session['setPermissionCheckHandler']>[0]>;
type DeviceHandler = NonNullable<Parameters<Electron.Session['setDevicePermissionHandler']>[0]>;
type DisplayHandler = NonNullable<Parameters<Electron.Session['setDisplayMediaRequestHandler']>[0]>;

export const permissionHandlers: {
  request: RequestHandler | null;
  check: CheckHandler | null;
  /** Kept, and never asked: no device can be given to Chromium's pages from outside. */
  device: DeviceHandler | null;
  display: DisplayHandler | null;
} = { request: null, check: null, device: null, display: null };

/** A question of a page, put to the app. */
export function askPermission(contents: Electron.WebContents, question: PermissionQuestion): Promise<PermissionAnswer> {
  if (question.kind === 'display') return askDisplay(contents, question);
  const securityOrigin = `${originOf(contents.getURL())}/`;
  const details = question.kind === 'media' ? { securityOrigin, mediaTypes: question.mediaTypes } : {};
  return request(contents, question.kind, details, true);
}

function askDisplay(
  contents: Electron.WebContents,
  { audioRequested, videoRequested, userGesture }: PermissionQuestion & { kind: 'display' },
): Promise<PermissionAnswer> {
  const handler = permissionHandlers.display;
  if (!handler) return Promise.resolve('unsupported');
  const securityOrigin = `${originOf(contents.getURL())}/`;
  return new Promise((resolve) => {
    handler({ frame: contents.mainFrame, securityOrigin, audioRequested, videoRequested, userGesture }, (streams) => {
      if (!streams || (!streams.video && streams.audio === undefined)) resolve('denied');
      else resolve(streams.audio === undefined ? 'videoOnly' : 'granted');
    });
  });
}

function request(
  contents: Electron.WebContents,
  permission: Parameters<RequestHandler>[1],
  more: object,
  withoutHandler: boolean,
): Promise<PermissionAnswer> {
  const handler = permissionHandlers.request;
  if (!handler) return Promise.resolve(withoutHandler ? 'granted' : 'denied');
  return new Promise((resolve) => {
    const details = { requestingUrl: contents.getURL(), isMainFrame: true, ...more };
    handler(
      contents,
      permission,
      (granted) => {
        resolve(granted ? 'granted' : 'denied');
      },
      details,
    );
  });
}

/**
 * Before a document loads: may it reach loopback and local addresses, and see the names of devices? Electron asks per
 * request, we once per navigation. Without a handler local addresses are refused, as they are by Electron since 43.
 */
export async function settlePermissions(contents: Electron.WebContents, url: string): Promise<void> {
  const origin = originOf(url);
  if (origin === 'null') return;
  for (const name of ['microphone', 'camera'] as const) {
    const mediaType = name === 'microphone' ? ('audio' as const) : ('video' as const);
    const details = { requestingUrl: url, isMainFrame: true, securityOrigin: `${origin}/`, mediaType };
    const granted = permissionHandlers.check?.(contents, 'media', `${origin}/`, details) ?? true;
    set(url, name, granted ? 'granted' : 'prompt');
  }
  const asked = (['local-network', 'loopback-network'] as const).map(async (name) => {
    const details = { requestingUrl: url, isMainFrame: true, securityOrigin: `${origin}/` };
    const checked = permissionHandlers.check?.(contents, name, `${origin}/`, details) === true;
    const granted = checked || (await request(contents, name, { requestingUrl: url }, false)) === 'granted';
    set(url, name, granted ? 'granted' : 'denied');
  });
  await Promise.all(asked);
}

function set(url: string, name: string, setting: 'granted' | 'denied' | 'prompt'): void {
  const { origin } = new URL(toChromium(url));
  ignoreGone(chromium().connection.send('Browser.setPermission', { permission: { name }, setting, origin }));
}
