/** Everything by which the desktop shows how things stand: the tray, the call window, a display that stays awake. */
import { nativeTheme, powerSaveBlocker } from 'electron';
import { chooseQuiet, quietAt } from '../../preload/contract/quiet';
import type { Accounts } from '../account/contract';
import type { Clock } from '../clock';
import type { OfferedDevices } from '../desktop/device-offers';
import type { Names } from '../desktop/names';
import { keepAwake } from '../desktop/power';
import { openTray, type TrayEnv, type TrayIcon } from '../desktop/tray';
import { panelOf } from '../desktop/tray-panel';
import { trayView } from '../desktop/tray-view';
import type { History } from '../history/history';
import { watchQuiet } from '../ringing/quiet-clock';
import { type CardFacts, ringingCards } from '../ringing/ringing-cards';
import type { SettingsStore } from '../settings/settings';
import type { Calls } from './calls';
import type { LanguageAndTheme } from './language-and-theme';
import type { Windows } from './windows';

export interface Signs {
  /** Shows how things stand now. */
  readonly refresh: () => void;
  /** The machine's clock made a leap. */
  readonly clockLeapt: () => void;
  /** Null where the desktop has no tray. */
  readonly tray: Pick<TrayIcon, 'isSeen' | 'seen'> | null;
}

export interface SignsEnv extends LanguageAndTheme, Pick<TrayEnv, 'assets' | 'quit' | 'log'> {
  readonly clock: Clock;
  readonly settings: SettingsStore;
  readonly accounts: Pick<Accounts, 'list' | 'session'>;
  readonly names: Names;
  readonly devices: Pick<OfferedDevices, 'get' | 'choose'>;
  readonly calls: Pick<Calls, 'liveCalls' | 'alerts' | 'actions'>;
  readonly history: Pick<History, 'unseen'>;
  readonly windows: Pick<Windows, 'window' | 'callWindow'>;
  /** The main window is not shown at this start. */
  readonly startsHidden: boolean;
}

/** From now on what is shown follows the settings, the desktop's theme and the clock; all else is told by `refresh`. */
export function showSigns(env: SignsEnv): Signs {
  const { settings, accounts, names, devices, systemLanguage } = env;
  const { liveCalls, alerts, actions } = env.calls;
  const { window, callWindow } = env.windows;
  const tray = openTray({
    assets: env.assets,
    log: env.log,
    open: window.show,
    quit: env.quit,
    act: actions.act,
    chooseDevice: devices.choose,
    panel: () =>
      panelOf({
        platform: process.platform,
        desktop: process.env.XDG_CURRENT_DESKTOP ?? '',
        chosen: settings.get().trayPanel,
        systemIsDark: env.systemIsDark(),
      }),
    chooseQuiet: (choice) => {
      const { doNotDisturb } = settings.get();
      settings.change({ doNotDisturb: chooseQuiet(doNotDisturb, choice, Date.now()) });
    },
  });
  const stayAwake = keepAwake(powerSaveBlocker);
  const trustOf: CardFacts['trustOf'] = ({ account, caller, roomId }) =>
    accounts.session(account)?.trust()?.known(caller, roomId) ?? null;

  const refresh = (): void => {
    const calls = liveCalls.list();
    const ringing = alerts.list();
    tray?.show(
      trayView({
        accounts: accounts.list(),
        ringing,
        calls,
        devices: devices.get(),
        missed: env.history.unseen(),
        quiet: quietAt(settings.get().doNotDisturb, Date.now()),
        nameOf: names.inMenus,
        saidTime: env.saidTime,
        messages: env.messages(),
      }),
    );
    // Whoever looks at the main window sees the call there.
    const isSeen = window.isFocused() || !settings.get().notifications.callWindow;
    const cards = isSeen ? [] : ringingCards({ ringing, calls, ...names, trustOf });
    callWindow.show({ calls: cards, language: settings.get().language, systemLanguage });
    stayAwake(calls);
  };
  if (env.startsHidden) {
    void (tray?.seen ?? Promise.resolve(false)).then((isSeen) => {
      if (!isSeen) window.minimize();
    });
  }
  const redraw = (): void => tray?.redraw();
  const quietChanged = watchQuiet({ clock: env.clock, date: Date.now, settings: settings.get, changed: refresh });
  refresh();
  nativeTheme.on('updated', redraw);
  settings.subscribe(() => {
    quietChanged();
    redraw();
  });
  return { refresh, clockLeapt: quietChanged, tray };
}
