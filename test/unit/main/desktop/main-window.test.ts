import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type MainWindow, type MainWindowEnv, openMainWindow } from '../../../../main/desktop/main-window';
import type { WindowState } from '../../../../main/settings/window-state';
import { ben, call } from '../call-facts';
import { quietLog } from '../quiet-log';
import { turnedClock } from '../turned-clock';

/** As much of Electron's window as the subject uses, with what can be seen of it. */
class Window extends EventEmitter {
  static last: Window;
  readonly webContents = Object.assign(new EventEmitter(), { reload: vi.fn(), isDestroyed: () => false });
  readonly options: Record<string, unknown>;
  visible = false;
  focused = false;
  minimized = false;
  maximized = false;
  flashing = false;
  loaded = '';
  constructor(options: Record<string, unknown>) {
    super();
    this.options = options;
    Window.last = this;
  }
  isDestroyed = () => false;
  isVisible = () => this.visible;
  isFocused = () => this.focused;
  isMinimized = () => this.minimized;
  isMaximized = () => this.maximized;
  getNormalBounds = () => ({ x: 1, y: 2, width: 800, height: 600 });
  show = () => (this.visible = true);
  showInactive = () => (this.visible = true);
  hide = () => (this.visible = false);
  minimize = () => (this.minimized = true);
  focus = () => (this.focused = true);
  restore = () => (this.minimized = false);
  maximize = () => (this.maximized = true);
  flashFrame = (on: boolean) => (this.flashing = on);
  setBackgroundColor = vi.fn();
  setOverlayIcon = vi.fn();
  loadURL = (url: string) => {
    this.loaded = url;
    return Promise.resolve();
  };
  /** A person closes it. @returns whether it goes. */
  close(): boolean {
    const event = { prevented: false, preventDefault: () => (event.prevented = true) };
    this.emit('close', event);
    return !event.prevented;
  }
}
vi.mock('electron', () => ({
  // Asked for when the first window opens, which is after this file has been read.
  get BrowserWindow() {
    return Window;
  },
  get dialog() {
    return { showMessageBox };
  },
  nativeTheme: { shouldUseDarkColors: true, on: vi.fn() },
  screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }] },
  protocol: {},
}));

const quit = vi.fn();
const pageGone = vi.fn();
const loaded = vi.fn();
const attention = vi.fn();
const sessionEnds = vi.fn();
const showMessageBox = vi.fn(() => Promise.resolve({ response: 1 }));
let saved: WindowState;
let clock: ReturnType<typeof turnedClock>;
beforeEach(() => {
  vi.clearAllMocks();
  clock = turnedClock();
  saved = { version: 1, bounds: null, maximized: false };
});

function open(facts: Partial<MainWindowEnv> = {}): MainWindow {
  return openMainWindow({
    preload: 'preload.cjs',
    icon: 'icon.png',
    hidden: false,
    state: { read: () => saved, write: (state) => (saved = state) },
    clock,
    log: quietLog(),
    mayHide: () => true,
    isQuitting: () => false,
    quit,
    pageGone,
    loaded,
    attention,
    sessionEnds,
    ...facts,
  });
}
const window = () => Window.last;
const ringing = { ...call, caller: ben, kind: 'voice', silenced: false } as const;

