/** `BrowserWindow`: its life, its page, and what a desktop would show around it. */
import { app } from '../app.ts';
import { cancelable } from '../events.ts';
import { assertReady } from '../process-state.ts';
import { completeClass, UnsupportedError, type Part } from '../surface.ts';
import type { ContentsOwner } from './contents-events.ts';
import { pageOf, WebContents } from './web-contents.ts';
import { browserSide } from './browser-side.ts';
import { windowClosed, windows, type OpenWindow } from './window-registry.ts';
import { applyWindowState, focusedWindow, windowShown, WindowVisibility } from './window-visibility.ts';

const all = new Set<BrowserWindow>();
let lastId = 0;

/** Web preferences that the agents cannot honour. */
const impossible = [
  ['contextIsolation', false],
  ['sandbox', false],
  ['nodeIntegration', true],
  ['nodeIntegrationInSubFrames', true],
  ['webSecurity', false],
  ['webviewTag', true],
] as const;

export class BrowserWindow extends WindowVisibility implements Part<Electron.BrowserWindow> {
  readonly id = (lastId += 1);
  readonly webContents: Electron.WebContents;
  readonly #contents: WebContents;
  readonly #registered: OpenWindow;
  readonly #options: Electron.BrowserWindowConstructorOptions;
  #title: string;
  #alwaysOnTop: boolean;
  #resizable: boolean;
  #contentProtected = false;
  #painted = false;
  #closing = false;
  #destroyed = false;

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    assertReady('Cannot create BrowserWindow before app is ready');
    const { webPreferences = {} } = options;
    refuseImpossible(webPreferences);
    const link: { contents?: WebContents } = {};
    super(options, browserSide(link));
    this.#options = options;
    this.#title = options.title ?? app.getName();
    this.#alwaysOnTop = options.alwaysOnTop === true;
    this.#resizable = options.resizable !== false;
    link.contents = this.#contents = new WebContents(webPreferences, this.getBounds(), this.#ownerOfContents());
    this.webContents = this.#contents as unknown as Electron.WebContents;
    this.#registered = this.#register();
    app.emit('web-contents-created', cancelable(), this.webContents);
    app.emit('browser-window-created', cancelable(), this);
    if (options.fullscreen === true) applyWindowState(this);
    setImmediate(() => {
      if (!this.#destroyed) windowShown(this);
    });
  }

  close(): void {
    if (this.#destroyed) return;
    const event = cancelable();
    this.emit('close', event);
    if (event.defaultPrevented) return;
    this.#closing = true;
    this.#contents.close({ waitForBeforeUnload: true });
  }

  destroy(): void {
    if (this.#destroyed) return;
    this.#closing = true;
    this.#contents.close();
    pageOf(this.#contents).end();
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  // --- Page

  loadURL(url: string, options?: Electron.LoadURLOptions): Promise<void> {
    return this.#contents.loadURL(url, options);
  }

  loadFile(file: string, options?: Electron.LoadFileOptions): Promise<void> {
    return this.#contents.loadFile(file, options);
  }

  reload(): void {
    this.#contents.reload();
  }

  capturePage(): Promise<Electron.NativeImage> {
    return this.#contents.capturePage();
  }

  // --- Kept, not shown: there is no desktop around the window.

  getTitle(): string {
    return this.#title;
  }

  setTitle(title: string): void {
    this.#title = title;
  }

  get title(): string {
    return this.#title;
  }

  set title(title: string) {
    this.#title = title;
  }

  isAlwaysOnTop(): boolean {
    return this.#alwaysOnTop;
  }

  setAlwaysOnTop(flag: boolean): void {
    if (flag === this.#alwaysOnTop) return;
    this.#alwaysOnTop = flag;
    this.emit('always-on-top-changed', cancelable(), flag);
  }

  isResizable(): boolean {
    return this.#resizable;
  }

  setResizable(flag: boolean): void {
    this.#resizable = flag;
  }

  isContentProtected(): boolean {
    return this.#contentProtected;
  }

  setContentProtection(flag: boolean): void {
    this.#contentProtected = flag;
  }

  isModal(): boolean {
    return this.#options.modal === true;
  }

  getParentWindow(): Electron.BrowserWindow | null {
    return (this.#options.parent as Electron.BrowserWindow | undefined) ?? null;
  }

  getMediaSourceId(): string {
    return `window:${this.id}:0`;
  }

  flashFrame(): void {
    // Nobody can ask a window whether it flashes.
  }

  setSkipTaskbar(): void {
    // Nor whether it is in the taskbar.
  }

  setMenuBarVisibility(): void {
    // There is no menu bar.
  }

  setAutoHideMenuBar(): void {
    // As above.
  }

  removeMenu(): void {
    // As above.
  }

  setBackgroundColor(): void {
    // Seen only before the first paint.
  }

  setIcon(): void {
    // No taskbar to show it.
  }

  setOverlayIcon(): void {
    // Windows' taskbar alone has these.
  }

  setVisibleOnAllWorkspaces(): void {
    // There is one workspace.
  }

  static getAllWindows(): BrowserWindow[] {
    return [...all];
  }

  static getFocusedWindow(): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window === focusedWindow()) ?? null;
  }

  static fromId(id: number): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.id === id) ?? null;
  }

  static fromWebContents(contents: Electron.WebContents): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.webContents === contents) ?? null;
  }

  #register(): OpenWindow {
    const isClosing = (): boolean => this.#closing;
    const registered = {
      close: () => {
        this.close();
      },
      get isClosing() {
        return isClosing();
      },
    };
    all.add(this);
    windows.add(registered);
    return registered;
  }

  #ownerOfContents(): ContentsOwner {
    return {
      focus: () => {
        this.focus();
      },
      isFocused: () => this.isFocused(),
      onThrottling: () => {
        applyWindowState(this);
      },
      onPainted: () => {
        if (!this.#painted) this.emit('ready-to-show');
        this.#painted = true;
      },
      onTitle: (event, title) => {
        this.emit('page-title-updated', event, title, true);
        if (!event.defaultPrevented) this.#title = title;
      },
      onGone: () => {
        this.#closed();
      },
    };
  }

  #closed(): void {
    if (this.#destroyed) return;
    if (!this.#closing) this.emit('close', cancelable()); // `window.close()` in the page cannot be held back here
    this.#destroyed = true;
    all.delete(this);
    this.blur();
    this.emit('closed');
    windowClosed(this.#registered);
  }
}
completeClass(BrowserWindow, 'BrowserWindow');
completeClass(BrowserWindow, 'BaseWindow', 'BrowserWindow');

function refuseImpossible(preferences: Electron.WebPreferences): void {
  for (const [name, value] of impossible) {
    if (preferences[name] === value) throw new UnsupportedError(`webPreferences.${name}: ${String(value)}`);
  }
  if (preferences.partition !== undefined) throw new UnsupportedError('webPreferences.partition');
}
