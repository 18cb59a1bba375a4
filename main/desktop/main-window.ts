/**
 * The one window. It may be hidden for days, and its page still takes calls: it is made once, at the start, and only
 * hidden when a person closes it.
 */
import {
  BrowserWindow,
  dialog,
  type MessageBoxOptions,
  type NativeImage,
  nativeTheme,
  screen,
  type WebContents,
} from 'electron';
import type { Clock } from '../clock';
import type { Log } from '../log';
import type { Sign } from '../ringing/alert';
import type { KeptFile } from '../settings/kept-file';
import type { WindowState } from '../settings/window-state';
import { page } from './app-protocol';
import { makeReloadPace } from './reload-pace';
import { leastSize, placeWindow } from './window-placement';

export interface MainWindow {
  readonly contents: WebContents;
  /** Brings it before the person's eyes, wherever it was. */
  readonly show: () => void;
  readonly hide: () => void;
  /** Leaves it in the taskbar: for a start without a window where there is no tray that leads back to it. */
  readonly minimize: () => void;
  readonly isFocused: () => boolean;
  readonly isGone: () => boolean;
  /** Shows it with a question. @returns the index of the button that was pressed. */
  readonly ask: (question: MessageBoxOptions) => Promise<number>;
  /** Catches the eye without taking the keyboard from what the person does now. */
  readonly flash: Sign;
  /** Windows only. @param words for screen readers. */
  readonly setOverlay: (picture: NativeImage | null, words: string) => void;
}

export interface MainWindowEnv {
  readonly preload: string;
  readonly icon: string;
  readonly hidden: boolean;
  readonly state: Pick<KeptFile<WindowState>, 'read' | 'write'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Asked when a person closes the window: does something stay through which it can be opened again? */
  readonly mayHide: () => boolean;
  readonly isQuitting: () => boolean;
  readonly quit: () => void;
  /** The page with all its calls is gone: it crashed or was loaded anew. */
  readonly pageGone: () => void;
  /** The page is there; again after every load. */
  readonly loaded: () => void;
  /** It got the focus, lost it, or is gone for good. */
  readonly attention: () => void;
  /** The person signs out of the computer, or it shuts down; little time is left. */
  readonly sessionEnds: () => void;
}

export function openMainWindow(env: MainWindowEnv): MainWindow {
  const { bounds, maximized } = env.state.read();
  const window = new BrowserWindow({
    ...placeWindow(
      bounds,
      screen.getAllDisplays().map(({ workArea }) => workArea),
    ),
    minWidth: leastSize.width,
    minHeight: leastSize.height,
    show: false,
    title: 'Carillon',
    icon: env.icon,
    backgroundColor: ground(),
    webPreferences: {
      preload: env.preload,
      sandbox: true,
      // A hidden page rings, counts down and keeps its connections.
      backgroundThrottling: false,
      autoplayPolicy: 'no-user-gesture-required',
      // The dictionary would be fetched from the network.
      spellcheck: false,
    },
  });
  if (maximized && !env.hidden) window.maximize();

  nativeTheme.on('updated', () => {
    if (!window.isDestroyed()) window.setBackgroundColor(ground());
  });
  if (!env.hidden) {
    window.once('ready-to-show', () => {
      window.show();
    });
  }
  window.on('close', (event) => {
    env.state.write({ version: 1, bounds: window.getNormalBounds(), maximized: window.isMaximized() });
    if (env.isQuitting()) return;
    event.preventDefault();
    if (env.mayHide()) window.hide();
    else env.quit();
  });
  // Windows says good-bye to its windows, and to the program not at all.
  window.on('session-end', env.sessionEnds);
  window.on('focus', env.attention);
  window.on('blur', env.attention);
  window.on('closed', env.attention);
  window.webContents.on('did-finish-load', env.loaded);
  reviveAfterCrash(window, env);
  void window.loadURL(page).catch((error: unknown) => {
    env.log.failure('the page cannot be loaded', error);
  });

  const show = (): void => {
    if (window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  };
  return {
    contents: window.webContents,
    show,
    hide: () => {
      if (!window.isDestroyed()) window.hide();
    },
    minimize: () => {
      if (window.isDestroyed() || window.isVisible()) return;
      window.showInactive();
      window.minimize();
    },
    isFocused: () => !window.isDestroyed() && window.isFocused(),
    isGone: () => window.isDestroyed(),
    ask: async (question) => {
      show();
      const asked = window.isDestroyed() ? dialog.showMessageBox(question) : dialog.showMessageBox(window, question);
      return (await asked).response;
    },
    setOverlay: (picture, words) => {
      if (!window.isDestroyed()) window.setOverlayIcon(picture, words);
    },
    flash: () => {
      if (window.isDestroyed() || window.isFocused() || !window.isVisible()) return () => undefined;
      window.flashFrame(true);
      return () => {
        if (!window.isDestroyed()) window.flashFrame(false);
      };
    },
  };
}

function reviveAfterCrash(window: BrowserWindow, env: MainWindowEnv): void {
  const pace = makeReloadPace(env.clock.now);
  const contents = window.webContents;
  // Emitted when another document has taken the page's place: reload, or the first load, before which there are no calls.
  contents.on('did-navigate', env.pageGone);
  contents.on('render-process-gone', (_event, { reason }) => {
    if (env.isQuitting()) return;
    env.log.error('the page is gone', { reason });
    env.pageGone();
    env.clock.after(pace(), () => {
      if (!contents.isDestroyed()) contents.reload();
    });
  });
  contents.on('unresponsive', () => {
    env.log.warn('the page does not respond');
  });
  contents.on('preload-error', (_event, _path, error) => {
    env.log.failure('preload', error);
  });
}

/** `--ground` of the page's themes: no flash of another colour before it paints. */
const ground = (): string => (nativeTheme.shouldUseDarkColors ? '#121419' : '#f3f4f6');
