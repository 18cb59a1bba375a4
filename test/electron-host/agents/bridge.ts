/**
 * The two worlds of a page share no objects. They talk through events on `window` with unguessable names: Blink clones
 * `detail` between worlds and dispatch is synchronous, so bridged functions return values as Electron's do.
 */
import { decode, encode, type DecodeHooks, type EncodeHooks, type Encoded } from './codec.ts';
import type { PermissionAnswer, PermissionQuestion } from './messages.ts';

export type World = 'main' | 'isolated';

/** What each world can be asked to do. */
export type BridgeRequest =
  | { readonly op: 'call'; readonly id: number; readonly args: Encoded }
  | { readonly op: 'settle'; readonly id: number; readonly ok: boolean; readonly value: Encoded }
  | { readonly op: 'expose'; readonly key: string; readonly api: Encoded }
  | { readonly op: 'ask'; readonly question: PermissionQuestion };

type Answer = { readonly ok: Encoded } | { readonly error: string };
interface Envelope {
  readonly reply: string;
  readonly request: BridgeRequest;
}

export interface Bridge {
  /** Throws what the other world threw. */
  readonly request: (request: BridgeRequest) => Encoded;
  readonly encode: (value: unknown) => Encoded;
  readonly decode: (encoded: Encoded, freeze?: boolean) => unknown;
  readonly serve: (op: 'expose' | 'ask', handler: (request: BridgeRequest) => unknown) => void;
}

/** Takes hold of the platform's functions before any script of the page can replace them. */
export function makeBridge(token: string, world: World): Bridge {
  const own = token + world;
  const peer = token + (world === 'main' ? 'isolated' : 'main');
  const listen = window.addEventListener.bind(window);
  const unlisten = window.removeEventListener.bind(window);
  const dispatch = window.dispatchEvent.bind(window);
  const Message = CustomEvent;
  const functions = new Map<number, (...args: unknown[]) => unknown>();
  const ids = new WeakMap<object, number>();
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: unknown) => void }>();
  const handlers = new Map<string, (request: BridgeRequest) => unknown>();
  let last = 0;

  const request = (asked: BridgeRequest): Encoded => {
    last += 1;
    const reply = `${own}:${last}`;
    const answers: Answer[] = [];
    const onAnswer = (event: Event): void => {
      answers.push((event as CustomEvent<Answer>).detail);
    };
    listen(reply, onAnswer);
    dispatch(new Message(peer, { detail: { reply, request: asked } satisfies Envelope }));
    unlisten(reply, onAnswer);
    const [answer] = answers;
    if (!answer) throw new Error('electron-host: the other world does not answer');
    if ('error' in answer) throw new Error(answer.error);
    return answer.ok;
  };

  const settle = (id: number, ok: boolean, value: unknown): void => {
    let encoded: Encoded;
    try {
      encoded = encode(value, encoding);
    } catch (error) {
      [ok, encoded] = [false, encode(error, encoding)];
    }
    request({ op: 'settle', id, ok, value: encoded });
  };

  const encoding: EncodeHooks = {
    clone: structuredClone.bind(window),
    fn: (value) => {
      const id = ids.get(value) ?? (last += 1);
      ids.set(value, id);
      functions.set(id, value);
      return id;
    },
    promise: (value) => {
      last += 1;
      const id = last;
      value.then(
        (result) => {
          settle(id, true, result);
        },
        (error: unknown) => {
          settle(id, false, error);
        },
      );
      return id;
    },
  };
  const decoding = (freeze: boolean): DecodeHooks => ({
    freeze,
    fn:
      (id) =>
      (...args: unknown[]) =>
        decode(request({ op: 'call', id, args: encode(args, encoding) }), decoding(false)),
    promise: (id) =>
      new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
      }),
  });

  const perform = (asked: BridgeRequest): unknown => {
    switch (asked.op) {
      case 'call':
        return functions.get(asked.id)?.(...(decode(asked.args, decoding(false)) as unknown[]));
      case 'settle': {
        const promise = waiting.get(asked.id);
        waiting.delete(asked.id);
        return promise?.[asked.ok ? 'resolve' : 'reject'](decode(asked.value, decoding(false)));
      }
      case 'expose':
      case 'ask':
        return handlers.get(asked.op)?.(asked);
    }
  };
  listen(own, (event) => {
    const { reply, request: asked } = (event as CustomEvent<Envelope>).detail;
    let detail: Answer;
    try {
      detail = { ok: encode(perform(asked), encoding) };
    } catch (error) {
      detail = { error: error instanceof Error ? error.message : 'An unknown exception occurred in the other world.' };
    }
    dispatch(new Message(reply, { detail }));
  });

  return {
    request,
    encode: (value) => encode(value, encoding),
    decode: (encoded, freeze = false) => decode(encoded, decoding(freeze)),
    serve: (op, handler) => {
      handlers.set(op, handler);
    },
  };
}

/** Asks the session's permission handlers, from the main world. */
export function askPermission(bridge: Bridge, question: PermissionQuestion): Promise<PermissionAnswer> {
  return bridge.decode(bridge.request({ op: 'ask', question })) as Promise<PermissionAnswer>;
}
