/** `webContents.mainFrame` and the `senderFrame` of IPC. Subframes have no preload, so only main frames ever send. */
import { EventEmitter } from 'node:events';
import { originOf } from '../schemes.ts';
import { asElectron, completeClass, type Part } from '../surface.ts';

class WebFrameMain extends EventEmitter implements Part<Electron.WebFrameMain> {
  readonly name = '';
  readonly parent = null;
  readonly detached = false;
  readonly processId = 1;
  readonly #contents: Electron.WebContents;

  constructor(contents: Electron.WebContents) {
    super();
    this.#contents = contents;
  }

  get url(): string {
    return this.#contents.getURL();
  }

  get origin(): string {
    return originOf(this.url);
  }

  get top(): Electron.WebFrameMain {
    return this.#contents.mainFrame;
  }

  get frameTreeNodeId(): number {
    return this.#contents.id;
  }

  get routingId(): number {
    return this.#contents.id;
  }

  isDestroyed(): boolean {
    return this.#contents.isDestroyed();
  }

  send(channel: string, ...args: unknown[]): void {
    this.#contents.send(channel, ...args);
  }

  postMessage(channel: string, message: unknown, transfer?: Electron.MessagePortMain[]): void {
    this.#contents.postMessage(channel, message, transfer);
  }

  executeJavaScript(code: string, userGesture?: boolean): Promise<unknown> {
    return this.#contents.executeJavaScript(code, userGesture);
  }
}
completeClass(WebFrameMain, 'WebFrameMain');

export function mainFrameOf(contents: Electron.WebContents): Electron.WebFrameMain {
  return asElectron<Electron.WebFrameMain>(new WebFrameMain(contents));
}
