/** What is known of the document in a page, and the events by which `webContents` tells of it. */
import type { FromPage } from '../agents/messages.ts';
import { app } from '../app.ts';
import type { Protocol } from '../cdp.ts';
import { cancelable } from '../events.ts';
import { dispatch } from '../ipc/dispatch.ts';
import { consoleMessage, navigationAllowed, popupAsked } from './page-events.ts';
import type { Page, PageDelegate } from './page.ts';
import { applyTheme } from './theme.ts';

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

export class ContentsEvents implements PageDelegate {
  /** Empty until something was loaded: `about:blank`, which every target starts with, does not count. */
  url = '';
  title = '';
  isLoading = false;
  isCrashed = false;
  /** The app is crashing the page itself. */
  isKilled = false;
  openHandler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0] | undefined;
  readonly #contents: Electron.WebContents;
  readonly #owner: ContentsOwner;
  readonly #page: () => Page;

  constructor(contents: Electron.WebContents, owner: ContentsOwner, page: () => Page) {
    this.#contents = contents;
    this.#owner = owner;
    this.#page = page;
  }

  onMessage(message: FromPage): void {
    void dispatch(this.#contents, this.#page(), message);
  }

  /** The first navigation is always the app's own. */
  mayNavigate(url: string, isMainFrame: boolean): boolean {
    return this.url === '' || navigationAllowed(this.#contents, url, isMainFrame);
  }

  onNavigationStart(url: string): void {
    if (!this.isLoading) this.#contents.emit('did-start-loading');
    this.isLoading = true;
    const details = { url, isMainFrame: true, isSameDocument: false, frame: this.#contents.mainFrame };
    this.#contents.emit('did-start-navigation', cancelable(details), url, false, true);
  }

  onNavigated(url: string): void {
    this.url = url;
    this.isCrashed = false;
    applyTheme(this.#page());
    this.#contents.emit('did-navigate', cancelable(), url, 200, 'OK');
  }

  onNavigatedWithinDocument(url: string): void {
    this.url = url;
    this.#contents.emit('did-navigate-in-page', cancelable(), url, true, 1, this.#contents.id);
  }

  /** @returns the error with which `loadURL` rejects. */
  onLoadFailed(url: string, code: string): Error {
    const errno = errorCodes[code] ?? -2;
    this.isLoading = false;
    this.#contents.emit('did-fail-load', cancelable(), errno, code, url, true, 1, this.#contents.id);
    this.#contents.emit('did-stop-loading');
    return Object.assign(new Error(`${code} (${errno}) loading '${url}'`), { errno, code, url });
  }

  onDomReady(): void {
    if (this.url === '') return;
    applyTheme(this.#page());
    this.#contents.emit('dom-ready', cancelable());
  }

  onLoaded(): void {
    if (this.url === '') return;
    this.isLoading = false;
    this.#contents.emit('did-finish-load');
    this.#contents.emit('did-stop-loading');
    this.#owner.onPainted();
  }

  onCrashed(): void {
    this.isCrashed = true;
    const details = { reason: this.isKilled ? 'killed' : 'crashed', exitCode: 1 };
    this.isKilled = false;
    this.#contents.emit('render-process-gone', cancelable(), details);
    app.emit('render-process-gone', cancelable(), this.#contents, details);
  }

  onConsole(call: Protocol.Runtime.consoleAPICalledPayload): void {
    this.#contents.emit('console-message', consoleMessage(call, this.#contents.mainFrame));
  }

  onPopup(url: string, popup: Protocol.Page.windowOpenPayload): void {
    popupAsked(this.openHandler, this.url, url, popup);
  }

  onTitle(title: string): void {
    if (title === this.title || this.url === '') return;
    this.title = title;
    const event = cancelable();
    this.#contents.emit('page-title-updated', event, title, true);
    this.#owner.onTitle(event, title);
  }

  onGone(): void {
    this.#contents.emit('destroyed');
    this.#owner.onGone();
  }
}
