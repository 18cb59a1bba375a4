/** The icon beside the clock: how the program stands, at a glance, and what can be done about it without a window. */
import path from 'node:path';
import { Menu, nativeImage, type NativeImage, Tray } from 'electron';
import type { Device } from '../../preload/contract/device-choice';
import type { DeviceOffers } from '../../preload/contract/devices';
import type { QuietChoice } from '../../preload/contract/quiet';
import type { Log } from '../log';
import type { Act } from './page-actions';
import type { TrayPanel } from './tray-panel';
import { sessionBusHasOwner, trayIsSeen } from './tray-presence';
import type { TrayCommand, TrayEntry, TrayState, TrayView } from './tray-view';

export interface TrayIcon {
  readonly show: (view: TrayView) => void;
  /** The panel may have another colour now. */
  readonly redraw: () => void;
  /** Is there a place on this desktop where a person sees it, as far as can be found out? */
  readonly isSeen: () => boolean;
  /** The same, once it is found out. */
  readonly seen: Promise<boolean>;
}

export interface TrayEnv {
  /** Folder with `tray/PANEL/STATE.png` and `tray/PANEL/STATE@2x.png`. */
  readonly assets: string;
  /** What the icon stands on now. */
  readonly panel: () => TrayPanel;
  readonly open: () => void;
  readonly quit: () => void;
  readonly act: Act;
  readonly chooseDevice: (role: keyof DeviceOffers, device: Device | null) => void;
  readonly chooseQuiet: (choice: QuietChoice) => void;
  readonly log: Log;
}

/** @returns null where the desktop gives no place for an icon. */
export function openTray(env: TrayEnv): TrayIcon | null {
  const images = new Map<string, NativeImage>();
  const image = (state: TrayState): NativeImage => {
    const name = path.join(env.panel(), state);
    const known = images.get(name) ?? load(env.assets, name);
    images.set(name, known);
    return known;
  };

  let tray: Tray;
  try {
    tray = new Tray(image('offline'));
  } catch (error) {
    env.log.failure('no tray', error);
    return null;
  }
  // On macOS a click opens the menu; elsewhere it is the short way to the window, where the desktop passes it on.
  if (process.platform !== 'darwin') {
    tray.on('click', env.open);
  }

  let isSeen = true;
  const presence = { platform: process.platform, environment: process.env, hasOwner: sessionBusHasOwner };
  const seen = trayIsSeen(presence).then((found) => {
    isSeen = found;
    return found;
  });

  let shown = '';
  let state: TrayState = 'offline';
  return {
    redraw: () => {
      tray.setImage(image(state));
    },
    isSeen: () => isSeen,
    seen,
    show: (view) => {
      const next = JSON.stringify(view);
      if (next === shown) return; // A menu that is set anew closes under the pointer.
      shown = next;
      state = view.state;
      tray.setImage(image(state));
      tray.setToolTip(view.toolTip);
      // On Linux a menu is fixed once it is set: every change needs a new one.
      tray.setContextMenu(Menu.buildFromTemplate(view.menu.map((entry) => menuItem(entry, env))));
    },
  };
}

function load(assets: string, name: string): NativeImage {
  const image = nativeImage.createFromPath(path.join(assets, 'tray', `${name}.png`));
  // macOS colours it for its menu bar.
  if (process.platform === 'darwin') image.setTemplateImage(true);
  return image;
}

function menuItem(entry: TrayEntry, env: TrayEnv): Electron.MenuItemConstructorOptions {
  if (entry === 'separator') return { type: 'separator' };
  // An ampersand in a name is not a mark for a shortcut key.
  const plain = entry.label.replaceAll('&', '&&');
  if ('submenu' in entry) return { label: plain, submenu: entry.submenu.map((each) => menuItem(each, env)) };
  const { command, checked } = entry;
  // Of a group of radio buttons Electron checks the first when none is.
  const mark = checked === undefined ? {} : ({ type: 'radio', checked } as const);
  if (command === null) return { label: plain, enabled: false, ...mark };
  return {
    label: plain,
    ...mark,
    click: () => {
      run(command, env);
    },
  };
}

function run(command: TrayCommand, env: TrayEnv): void {
  if (command.do === 'call') env.act(command.call, command.action);
  else if (command.do === 'device') env.chooseDevice(command.role, command.device);
  else if (command.do === 'quiet') env.chooseQuiet(command.choice);
  else env[command.do]();
}
