/** `webContents`: what Electron makes of a page. */
import { EventEmitter } from 'node:events';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from '../chromium.ts';
import { nativeImage } from '../doubles/native-image.ts';
import { dispatch } from '../ipc/dispatch.ts';
import { cloneEncoded, IpcMain } from '../ipc/ipc-main.ts';
import { givePort, type MessagePortMain } from '../ipc/message-port.ts';
import { state } from '../process-state.ts';
import { asElectron, completeClass, type Part } from '../surface.ts';
import { settlePermissions } from '../session/permissions.ts';
import { session } from '../session/session.ts';
import { cancelable } from '../events.ts';
import { mainFrameOf } from './frame.ts';
import { consoleMessage, navigationAllowed, popupAsked } from './page-events.ts';
import { Page, type PageDelegate } from './page.ts';
import { preloadProcess, readPreload } from './preload.ts';
import { applyTheme } from './theme.ts';
import { defaultUserAgent } from './user-agent.ts';

/** What the window wants to know of its contents. */
export interface ContentsOwner {
  focus(): void;
  isFocused(): boolean;
  onPainted(): void;
  /** @param event a listener may hold back the new title. */
  onTitle(event: Electron.Event, title: string): void;
  /** `setBackgroundThrottling` decides whether a hidden page rests. */
  onThrottling(): void;
  onGone(): void;
}

/** Numbers of Chromium's network errors that navigations meet. */
const errorCodes: Readonly<Record<string, number>> = {
  ERR_FAILED: -2,
  ERR_ABORTED: -3,
  ERR_FILE_NOT_FOUND: -6,
  ERR_BLOCKED_BY_CLIENT: -20,
  ERR_CONNECTION_REFUSED: -102,
  ERR_NAME_NOT_RESOLVED: -105,
};

const all = new Map<number, WebContents>();
let lastId = 0;

/** For the window alone. */
export let pageOf: (contents: WebContents) => Page;

export class WebContents extends EventEmitter implements Part<Electron.WebContents> {
  readonly id = (lastId += 1);
  readonly ipc = asElectron<Electron.IpcMain>(new IpcMain());
  readonly session = asElectron<Electron.Session>(session.defaultSession);
  readonly mainFrame: Electron.WebFrameMain;
  readonly hostWebContents = null;
  readonly opener = null;
  readonly #page: Page;
  readonly #owner: ContentsOwner;
  #openHandler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0] | undefined;
  #url = '';
  #title = '';
  #loading = false;
  #crashed = false;
  #killed = false;
  #throttling: boolean;

  static {
    pageOf = (contents) => contents.#page;
  }

