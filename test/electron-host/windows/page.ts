/** One page of Chromium: its target, its frames, its isolated world with the preload. What Electron makes of it is in web-contents.ts. */
import { randomBytes } from 'node:crypto';
import type { FromPage, ToPage } from '../agents/messages.ts';
import { isolatedWorldSource, mainWorldSource } from '../agents/source.ts';
import { ignoreGone, type CdpSession, type Protocol } from '../cdp.ts';
import { chromium } from '../chromium.ts';
import { fromChromium, toChromium } from '../schemes.ts';
import { pages } from './page-registry.ts';

const isolatedWorld = 'Electron Isolated Context';

export interface PageOptions {
  readonly bounds: Electron.Rectangle;
  readonly preload: { readonly path: string; readonly text: string } | undefined;
  /** What the preload sees as `process`. */
  readonly process: Readonly<Record<string, unknown>>;
  readonly userAgent: string;
  /** `navigator.language`. */
  readonly language: string;
  readonly id: number;
}

/** What happens to a page. URLs are as main knows them. */
export interface PageDelegate {
  onMessage(message: FromPage): void;
  /** The page itself wants to go elsewhere. Returns false to hold it. */
  mayNavigate(url: string, isMainFrame: boolean): boolean;
  onNavigationStart(url: string): void;
  onNavigated(url: string): void;
  onNavigatedWithinDocument(url: string): void;
  onDomReady(): void;
  onLoaded(): void;
  onCrashed(): void;
  onConsole(message: Protocol.Runtime.consoleAPICalledPayload): void;
  onPopup(url: string, popup: Protocol.Page.windowOpenPayload): void;
  onTitle(title: string): void;
  onGone(): void;
}

export class Page {
  readonly opened: Promise<CdpSession>;
  targetId: string | undefined;
  windowId: number | undefined;
  readonly #token = randomBytes(12).toString('hex');
  readonly #delegate: PageDelegate;
  readonly #frames = new Set<string>();
  #mainFrame: string | undefined;
  #session: CdpSession | undefined;
  /** The isolated world of the next document, until its agent says hello. */
  #nextWorld: string | undefined;
  #world: string | undefined;
  /** Chromium's URL of a navigation that main began. */
  #ownNavigation: string | undefined;
  #gone = false;

  constructor(options: PageOptions, delegate: PageDelegate) {
    this.#delegate = delegate;
    pages.add(this);
    this.opened = this.#open(options);
    ignoreGone(this.opened);
  }

  get isGone(): boolean {
    return this.#gone;
  }

  hasFrame(frameId: string): boolean {
    return this.#frames.has(frameId);
  }

  isMainFrame(frameId: string): boolean {
    return frameId === this.#mainFrame;
  }

