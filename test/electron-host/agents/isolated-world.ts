/** In the isolated world: gives the preload its `require('electron')` and speaks with the host. */
import { makeBridge, type Bridge } from './bridge.ts';
import { decode, encode, refuseClone, type Encoded } from './codec.ts';
import { PreloadEmitter } from './emitter.ts';
import type { AgentConfig, FromPage, PermissionAnswer, ToPage } from './messages.ts';

type Tell = (message: FromPage) => void;
type Preload = (
  require: (id: string) => unknown,
  process: object,
  exports: object,
  module: object,
  global: typeof globalThis,
) => void;

export function startIsolatedWorld(config: AgentConfig, preload?: Preload): void {
  const binding = `electronHost_${config.token}`;
  const globals = globalThis as unknown as Record<string, unknown>;
  const post = globals[binding] as (text: string) => void;
  Reflect.deleteProperty(globals, binding);
  const tell: Tell = (message) => {
    post(JSON.stringify(message));
  };
  const bridge = makeBridge(config.token, 'isolated');
  const ports = makePorts(config.page, tell);
  const ipc = makeIpcRenderer(tell, ports);
  const deliverAsked = servePermissions(bridge, tell);
  globals[`deliver_${config.token}`] = (text: string): void => {
    const message = JSON.parse(text) as ToPage;
    if (message.op === 'asked') deliverAsked(message.id, message.answer);
    else if (message.op === 'port' || message.op === 'portClose') ports.deliver(message);
    else ipc.deliver(message);
  };
  tell({ op: 'hello' });
  if (!preload) return;
  const module = { exports: {} };
  try {
    const process = Object.assign(new PreloadEmitter(), config.process);
    preload(makeRequire(bridge, ipc.ipcRenderer), process, module.exports, module, globalThis);
  } catch (error) {
    const path = config.preloadPath ?? '';
    console.error(`Unable to load preload script: ${path}`);
    console.error(error);
    const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
    tell({ op: 'preload-error', path, message, stack });
  }
}

/** As `structuredClone`, with Electron's message; ports are only moved, never cloned. */
export function cloneForIpc(value: unknown): Encoded {
  let copy: unknown;
  try {
    copy = structuredClone(value);
  } catch {
    refuseClone();
  }
  return encode(copy);
}

export interface Ports {
  readonly give: (port: MessagePort) => string;
  readonly take: (id: string) => MessagePort;
  readonly deliver: (message: ToPage & { readonly op: 'port' | 'portClose' }) => void;
}

/** This world keeps one end of each channel and relays its messages through the host. */
export function makePorts(page: string, tell: Tell): Ports {
  const ports = new Map<string, MessagePort>();
  const adopt = (port: MessagePort, id: string): void => {
    ports.set(id, port);
    port.onmessage = (event) => {
      tell({ op: 'port', id, data: cloneForIpc(event.data), ports: event.ports.map(give) });
    };
  };
  const give = (port: MessagePort): string => {
    const id = `${page}:${crypto.randomUUID()}`;
    adopt(port, id);
    return id;
  };
  const take = (id: string): MessagePort => {
    const { port1, port2 } = new MessageChannel();
    adopt(port1, id);
    return port2;
  };
  return {
    give,
    take,
    deliver: (message) => {
      const port = ports.get(message.id);
      if (message.op === 'port') port?.postMessage(decode(message.data), message.ports.map(take));
      else port?.close();
    },
  };
}

export interface IpcAgent {
  readonly ipcRenderer: object;
  readonly deliver: (message: ToPage & { readonly op: 'event' | 'reply' | 'failed' }) => void;
}