  constructor(preferences: Electron.WebPreferences, bounds: Electron.Rectangle, owner: ContentsOwner) {
    super();
    this.setMaxListeners(0);
    this.#owner = owner;
    this.#throttling = preferences.backgroundThrottling !== false;
    this.mainFrame = mainFrameOf(this.#asElectron);
    const { preload, failure } = readPreload(preferences.preload);
    const options = {
      id: this.id,
      bounds,
      preload,
      process: preloadProcess(preferences),
      userAgent: defaultUserAgent(),
    };
    this.#page = new Page(options, this.#delegate());
    all.set(this.id, this);
    if (failure) setImmediate(() => this.emit('preload-error', cancelable(), preferences.preload, failure));
  }

  // --- Messages

  send(channel: string, ...args: unknown[]): void {
    if (typeof (channel as unknown) !== 'string') throw new TypeError('Missing required channel argument');
    if (this.isDestroyed()) throw new TypeError('Object has been destroyed');
    this.#page.deliver({ op: 'event', channel, args: cloneEncoded(args), ports: [] });
  }

  postMessage(channel: string, message: unknown, transfer: Electron.MessagePortMain[] = []): void {
    const ports = transfer.map((port) => givePort(port as unknown as MessagePortMain, this.#page));
    this.#page.deliver({ op: 'event', channel, args: cloneEncoded([message]), ports });
  }

  // --- Navigation

  /** Rejects as Electron does: `ERR_… (code) loading 'url'`. */
  async loadURL(url: string, options?: Electron.LoadURLOptions): Promise<void> {
    if (options !== undefined) throw new Error('electron-host: webContents.loadURL with options is not supported');
    await this.#page.opened;
    await settlePermissions(this.#asElectron, url);
    const loaded = new Promise<void>((resolve) => {
      this.once('did-finish-load', resolve);
      this.once('destroyed', resolve);
    });
    const { failure, newDocument } = await this.#page.navigate(url);
    if (failure !== undefined) throw this.#loadFailed(url, failure);
    if (newDocument) await loaded;
  }

  loadFile(file: string, options: Electron.LoadFileOptions = {}): Promise<void> {
    const url = pathToFileURL(path.resolve(state.appPath, file));
    for (const [name, value] of Object.entries(options.query ?? {})) url.searchParams.set(name, value);
    if (options.search !== undefined) url.search = options.search;
    if (options.hash !== undefined) url.hash = options.hash;
    return this.loadURL(url.href);
  }

  reload(): void {
    this.#page.reload(this.#url, false);
  }

  reloadIgnoringCache(): void {
    this.#page.reload(this.#url, true);
  }

  stop(): void {
    this.#page.command('Page.stopLoading');
  }

  getURL(): string {
    return this.#url;
  }

  getTitle(): string {
    return this.#title;
  }

  isLoading(): boolean {
    return this.#loading;
  }

  isLoadingMainFrame(): boolean {
    return this.#loading;
  }

  setWindowOpenHandler(handler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0]): void {
    this.#openHandler = handler;
  }

  // --- Life

  isDestroyed(): boolean {
    return this.#page.isGone;
  }

  isCrashed(): boolean {
    return this.#crashed;
  }

  forcefullyCrashRenderer(): void {
    this.#killed = true;
    this.#page.command('Page.crash');
  }

  close(options?: Electron.CloseOpts): void {
    this.#page.close(options?.waitForBeforeUnload === true);
  }

  // --- Page

  async executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    const page = await this.#page.opened;
    const options = { awaitPromise: true, returnByValue: true, userGesture };
    const { result, exceptionDetails } = await page.send('Runtime.evaluate', { expression: code, ...options });
    if (!exceptionDetails) return result.value as unknown;
    throw new Error(exceptionDetails.exception?.description?.split('\n')[0] ?? exceptionDetails.text);
  }

  async capturePage(): Promise<Electron.NativeImage> {
    const page = await this.#page.opened;
    const { data } = await page.send('Page.captureScreenshot');
    return nativeImage.createFromBuffer(Buffer.from(data, 'base64'));
  }

  setBackgroundThrottling(allowed: boolean): void {
    this.#throttling = allowed;
    this.#owner.onThrottling();
  }

  getBackgroundThrottling(): boolean {
    return this.#throttling;
  }

  focus(): void {
    this.#owner.focus();
  }

  isFocused(): boolean {
    return this.#owner.isFocused();
  }

  getType(): 'window' {
    return 'window';
  }

  getOSProcessId(): number {
    return chromium().process.pid ?? 0;
  }

  getProcessId(): number {
    return this.mainFrame.processId;
  }

  getOrCreateDevToolsTargetId(): string {
    return this.#page.targetId ?? '';
  }

  isDevToolsOpened(): boolean {
    return false;
  }

  static getAllWebContents(): WebContents[] {
    return [...all.values()];
  }

  static fromId(id: number): WebContents | undefined {
    return all.get(id);
  }

  static fromFrame(frame: Electron.WebFrameMain): WebContents | undefined {
    return WebContents.getAllWebContents().find((contents) => contents.mainFrame === frame);
  }

  static getFocusedWebContents(): WebContents | null {
    return WebContents.getAllWebContents().find((contents) => contents.isFocused()) ?? null;
  }

  static fromDevToolsTargetId(targetId: string): WebContents | undefined {
    return WebContents.getAllWebContents().find((contents) => contents.#page.targetId === targetId);
  }

  // --- What happens to the page

  get #asElectron(): Electron.WebContents {
    return this as unknown as Electron.WebContents;
  }

  #loadFailed(url: string, name: string): Error {
    const errno = errorCodes[name] ?? -2;
    this.#loading = false;
    this.emit('did-fail-load', cancelable(), errno, name, url, true, 1, this.id);
    this.emit('did-stop-loading');
    return Object.assign(new Error(`${name} (${errno}) loading '${url}'`), { errno, code: name, url });
  }

  #delegate(): PageDelegate {
    return {
      onMessage: (message) => {
        void dispatch(this.#asElectron, this.#page, message);
      },
      // Nothing was shown yet: the app's own first navigation.
      mayNavigate: (url, isMainFrame) => this.#url === '' || navigationAllowed(this.#asElectron, url, isMainFrame),
      onNavigationStart: (url) => {
        if (!this.#loading) this.emit('did-start-loading');
        this.#loading = true;
        const details = { url, isMainFrame: true, isSameDocument: false, frame: this.mainFrame };
        this.emit('did-start-navigation', cancelable(details), url, false, true);
      },
      onNavigated: (url) => {
        this.#url = url;
        this.#crashed = false;
        applyTheme(this.#page);
        this.emit('did-navigate', cancelable(), url, 200, 'OK');
      },
      onNavigatedWithinDocument: (url) => {
        this.#url = url;
        this.emit('did-navigate-in-page', cancelable(), url, true, 1, this.id);
      },
      onDomReady: () => {
        if (this.#url === '') return;
        applyTheme(this.#page);
        this.emit('dom-ready', cancelable());
      },
      onLoaded: () => {
        if (this.#url === '') return; // about:blank, which every target starts with
        this.#loading = false;
        this.emit('did-finish-load');
        this.emit('did-stop-loading');
        this.#owner.onPainted();
      },
      onCrashed: () => {
        this.#crashed = true;
        const details = { reason: this.#killed ? 'killed' : 'crashed', exitCode: 1 };
        this.#killed = false;
        this.emit('render-process-gone', cancelable(), details);
      },
      onConsole: (call) => {
        this.emit('console-message', consoleMessage(call, this.mainFrame));
      },
      onPopup: (url, popup) => {
        popupAsked(this.#openHandler, this.#url, url, popup);
      },
      onTitle: (title) => {
        if (title === this.#title || this.#url === '') return;
        this.#title = title;
        const event = cancelable();
        this.emit('page-title-updated', event, title, true);
        this.#owner.onTitle(event, title);
      },
      onGone: () => {
        all.delete(this.id);
        this.emit('destroyed');
        this.#owner.onGone();
      },
    };
  }
}
completeClass(WebContents, 'WebContents', 'webContents');

/** The module `webContents`: Electron's class of that name, without its constructor. */
export const webContents = {
  fromDevToolsTargetId: WebContents.fromDevToolsTargetId,
  fromFrame: WebContents.fromFrame,
  fromId: WebContents.fromId,
  getAllWebContents: WebContents.getAllWebContents,
  getFocusedWebContents: WebContents.getFocusedWebContents,
};
