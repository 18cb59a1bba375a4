/** What `electron` resolves to in the main process, and the hook that makes it so. */
import module from 'node:module';
import { app } from './app.ts';
import { clipboard } from './doubles/clipboard.ts';
import { dialog } from './doubles/dialog.ts';
import { globalShortcut } from './doubles/global-shortcut.ts';
import { Menu, MenuItem } from './doubles/menu.ts';
import { nativeImage } from './doubles/native-image.ts';
import { Notification } from './doubles/notification.ts';
import { powerMonitor, powerSaveBlocker } from './doubles/power.ts';
import { safeStorage } from './doubles/safe-storage.ts';
import { desktopCapturer, screen } from './doubles/screen.ts';
import { shell } from './doubles/shell.ts';
import { systemPreferences } from './doubles/system-preferences.ts';
import { Tray } from './doubles/tray.ts';
import { ipcMain } from './ipc/ipc-main.ts';
import { MessageChannelMain } from './ipc/message-port.ts';
import { net, protocol } from './session/net.ts';
import { session } from './session/session.ts';
import { electronSurface, unsupportedModule } from './surface.ts';
import { BrowserWindow } from './windows/browser-window.ts';
import { nativeTheme } from './windows/theme.ts';
import { webContents } from './windows/web-contents.ts';

/** Every member is declared where it is made to be a part of Electron's; here only the names are checked. */
export const supported = {
  app,
  BrowserWindow,
  clipboard,
  desktopCapturer,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  MenuItem,
  MessageChannelMain,
  nativeImage,
  nativeTheme,
  net,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  systemPreferences,
  Tray,
  webContents,
} satisfies Partial<Record<keyof typeof Electron.CrossProcessExports, unknown>>;

const url = 'electron-host:electron';
const key = 'electron-host:module';

/** From here on `import … from 'electron'` and `require('electron')` give the stand-in. */
export function installModule(): void {
  const names = [...new Set([...electronSurface().modules, ...Object.keys(supported)])];
  const all: Record<string, unknown> = Object.fromEntries(names.map((name) => [name, unsupportedModule(name)]));
  (globalThis as Record<symbol, unknown>)[Symbol.for(key)] = Object.assign(all, supported);
  const source = [
    `const electron = globalThis[Symbol.for('${key}')];`,
    `export const { ${names.join(', ')} } = electron;`,
    // `require` gives this one export instead of the module's namespace, which nobody could change.
    `export { electron as default, electron as 'module.exports' };`,
  ].join('\n');
  const ids = new Set(['electron', 'electron/main', 'electron/common']);
  module.registerHooks({
    resolve: (id, context, next) => (ids.has(id) ? { url, format: 'module', shortCircuit: true } : next(id, context)),
    load: (id, context, next) => (id === url ? { format: 'module', source, shortCircuit: true } : next(id, context)),
  });
}