  /** Messages to a document that is gone are dropped, as in Electron. */
  deliver(message: ToPage): void {
    if (!this.#session || this.#world === undefined) return;
    const call = this.#session.send('Runtime.callFunctionOn', {
      functionDeclaration: 'function (name, text) { globalThis[name](text); }',
      arguments: [{ value: `deliver_${this.#token}` }, { value: JSON.stringify(message) }],
      uniqueContextId: this.#world,
      silent: true,
    });
    ignoreGone(call);
  }

  /** @returns Chromium's name of the failure (`ERR_…`), or undefined once the navigation is under way. */
  async navigate(url: string): Promise<{ failure: string | undefined; newDocument: boolean }> {
    const session = await this.opened;
    this.#ownNavigation = toChromium(url);
    const { errorText, loaderId } = await session.send('Page.navigate', { url: this.#ownNavigation });
    return { failure: errorText?.replace(/^net::/, ''), newDocument: loaderId !== undefined };
  }

  reload(url: string, ignoreCache: boolean): void {
    this.#ownNavigation = toChromium(url);
    this.command('Page.reload', { ignoreCache });
  }

  /** Without an answer; a page that is gone is no failure. */
  command(...[method, params]: Parameters<CdpSession['send']>): void {
    ignoreGone(this.opened.then((session) => session.send(method, params)));
  }

  /** @param url Chromium's. */
  mayNavigate(url: string, frameId: string): boolean {
    const isMainFrame = this.isMainFrame(frameId);
    if (isMainFrame && url === withoutFragment(this.#ownNavigation)) {
      this.#ownNavigation = undefined;
      return true;
    }
    return this.#delegate.mayNavigate(fromChromium(url), isMainFrame);
  }

  /** @param runUnloadHandlers as when a person closes the window. */
  close(runUnloadHandlers: boolean): void {
    const closed = this.opened.then((session) =>
      runUnloadHandlers
        ? session.send('Page.close')
        : chromium().connection.send('Target.closeTarget', { targetId: this.targetId ?? '' }),
    );
    ignoreGone(closed);
  }

  setTitle(title: string): void {
    this.#delegate.onTitle(title);
  }

  /** Called when the target is known to be closed. */
  end(): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#world = undefined;
    pages.delete(this);
    this.#delegate.onGone();
  }

  async #open({ bounds, preload, process, userAgent, language, id }: PageOptions): Promise<CdpSession> {
    const { connection } = chromium();
    const { x: left, y: top, width, height } = bounds;
    const window = { newWindow: true, width, height, left, top };
    const { targetId } = await connection.send('Target.createTarget', { url: 'about:blank', ...window });
    this.targetId = targetId;
    const session = await connection.attach(targetId);
    this.#session = session;
    this.#listen(session);
    const config = { token: this.#token, page: String(id), preloadPath: preload?.path, process };
    const [frameTree, browserWindow] = await Promise.all([
      session.send('Page.getFrameTree'),
      session.send('Browser.getWindowForTarget'),
      session.send('Page.enable'),
      session.send('Runtime.enable'),
      session.send('Runtime.addBinding', {
        name: `electronHost_${this.#token}`,
        executionContextName: isolatedWorld,
      }),
      session.send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldSource(this.#token) }),
      session.send('Page.addScriptToEvaluateOnNewDocument', {
        source: isolatedWorldSource(config, preload?.text),
        worldName: isolatedWorld,
      }),
      session.send('Network.setUserAgentOverride', { userAgent, acceptLanguage: language }),
    ]);
    this.#mainFrame = frameTree.frameTree.frame.id;
    this.#frames.add(this.#mainFrame);
    this.windowId = browserWindow.windowId;
    // A window here has no frame of its own: its content is the window.
    ignoreGone(session.send('Browser.setContentsSize', { windowId: this.windowId, width, height }));
    return session;
  }

  #listen(session: CdpSession): void {
    const delegate = this.#delegate;
    session.on('Runtime.executionContextCreated', ({ context }) => {
      const { frameId } = (context.auxData ?? {}) as { frameId?: string };
      if (context.name === isolatedWorld && frameId === this.#mainFrame) this.#nextWorld = context.uniqueId;
    });
    session.on('Runtime.executionContextsCleared', () => {
      this.#world = this.#nextWorld = undefined;
    });
    session.on('Runtime.executionContextDestroyed', ({ executionContextUniqueId }) => {
      if (executionContextUniqueId === this.#world) this.#world = undefined;
    });
    session.on('Runtime.bindingCalled', ({ payload }) => {
      const message = JSON.parse(payload) as FromPage;
      if (message.op === 'hello') this.#world = this.#nextWorld;
      else delegate.onMessage(message);
    });
    session.on('Runtime.consoleAPICalled', (call) => {
      delegate.onConsole(call);
    });
    session.on('Page.frameAttached', ({ frameId }) => this.#frames.add(frameId));
    session.on('Page.frameDetached', ({ frameId, reason }) => {
      if (reason === 'remove') this.#frames.delete(frameId);
    });
    session.on('Page.frameStartedNavigating', ({ frameId, url }) => {
      if (this.isMainFrame(frameId)) delegate.onNavigationStart(fromChromium(url));
    });
    session.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId !== undefined) return;
      this.#mainFrame = frame.id;
      this.#frames.add(frame.id);
      delegate.onNavigated(fromChromium(frame.url + (frame.urlFragment ?? '')));
    });
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (this.isMainFrame(frameId)) delegate.onNavigatedWithinDocument(fromChromium(url));
    });
    session.on('Page.domContentEventFired', () => {
      delegate.onDomReady();
    });
    session.on('Page.loadEventFired', () => {
      delegate.onLoaded();
    });
    session.on('Page.windowOpen', (popup) => {
      delegate.onPopup(fromChromium(popup.url), popup);
    });
    session.on('Inspector.targetCrashed', () => {
      this.#world = undefined;
      delegate.onCrashed();
    });
    session.on('Target.detachedFromTarget', () => {
      this.end();
    });
  }
}

function withoutFragment(url: string | undefined): string | undefined {
  return url?.split('#')[0];
}
