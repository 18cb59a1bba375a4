/** `app`: the life of the process, and what the desktop would know of it. */
import { EventEmitter } from 'node:events';
import { getPath, setPath } from './app-paths.ts';
import { CommandLine } from './command-line.ts';
import { cancelable } from './events.ts';
import { state } from './process-state.ts';
import { takeLock } from './single-instance.ts';
import { asElectron, completeClass, type Part } from './surface.ts';
import { whenLastWindowCloses, windows } from './windows/window-registry.ts';

/** Ends Chromium, then the process. Set by start.ts. */
let endProcess: (code: number) => Promise<void>;

export function onProcessEnd(end: typeof endProcess): void {
  endProcess = end;
}

class App extends EventEmitter implements Part<Electron.App> {
  readonly commandLine = asElectron<Electron.CommandLine>(new CommandLine(state.switches));
  readonly dock = undefined;
  readonly isPackaged = false;
  readonly #becameReady: Promise<void>;
  readonly #protocols = new Set<string>();
  #name = 'Electron';
  #version = '0.0.0';
  #badge = 0;
  #loginItem: Electron.Settings = {};
  #releaseLock: (() => void) | undefined;
  #ending = false;

  constructor() {
    super();
    this.setMaxListeners(0);
    this.#becameReady = new Promise((resolve) => {
      // Not by `ready`: Playwright holds that event back until it is connected.
      this.once('electron-host:ready', () => {
        resolve();
      });
    });
    whenLastWindowCloses(() => {
      this.#onLastWindowClosed();
    });
  }

  // --- Life

  isReady(): boolean {
    return state.ready;
  }

  whenReady(): Promise<void> {
    return this.#becameReady;
  }

  quit(): void {
    if (state.quitting) return;
    const event = cancelable();
    this.emit('before-quit', event);
    if (event.defaultPrevented) return;
    state.quitting = true;
    for (const window of [...windows]) {
      window.close();
      if (windows.has(window) && !window.isClosing) state.quitting = false; // it held its close back
      if (!state.quitting) return;
    }
    if (windows.size === 0) this.#willQuit();
  }

  exit(code = 0): void {
    if (this.#ending) return;
    this.#ending = true;
    state.quitting = true;
    this.emit('quit', cancelable(), code);
    this.releaseSingleInstanceLock();
    void endProcess(code);
  }

  requestSingleInstanceLock(data?: Record<string, unknown>): boolean {
    const own = { argv: process.argv, cwd: process.cwd(), data: data ?? null };
    this.#releaseLock ??= takeLock(this.getPath('userData'), own, ({ argv, cwd, data: additional }) => {
      this.emit('second-instance', cancelable(), argv, cwd, additional);
    });
    return this.#releaseLock !== undefined;
  }

  hasSingleInstanceLock(): boolean {
    return this.#releaseLock !== undefined;
  }

  releaseSingleInstanceLock(): void {
    this.#releaseLock?.();
    this.#releaseLock = undefined;
  }

  // --- Names and places

  get name(): string {
    return this.#name;
  }

  set name(name: string) {
    this.#name = name;
  }

  getName(): string {
    return this.#name;
  }

  setName(name: string): void {
    this.#name = name;
  }

  getVersion(): string {
    return this.#version;
  }

  /** Not in the declarations, but in Electron: its default app calls it as start.ts does. */
  setVersion(version: string): void {
    this.#version = version;
  }

  getAppPath(): string {
    return state.appPath;
  }

  getPath(name: Parameters<Electron.App['getPath']>[0]): string {
    return getPath(name, this.#name);
  }

  setPath(name: string, folder: string): void {
    setPath(name, folder);
  }

  getLocale(): string {
    return state.switches.get('lang') ?? 'en-US';
  }

  getSystemLocale(): string {
    return this.getLocale();
  }

  getPreferredSystemLanguages(): string[] {
    return [this.getLocale()];
  }

  getLocaleCountryCode(): string {
    return this.getLocale().split('-')[1] ?? 'US';
  }

  // --- Kept, not shown: there is no desktop around the app.

  get badgeCount(): number {
    return this.#badge;
  }

  set badgeCount(count: number) {
    this.#badge = count;
  }

  getBadgeCount(): number {
    return this.#badge;
  }

  setBadgeCount(count = 0): boolean {
    this.#badge = count;
    return true;
  }

  setAsDefaultProtocolClient(protocol: string): boolean {
    this.#protocols.add(protocol);
    return true;
  }

  removeAsDefaultProtocolClient(protocol: string): boolean {
    return this.#protocols.delete(protocol);
  }

  isDefaultProtocolClient(protocol: string): boolean {
    return this.#protocols.has(protocol);
  }

  setLoginItemSettings(settings: Electron.Settings): void {
    this.#loginItem = { ...this.#loginItem, ...settings };
  }

  getLoginItemSettings(): Electron.LoginItemSettings {
    const openAtLogin = this.#loginItem.openAtLogin === true;
    return {
      openAtLogin,
      wasOpenedAtLogin: false,
      status: openAtLogin ? 'enabled' : 'not-registered',
      executableWillLaunchAtLogin: openAtLogin,
      launchItems: [],
    };
  }

  setAppUserModelId(): void {
    // Windows alone has these.
  }

  setDesktopName(): void {
    // For a desktop that is not there.
  }

  enableSandbox(): void {
    // Pages never reach Node here.
  }

  disableHardwareAcceleration(): void {
    this.commandLine.appendSwitch('disable-gpu');
  }

  setAboutPanelOptions(): void {
    // No panel to show.
  }

  focus(): void {
    // Windows are focused, not apps.
  }

  #onLastWindowClosed(): void {
    if (state.quitting) this.#willQuit();
    else if (!this.emit('window-all-closed')) this.quit();
  }

  #willQuit(): void {
    const event = cancelable();
    this.emit('will-quit', event);
    if (event.defaultPrevented) state.quitting = false;
    else this.exit(0);
  }
}
completeClass(App, 'App', 'app');

export const app = new App();
