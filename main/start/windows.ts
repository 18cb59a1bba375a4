/** The two windows, the number on the program's icon, and the way to tell the page something. */
import { app } from 'electron';
import { type Badge, makeBadge } from '../desktop/badge';
import { type CallWindow, makeCallWindow } from '../desktop/call-window';
import { type MainWindow, type MainWindowEnv, openMainWindow } from '../desktop/main-window';
import { makeOverlay, type OverlayEnv } from '../desktop/taskbar';
import { tell, type TellPage } from '../ipc';

export interface Windows {
  readonly window: MainWindow;
  readonly callWindow: CallWindow;
  readonly badge: Badge;
  readonly tellPage: TellPage;
}

type OfMainWindow =
  'preload' | 'icon' | 'hidden' | 'state' | 'clock' | 'log' | 'mayHide' | 'isQuitting' | 'quit' | 'pageGone';

export interface WindowsEnv extends Pick<MainWindowEnv, OfMainWindow>, Pick<OverlayEnv, 'assets' | 'messages'> {
  /** Somebody looks at the main window, or no longer. */
  readonly attention: () => void;
  /** Our own keys are the window's while it has the keyboard; said after `attention`, and when it is gone for good. */
  readonly focused: (focused: boolean) => void;
}

/** The pages are being loaded; they ask for nothing before the caller has ended its turn. */
export function openWindows(env: WindowsEnv): Windows {
  const { preload, icon, clock, log, isQuitting } = env;
  const callWindow = makeCallWindow({
    preload,
    icon,
    clock,
    log,
    isQuitting,
    tell: (contents, view) => {
      tell(contents, 'callWindow:view', view);
    },
  });
  const window = openMainWindow({
    ...env,
    sessionEnds: () => {
      app.quit();
    },
    loaded: callWindow.prepare,
    attention: () => {
      if (window.isGone()) callWindow.destroy();
      else env.attention();
      env.focused(window.isFocused());
    },
  });
  const overlay = makeOverlay({ assets: env.assets, messages: env.messages, set: window.setOverlay });
  const badge = makeBadge((numbers) => {
    app.setBadgeCount(numbers.ringing + numbers.missed);
    if (process.platform === 'win32') overlay(numbers);
  });
  return {
    window,
    callWindow,
    badge,
    tellPage: (name, payload) => {
      tell(window.contents, name, payload);
    },
  };
}