export function makeIpcRenderer(tell: Tell, ports: Ports): IpcAgent {
  const calls = new Map<number, { channel: string; resolve: (value: unknown) => void; reject: (e: Error) => void }>();
  let last = 0;
  const emitter = new PreloadEmitter();
  const ipcRenderer = Object.assign(emitter, {
    send: (channel: string, ...args: unknown[]): void => {
      tell({ op: 'send', channel, args: cloneForIpc(args) });
    },
    invoke: (channel: string, ...args: unknown[]): Promise<unknown> => {
      last += 1;
      const id = last;
      return new Promise((resolve, reject) => {
        const message: FromPage = { op: 'invoke', id, channel, args: cloneForIpc(args) };
        calls.set(id, { channel, resolve, reject });
        tell(message);
      });
    },
    postMessage: (channel: string, message: unknown, transfer: readonly MessagePort[] = []): void => {
      if (transfer.some((port) => !(port instanceof MessagePort))) throw new TypeError('Invalid value for transfer');
      tell({ op: 'post', channel, message: cloneForIpc(message), ports: transfer.map(ports.give) });
    },
    sendSync: unsupportedInPreload('ipcRenderer.sendSync'),
    sendToHost: unsupportedInPreload('ipcRenderer.sendToHost'),
  });
  const deliver: IpcAgent['deliver'] = (message) => {
    if (message.op === 'event') {
      const event = { sender: ipcRenderer, ports: message.ports.map(ports.take) };
      emitter.emit(message.channel, event, ...(decode(message.args) as unknown[]));
      return;
    }
    const call = calls.get(message.id);
    calls.delete(message.id);
    if (message.op === 'reply') call?.resolve(decode(message.value));
    else call?.reject(new Error(`Error invoking remote method '${call.channel}': ${message.message}`));
  };
  return { ipcRenderer, deliver };
}

/** Questions of the main world go on to the host. */
export function servePermissions(bridge: Bridge, tell: Tell): (id: number, answer: PermissionAnswer) => void {
  const waiting = new Map<number, (answer: PermissionAnswer) => void>();
  let last = 0;
  bridge.serve('ask', (request) => {
    if (request.op !== 'ask') return undefined;
    last += 1;
    const id = last;
    return new Promise<PermissionAnswer>((resolve) => {
      waiting.set(id, resolve);
      tell({ op: 'ask', id, question: request.question });
    });
  });
  return (id, answer) => {
    waiting.get(id)?.(answer);
    waiting.delete(id);
  };
}

/** The modules that a sandboxed preload can require. */
export function makeRequire(bridge: Bridge, ipcRenderer: object): (id: string) => unknown {
  const electron = {
    ipcRenderer,
    contextBridge: {
      exposeInMainWorld: (key: string, api: unknown): void => {
        bridge.request({ op: 'expose', key, api: bridge.encode(api) });
      },
      executeInMainWorld: unsupportedInPreload('contextBridge.executeInMainWorld'),
      exposeInIsolatedWorld: unsupportedInPreload('contextBridge.exposeInIsolatedWorld'),
    },
  };
  const missing = Object.fromEntries(['crashReporter', 'nativeImage', 'webFrame', 'webUtils'].map(missingModule));
  const modules = new Map<string, unknown>();
  for (const id of ['electron', 'electron/renderer', 'electron/common']) modules.set(id, { ...missing, ...electron });
  for (const id of ['events', 'node:events']) {
    modules.set(id, Object.assign(PreloadEmitter, { EventEmitter: PreloadEmitter }));
  }
  for (const id of ['timers', 'node:timers']) {
    modules.set(id, { setTimeout, setInterval, clearTimeout, clearInterval });
  }
  for (const id of ['url', 'node:url']) modules.set(id, { URL, URLSearchParams });
  return (id) => {
    if (!modules.has(id)) throw new Error(`module not found: ${id}`);
    return modules.get(id);
  };
}

export function missingModule(name: string): [string, object] {
  const get = (_: object, key: string | symbol): unknown => {
    if (typeof key === 'symbol' || key === 'then') return undefined;
    throw new Error(`electron-host: ${name}.${key} is not supported`);
  };
  return [name, new Proxy({}, { get })];
}

export function unsupportedInPreload(name: string): () => never {
  return () => {
    throw new Error(`electron-host: ${name} is not supported`);
  };
}