describe('the window', () => {
  it('lies in the taskbar when it was to start in a tray that nobody sees', () => {
    open({ hidden: true }).minimize();
    expect([window().visible, window().minimized, window().focused]).toEqual([true, true, false]);
  });

  it('comes with a question', async () => {
    const { ask } = open({ hidden: true });
    expect(await ask({ message: 'Quit?' })).toBe(1);
    expect(window().visible).toBe(true);
    expect(showMessageBox.mock.calls).toEqual([[window(), { message: 'Quit?' }]]);
  });

  it('passes on that Windows ends the session', () => {
    open();
    window().emit('session-end');
    expect(sessionEnds).toHaveBeenCalledOnce();
  });

  it('loads our page, sandboxed, and goes on ringing when hidden', () => {
    open();
    expect(window().loaded).toBe('app://bundle/index.html');
    expect(window().options.webPreferences).toMatchObject({ sandbox: true, backgroundThrottling: false });
  });

  it('appears when it has something to show, in the ground colour of the theme', () => {
    open();
    expect(window().options).toMatchObject({ show: false, backgroundColor: '#121419' });
    window().emit('ready-to-show');
    expect(window().visible).toBe(true);
  });

  it('stays hidden with --hidden, maximized or not, until it is asked for', () => {
    saved = { version: 1, bounds: null, maximized: true };
    const { show } = open({ hidden: true });
    window().emit('ready-to-show');
    expect([window().visible, window().maximized]).toEqual([false, false]);
    show();
    expect([window().visible, window().focused]).toEqual([true, true]);
  });

  it('comes back from the taskbar', () => {
    const { show } = open();
    window().minimized = true;
    show();
    expect(window().minimized).toBe(false);
  });

  it('opens where it was', () => {
    saved = { version: 1, bounds: { x: 100, y: 50, width: 900, height: 700 }, maximized: true };
    open();
    expect(window().options).toMatchObject({ x: 100, y: 50, width: 900, height: 700 });
    expect(window().maximized).toBe(true);
  });
});

describe('what others want to know of it', () => {
  it('that its page is there, again after every load', () => {
    open();
    window().webContents.emit('did-finish-load');
    window().webContents.emit('did-finish-load');
    expect(loaded).toHaveBeenCalledTimes(2);
  });

  it('that a person looks at it, or does not any longer', () => {
    open();
    for (const event of ['focus', 'blur', 'closed']) window().emit(event);
    expect(attention).toHaveBeenCalledTimes(3);
  });
});

describe('closing it', () => {
  it('hides it where it can be opened again', () => {
    open();
    window().visible = true;
    expect([window().close(), window().visible]).toEqual([false, false]);
    expect(quit).not.toHaveBeenCalled();
  });

  it('ends the program elsewhere', () => {
    open({ mayHide: () => false });
    expect(window().close()).toBe(false);
    expect(quit).toHaveBeenCalledOnce();
  });

  it('is not held back when the program ends', () => {
    open({ isQuitting: () => true });
    expect(window().close()).toBe(true);
    expect(quit).not.toHaveBeenCalled();
  });

  it('keeps where it was', () => {
    open();
    window().maximized = true;
    window().close();
    expect(saved).toEqual({ version: 1, bounds: { x: 1, y: 2, width: 800, height: 600 }, maximized: true });
  });
});

describe('AN-27: a page that is gone', () => {
  it('is told of and loaded again, ever more slowly', () => {
    open();
    const { webContents } = window();
    webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    expect(pageGone).toHaveBeenCalledOnce();
    clock.turn(0);
    expect(webContents.reload).toHaveBeenCalledTimes(1);
    webContents.emit('render-process-gone', {}, { reason: 'oom' });
    clock.turn(999);
    expect(webContents.reload).toHaveBeenCalledTimes(1);
    clock.turn(1);
    expect(webContents.reload).toHaveBeenCalledTimes(2);
  });

  it('is told of when another document takes its place', () => {
    open();
    window().webContents.emit('did-navigate');
    expect(pageGone).toHaveBeenCalledOnce();
  });

  it('stays gone when the program ends', () => {
    open({ isQuitting: () => true });
    window().webContents.emit('render-process-gone', {}, { reason: 'clean-exit' });
    clock.turn(60_000);
    expect(pageGone).not.toHaveBeenCalled();
    expect(window().webContents.reload).not.toHaveBeenCalled();
  });
});

describe('a call that rings', () => {
  it('makes a window flash that is seen and not looked at, and never takes the focus', () => {
    const { flash } = open();
    window().visible = true;
    const lower = flash(ringing);
    expect([window().flashing, window().focused]).toEqual([true, false]);
    lower();
    expect(window().flashing).toBe(false);
  });

  it.each([
    ['a hidden window hidden', false, false],
    ['a window with the focus in peace', true, true],
  ])('leaves %s', (_what, visible, focus) => {
    const { flash } = open();
    Object.assign(window(), { visible, focused: focus });
    const lower = flash(ringing);
    expect([window().flashing, window().visible]).toEqual([false, visible]);
    lower();
  });
});
