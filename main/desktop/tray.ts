/** The icon beside the clock: how the program stands, at a glance, and what can be done about it without a window. */
import path from 'node:path';
import { Menu, nativeImage, type NativeImage, Tray } from 'electron';
import type { Device } from '../../preload/contract/device-choice';
import type { DeviceOffers } from '../../preload/contract/devices';
import type { Log } from '../log';
import type { Act } from './page-actions';
import { sessionBusHasOwner, trayIsSeen } from './tray-presence';
import type { TrayCommand, TrayEntry, TrayState, TrayView } from './tray-view';

export interface TrayIcon {
  readonly show: (view: TrayView) => void;
  /** Is there a place on this desktop where a person sees it, as far as can be found out? */
  readonly isSeen: () => boolean;
}

export interface TrayEnv {
  /** Folder with `tray/STATE.png` and `tray/STATE@2x.png`. */
  readonly assets: string;
  readonly open: () => void;
  readonly quit: () => void;
  readonly act: Act;
  readonly chooseDevice: (role: keyof DeviceOffers, device: Device | null) => void;
  readonly log: Log;
}

/** @returns null where the desktop gives no place for an icon. */
export function openTray(env: TrayEnv): TrayIcon | null {
  const images = new Map<TrayState, NativeImage>();
  const image = (state: TrayState): NativeImage => {
    const known = images.get(state) ?? load(env.assets, state);
    images.set(state, known);
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

  let seen = true;
  void trayIsSeen({ platform: process.platform, environment: process.env, hasOwner: sessionBusHasOwner }).then((is) => {
    seen = is;
  });

  let shown = '';
  return {
    isSeen: () => seen,
    show: (view) => {
      const next = JSON.stringify(view);
      if (next === shown) return; // A menu that is set anew closes under the pointer.
      shown = next;
      tray.setImage(image(view.state));
      tray.setToolTip(view.toolTip);
      // On Linux a menu is fixed once it is set: every change needs a new one.
      tray.setContextMenu(Menu.buildFromTemplate(view.menu.map((entry) => menuItem(entry, env))));
    },
  };
}

function load(assets: string, state: TrayState): NativeImage {
  const image = nativeImage.createFromPath(path.join(assets, 'tray', `${state}.png`));
  // macOS colours it for its menu bar; the mid-tone of the files is for panels whose colour nobody tells us.
  if (process.platform === 'darwin') image.setTemplateImage(true);
  return image;
}

function menuItem(entry: TrayEntry, env: TrayEnv): Electron.MenuItemConstructorOptions {
  if (entry === 'separator') return { type: 'separator' };
  // An ampersand in a name is not a mark for a shortcut key.
  const plain = entry.label.replaceAll('&', '&&');
  if ('submenu' in entry) return { label: plain, submenu: entry.submenu.map((each) => menuItem(each, env)) };
  const { command, checked } = entry;
  if (command === null) return { label: plain, enabled: false };
  return {
    label: plain,
    ...(checked === undefined ? {} : { type: 'radio', checked }),
    click: () => {
      run(command, env);
    },
  };
}

function run(command: TrayCommand, env: TrayEnv): void {
  if (command.do === 'call') env.act(command.call, command.action);
  else if (command.do === 'device') env.chooseDevice(command.role, command.device);
  else env[command.do]();
}
