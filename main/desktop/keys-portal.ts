/** Where global keys come from a portal of the desktop, Chromium must be told to ask it: by itself it does not. */
import type { App } from 'electron';
import { registrar } from './hotkeys';

const feature = 'GlobalShortcutsPortal';

/** Must run before `ready` (Electron, `globalShortcut`). Features that a person asked for stay. */
export function askPortalForKeys(
  app: { readonly commandLine: Pick<App['commandLine'], 'getSwitchValue' | 'appendSwitch'> },
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
): void {
  if (registrar(platform, environment) !== 'portal') return;
  const asked = app.commandLine.getSwitchValue('enable-features');
  app.commandLine.appendSwitch('enable-features', asked === '' ? feature : `${asked},${feature}`);
}
