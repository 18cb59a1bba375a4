/** The Chrome DevTools Protocol over Chromium's remote-debugging pipe. Playwright has a connection of its own beside it. */
import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';
// Playwright ships these types without exporting them by name.
import type { Protocol } from '../../node_modules/playwright-core/types/protocol.d.ts';

export type { Protocol };
type Commands = Protocol.CommandParameters;
type Results = Protocol.CommandReturnValues;
export type Method = keyof Commands & keyof Results;
export type CdpEvents = Protocol.EventMap;

interface Message {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: keyof Protocol.EventMap;
  readonly params?: unknown;
  readonly result?: Results[Method];
  readonly error?: { readonly message: string; readonly data?: string };
}

interface Pending {
  readonly method: Method;
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

/** Commands and events of one target. */
export class CdpSession extends EventEmitter<CdpEvents> {
  readonly #send: CdpConnection['send'];
  readonly #id: string;

  constructor(send: CdpConnection['send'], id: string) {
    super();
    this.setMaxListeners(0);
    this.#send = send;
    this.#id = id;
  }

  send<M extends Method>(method: M, params?: Commands[M]): Promise<Results[M]> {
    return this.#send(method, params, this.#id);
  }
}

/** Commands and events of the browser. Once it is gone, every command rejects with {@link ConnectionClosedError}. */
export class CdpConnection extends EventEmitter<CdpEvents & { disconnect: [] }> {
  readonly #input: Writable;
  readonly #pending = new Map<number, Pending>();
  readonly #sessions = new Map<string, CdpSession>();
  #lastId = 0;
  #closed = false;

  constructor(input: Writable, output: Readable) {
    super();
    this.setMaxListeners(0);
    this.#input = input;
    input.on('error', () => {
      this.#close();
    });
    output.on('close', () => {
      this.#close();
    });
    splitMessages(output, (text) => {
      this.#receive(JSON.parse(text) as Message);
    });
  }

  send<M extends Method>(method: M, params?: Commands[M], sessionId?: string): Promise<Results[M]> {
    if (this.#closed) return Promise.reject(new ConnectionClosedError(method));
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { method, resolve, reject });
      this.#input.write(JSON.stringify({ id, method, params, sessionId }) + '\0');
    });
  }

  async attach(targetId: string): Promise<CdpSession> {
    const { sessionId } = await this.send('Target.attachToTarget', { targetId, flatten: true });
    const session = this.#sessions.get(sessionId);
    if (!session) throw new Error(`electron-host: no session for target ${targetId}`);
    return session;
  }

  #receive(message: Message): void {
    if (message.id !== undefined) {
      this.#settle(message.id, message);
      return;
    }
    const { method, params } = message;
    if (method === undefined) return;
    if (method === 'Target.attachedToTarget') {
      const { sessionId } = params as Protocol.Target.attachedToTargetPayload;
      this.#sessions.set(sessionId, new CdpSession(this.send.bind(this), sessionId));
    }
    const emitter = message.sessionId === undefined ? this : this.#sessions.get(message.sessionId);
    (emitter as EventEmitter | undefined)?.emit(method, params);
    if (method === 'Target.detachedFromTarget') {
      const { sessionId } = params as Protocol.Target.detachedFromTargetPayload;
      (this.#sessions.get(sessionId) as EventEmitter | undefined)?.emit(method, params);
      this.#sessions.delete(sessionId);
    }
  }

  #settle(id: number, message: Message): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (!pending) return;
    const { error } = message;
    if (error) pending.reject(new Error(`${pending.method}: ${error.message} ${error.data ?? ''}`.trim()));
    else pending.resolve(message.result as never);
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const { reject, method } of this.#pending.values()) reject(new ConnectionClosedError(method));
    this.#pending.clear();
    this.emit('disconnect');
  }
}

export class ConnectionClosedError extends Error {
  constructor(method: string) {
    super(`electron-host: Chromium is gone (${method})`);
  }
}

/** For commands to a page or browser that may end at any moment; then there is nobody left to serve. */
export function ignoreGone(promise: Promise<unknown>): void {
  promise.catch(() => undefined);
}

/** Messages on the pipe end with a zero byte. */
function splitMessages(stream: Readable, onMessage: (text: string) => void): void {
  let parts: Buffer[] = [];
  stream.on('data', (data: Buffer) => {
    let start = 0;
    for (let end = data.indexOf(0); end >= 0; end = data.indexOf(0, start)) {
      parts.push(data.subarray(start, end));
      onMessage(Buffer.concat(parts).toString('utf8'));
      parts = [];
      start = end + 1;
    }
    if (start < data.length) parts.push(data.subarray(start));
  });
}
