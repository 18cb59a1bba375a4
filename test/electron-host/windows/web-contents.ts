/** `webContents`: what Electron makes of a page. */
import { EventEmitter } from 'node:events';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from '../app.ts';
import { chromium } from '../chromium.ts';
import { nativeImage } from '../doubles/native-image.ts';
import { cloneEncoded, IpcMain } from '../ipc/ipc-main.ts';
import { givePort, type MessagePortMain } from '../ipc/message-port.ts';
import { state } from '../process-state.ts';
import { asElectron, completeClass, type Part } from '../surface.ts';
import { settlePermissions } from '../session/permissions.ts';
import { session } from '../session/session.ts';
import { cancelable } from '../events.ts';
import { ContentsEvents, type ContentsOwner } from './contents-events.ts';
import { mainFrameOf } from './frame.ts';
import { Page } from './page.ts';
import { preloadProcess, readPreload } from './preload.ts';
import { defaultUserAgent } from './user-agent.ts';

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
  readonly #events: ContentsEvents;
  #throttling: boolean;

  static {
    pageOf = (contents) => contents.#page;
  }

  constructor(preferences: Electron.WebPreferences, bounds: Electron.Rectangle, owner: ContentsOwner) {
    super();
    this.setMaxListeners(0);
    this.#owner = owner;
    this.#throttling = preferences.backgroundThrottling !== false;
    const self = asElectron<Electron.WebContents>(this);
    this.mainFrame = mainFrameOf(self);
    this.#events = new ContentsEvents(self, owner, () => this.#page);
    this.once('destroyed', () => all.delete(this.id));
    const { preload, failure } = readPreload(preferences.preload);
    const options = {
      id: this.id,
      bounds,
      preload,
      process: preloadProcess(preferences),
      userAgent: defaultUserAgent(),
      language: app.getLocale(),
    };
    this.#page = new Page(options, this.#events);
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
    await settlePermissions(asElectron<Electron.WebContents>(this), url);
    const loaded = new Promise<void>((resolve) => {
      this.once('did-finish-load', resolve);
      this.once('destroyed', resolve);
    });
    const { failure, newDocument } = await this.#page.navigate(url);
    if (failure !== undefined) throw this.#events.onLoadFailed(url, failure);
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
    this.#page.reload(this.#events.url, false);
  }

  reloadIgnoringCache(): void {
    this.#page.reload(this.#events.url, true);
  }

  stop(): void {
    this.#page.command('Page.stopLoading');
  }

  getURL(): string {
    return this.#events.url;
  }

  getTitle(): string {
    return this.#events.title;
  }

  isLoading(): boolean {
    return this.#events.isLoading;
  }

  isLoadingMainFrame(): boolean {
    return this.#events.isLoading;
  }

  setWindowOpenHandler(handler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0]): void {
    this.#events.openHandler = handler;
  }

  // --- Life

  isDestroyed(): boolean {
    return this.#page.isGone;
  }

  isCrashed(): boolean {
    return this.#events.isCrashed;
  }

  forcefullyCrashRenderer(): void {
    this.#events.isKilled = true;
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
