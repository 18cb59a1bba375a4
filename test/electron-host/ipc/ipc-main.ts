/** `ipcMain`, and `webContents.ipc`, which is asked first. */
import { EventEmitter } from 'node:events';
import type { Encoded } from '../agents/codec.ts';
import { encode, refuseClone } from '../agents/codec.ts';
import { completeClass, type Part } from '../surface.ts';

type InvokeHandler = Parameters<Electron.IpcMain['handle']>[1];

/** For the host alone: apps cannot look up handlers. */
let handlerOf: (ipc: IpcMain, channel: string) => InvokeHandler | undefined;

export class IpcMain extends EventEmitter implements Part<Electron.IpcMain> {
  readonly #handlers = new Map<string, InvokeHandler>();

  static {
    handlerOf = (ipc, channel) => ipc.#handlers.get(channel);
  }

  handle(channel: string, handler: InvokeHandler): void {
    if (this.#handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    if (typeof (handler as unknown) !== 'function') {
      throw new TypeError(`Expected handler to be a function, but found type '${typeof handler}'`);
    }
    this.#handlers.set(channel, handler);
  }

  handleOnce(channel: string, handler: InvokeHandler): void {
    this.handle(channel, (event, ...args: unknown[]) => {
      this.removeHandler(channel);
      return handler(event, ...args) as unknown;
    });
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }
}
completeClass(IpcMain, 'IpcMain', 'ipcMain');

export const ipcMain = new IpcMain();
// A channel may be named `error`, which Node's emitters would throw when nobody listens.
ipcMain.on('error', () => undefined);

/** Runs the handler of an `invoke`; failures come back as Electron words them. */
export async function answerInvoke(
  emitters: readonly IpcMain[],
  channel: string,
  event: Electron.IpcMainInvokeEvent,
  args: unknown[],
): Promise<{ readonly value: Encoded } | { readonly failure: string }> {
  try {
    const handler = emitters.map((ipc) => handlerOf(ipc, channel)).find((each) => each !== undefined);
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    return { value: cloneEncoded(await handler(event, ...args)) };
  } catch (error) {
    console.error(`Error occurred in handler for '${channel}':`, error);
    return { failure: String(error) };
  }
}

/** As Electron sends: a structured clone, refused in its words. */
export function cloneEncoded(value: unknown): Encoded {
  let copy: unknown;
  try {
    copy = structuredClone(value);
  } catch {
    refuseClone();
  }
  return encode(copy);
}
