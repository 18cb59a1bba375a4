/**
 * A small window for calls that ring while the main window is not looked at: above all others where the platform can,
 * and never with the keyboard, which belongs to what the person does now. It is made at the start and only hidden, so
 * that a call need not wait for it; no media is ever in it.
 */
import { BrowserWindow, nativeTheme, screen, type WebContents } from 'electron';
import type { CallWindowSize, CallWindowView } from '../../preload/contract/ringing';
import type { Clock } from '../clock';
import type { Log } from '../log';
import { callWindowPage } from './app-protocol';
import { callWindowWidth, cornerFor } from './call-window-place';
import { makeReloadPace } from './reload-pace';

export interface CallWindow {
  /** Null before `prepare` and at the end. */
  readonly contents: () => WebContents | null;
  /** Makes it, hidden. */
  readonly prepare: () => void;
  /** What it shows from now on. Without calls it is hidden at once, with calls as soon as the page has drawn them. */
  readonly show: (view: Omit<CallWindowView, 'revision'>) => void;
  /** For a page that starts (anew). */
  readonly view: () => CallWindowView;
  /** The page has drawn a view. */
  readonly drawn: (size: CallWindowSize) => void;
  readonly destroy: () => void;
}

export interface CallWindowEnv {
  readonly preload: string;
  readonly icon: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly isQuitting: () => boolean;
  readonly tell: (contents: WebContents, view: CallWindowView) => void;
}

export function makeCallWindow(env: CallWindowEnv): CallWindow {
  const pace = makeReloadPace(env.clock.now);
  let window: BrowserWindow | null = null;
  let view: CallWindowView = { revision: 0, calls: [], language: 'system', systemLanguage: '' };
  /** A person put it away: it stays away until everything has stopped ringing. */
  let dismissed = false;

  function prepare(): void {
    if (window !== null) return;
    const made = open(env);
    window = made;
    made.on('close', (event) => {
      if (env.isQuitting()) return;
      event.preventDefault();
      dismissed = true;
      made.hide();
    });
    made.on('closed', () => {
      if (window === made) window = null;
    });
    made.webContents.on('render-process-gone', (_event, { reason }) => {
      if (env.isQuitting()) return;
      env.log.error('the page of the call window is gone', { reason });
      made.hide();
      env.clock.after(pace(), () => {
        if (!made.isDestroyed()) made.webContents.reload();
      });
    });
    void made.loadURL(callWindowPage).catch((error: unknown) => {
      env.log.failure('the page of the call window cannot be loaded', error);
    });
  }

  return {
    contents: () => window?.webContents ?? null,
    prepare,
    view: () => view,
    show: (next) => {
      const { revision, ...shown } = view;
      if (JSON.stringify(shown) === JSON.stringify(next)) return;
      view = { revision: revision + 1, ...next };
      if (view.calls.length === 0) {
        dismissed = false;
        if (window?.isVisible() === true) window.hide();
      }
      if (window !== null) env.tell(window.webContents, view);
    },
    drawn: ({ revision, height }) => {
      if (window === null || revision !== view.revision || view.calls.length === 0 || dismissed) return;
      place(window, height);
      if (!window.isVisible()) window.showInactive();
    },
    destroy: () => {
      window?.destroy();
    },
  };
}

function open(env: CallWindowEnv): BrowserWindow {
  const mac = process.platform === 'darwin';
  const window = new BrowserWindow({
    width: callWindowWidth,
    height: 176,
    show: false,
    frame: false,
    resizable: false,
    minimizable: false,
    maximizable: false,
    fullscreenable: false,
    skipTaskbar: true,
    alwaysOnTop: true,
    title: 'Carillon',
    icon: env.icon,
    backgroundColor: ground(),
    // macOS: the first click is a click on a button, and a panel takes it without bringing the program to the front.
    acceptFirstMouse: true,
    ...(mac ? { type: 'panel' } : {}),
    webPreferences: { preload: env.preload, sandbox: true, backgroundThrottling: false, spellcheck: false },
  });
  // Above full-screen windows and the taskbar, where the platform has such a level; Wayland has none at all.
  window.setAlwaysOnTop(true, 'screen-saver');
  if (mac) window.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true, skipTransformProcessType: true });
  nativeTheme.on('updated', () => {
    if (!window.isDestroyed()) window.setBackgroundColor(ground());
  });
  return window;
}

/** On the display where the person works, which is where the pointer is. */
function place(window: BrowserWindow, height: number): void {
  const { workArea } = screen.getDisplayNearestPoint(screen.getCursorScreenPoint());
  const bounds = cornerFor(process.platform, workArea, height);
  const now = window.getBounds();
  if (now.height === bounds.height && window.isVisible()) return; // A person may have moved it.
  window.setBounds(bounds);
}

/** `--raised` of the page's themes. */
const ground = (): string => (nativeTheme.shouldUseDarkColors ? '#21252d' : '#ffffff');
