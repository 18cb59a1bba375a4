/** Events of a page that need more than a line to become Electron's. */
import type { Protocol } from '../cdp.ts';
import { cancelable } from '../events.ts';
import { fromChromium } from '../schemes.ts';

const levels = new Map([
  ['error', 'error'],
  ['warning', 'warning'],
  ['debug', 'debug'],
] as const satisfies [string, Electron.WebContentsConsoleMessageEventParams['level']][]);

export function consoleMessage(
  { type, args, stackTrace }: Protocol.Runtime.consoleAPICalledPayload,
  frame: Electron.WebFrameMain,
): Electron.Event<Electron.WebContentsConsoleMessageEventParams> {
  const place = stackTrace?.callFrames[0];
  return cancelable({
    level: new Map<string, 'error' | 'warning' | 'debug'>(levels).get(type) ?? 'info',
    message: args
      .map((each) => String(each.value ?? each.description ?? each.unserializableValue ?? each.type))
      .join(' '),
    lineNumber: (place?.lineNumber ?? 0) + 1,
    sourceId: fromChromium(place?.url ?? ''),
    frame,
  });
}

/** Asks the app where a navigation that the page began may go. */
export function navigationAllowed(contents: Electron.WebContents, url: string, isMainFrame: boolean): boolean {
  const frame = isMainFrame ? contents.mainFrame : null;
  const details = { url, isSameDocument: false, isMainFrame, frame, initiator: contents.mainFrame };
  const inFrame = cancelable(details);
  contents.emit('will-frame-navigate', inFrame);
  if (inFrame.defaultPrevented) return false;
  const event = cancelable(details);
  if (isMainFrame) contents.emit('will-navigate', event, url, false, true);
  return !event.defaultPrevented;
}

/** Popups are always closed again (targets.ts); the app decides what else happens. */
export function popupAsked(
  handler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0] | undefined,
  opener: string,
  url: string,
  { windowName: frameName, windowFeatures }: Protocol.Page.windowOpenPayload,
): void {
  const referrer = { url: opener, policy: 'default' as const };
  const details = {
    url,
    frameName,
    features: windowFeatures.join(','),
    disposition: 'foreground-tab' as const,
    referrer,
  };
  const { action } = handler?.(details) ?? { action: 'allow' };
  if (action === 'allow') console.error(`electron-host: a window opened by the page is not supported; closed: ${url}`);
}
