/**
 * Structured clone as JSON, for a protocol that carries text only. Runs in the host and, by its text, in pages: an agent
 * module holds exported functions and classes alone, so that its text is the text of its exports (source.ts).
 */

/** An object stands in `heap` and is referred to by its index, so that cycles and shared objects survive. */
export interface Encoded {
  readonly value: Leaf;
  readonly heap?: readonly Body[];
}

type Leaf =
  | null
  | string
  | boolean
  | number
  | { readonly ref: number }
  | { readonly undefined: true }
  | { readonly number: string }
  | { readonly bigint: string }
  | { readonly fn: number }
  | { readonly promise: number };

type Body =
  | readonly ['array', number, readonly (readonly [string, Leaf])[]]
  | readonly ['object', readonly (readonly [string, Leaf])[]]
  | readonly ['map', readonly (readonly [Leaf, Leaf])[]]
  | readonly ['set', readonly Leaf[]]
  | readonly ['date', number]
  | readonly ['regexp', string, string]
  | readonly ['bytes', string]
  | readonly ['view', string, Leaf, number]
  | readonly ['primitive', string | number | boolean]
  | readonly ['error', string, string, string | undefined];

/** With these, functions and promises cross too, as over `contextBridge`. */
export interface EncodeHooks {
  readonly fn: (value: (...args: unknown[]) => unknown) => number;
  readonly promise: (value: Promise<unknown>) => number;
  readonly clone: (value: unknown) => unknown;
}

export interface DecodeHooks {
  readonly fn: (id: number) => unknown;
  readonly promise: (id: number) => Promise<unknown>;
  readonly freeze: boolean;
}

/** Throws Electron's "An object could not be cloned." for what a structured clone refuses. */
export function encode(root: unknown, hooks?: EncodeHooks): Encoded {
  const seen = new Map<object, number>();
  const heap: Body[] = [];
  const leaf = (value: unknown): Leaf => {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value;
      case 'number':
        if (Object.is(value, -0)) return { number: '-0' };
        return Number.isFinite(value) ? value : { number: String(value) };
      case 'undefined':
        return { undefined: true };
      case 'bigint':
        return { bigint: String(value) };
      case 'symbol':
        return refuseClone();
      case 'function':
        return hooks ? { fn: hooks.fn(value as () => unknown) } : refuseClone();
      case 'object':
        return value === null ? null : reference(value);
    }
  };
  const reference = (value: object): Leaf => {
    if (hooks && tagOf(value) === 'Promise') return { promise: hooks.promise(value as Promise<unknown>) };
    const known = seen.get(value);
    if (known !== undefined) return { ref: known };
    const index = heap.push(['primitive', false]) - 1;
    seen.set(value, index);
    heap[index] = encodeObject(value, leaf, hooks);
    return { ref: index };
  };
  const value = leaf(root);
  return heap.length > 0 ? { value, heap } : { value };
}

export function encodeObject(value: object, leaf: (value: unknown) => Leaf, hooks?: EncodeHooks): Body {
  if (hooks) refuseProxy(value, hooks.clone);
  const entries = (): (readonly [string, Leaf])[] =>
    Object.entries(value).map(([key, each]: [string, unknown]) => [key, leaf(each)]);
  if (Array.isArray(value)) return ['array', value.length, entries()];
  if (ArrayBuffer.isView(value)) {
    // A view on a part of its buffer, such as a pooled Buffer, travels without the rest.
    const bytes = value.buffer.slice(value.byteOffset, value.byteOffset + value.byteLength);
    const length = 'length' in value ? (value.length as number) : value.byteLength;
    return ['view', tagOf(value), leaf(bytes), length];
  }
  if (value instanceof Map) return ['map', [...value].map(([key, each]: unknown[]) => [leaf(key), leaf(each)])];
  if (value instanceof Set) return ['set', [...value].map(leaf)];
  const tag = tagOf(value);
  switch (tag) {
    case 'Date':
      return ['date', (value as Date).getTime()];
    case 'RegExp':
      return ['regexp', (value as RegExp).source, (value as RegExp).flags];
    case 'ArrayBuffer':
      return ['bytes', toBase64(new Uint8Array(value as ArrayBuffer))];
    case 'Boolean':
    case 'Number':
    case 'String':
      return ['primitive', value.valueOf() as string | number | boolean];
    case 'Error': {
      const { name, message, stack } = value as Error;
      // The context bridge keeps an error's message alone.
      return hooks ? ['error', 'Error', message, undefined] : ['error', errorName(name), message, stack];
    }
    default:
      if (isPlatformObject(value, tag)) refuseClone();
      return ['object', entries()];
  }
}

export function decode(encoded: Encoded, hooks?: DecodeHooks): unknown {
  const heap = encoded.heap ?? [];
  const made = new Map<number, unknown>();
  // Containers are made empty and filled later, so that cycles end.
  const fills: (() => void)[] = [];
  const leaf = (value: Leaf): unknown => {
    if (value === null || typeof value !== 'object') return value;
    if ('ref' in value) return object(value.ref);
    if ('undefined' in value) return undefined;
    if ('number' in value) return Number(value.number);
    if ('bigint' in value) return BigInt(value.bigint);
    if ('fn' in value) return hooks?.fn(value.fn);
    return hooks?.promise(value.promise);
  };
  const object = (index: number): unknown => {
    if (!made.has(index)) {
      const body = heap[index];
      if (!body) throw new Error('electron-host: malformed message');
      made.set(index, decodeObject(body, leaf, fills, hooks?.freeze === true));
    }
    return made.get(index);
  };
  const root = leaf(encoded.value);
  for (let fill = fills.shift(); fill; fill = fills.shift()) fill();
  return root;
}

export function decodeObject(
  body: Body,
  leaf: (value: Leaf) => unknown,
  fills: (() => void)[],
  freeze: boolean,
): unknown {
  const fillEntries = (target: object, entries: readonly (readonly [string, Leaf])[]): object => {
    fills.push(() => {
      for (const [key, value] of entries) {
        const descriptor = { value: leaf(value), enumerable: true, writable: true, configurable: true };
        Object.defineProperty(target, key, descriptor); // not by assignment: the key may be `__proto__`
      }
      if (freeze) Object.freeze(target);
    });
    return target;
  };
  switch (body[0]) {
    case 'array':
      return fillEntries(new Array(body[1]), body[2]);
    case 'object':
      return fillEntries({}, body[1]);
    case 'map': {
      const map = new Map<unknown, unknown>();
      fills.push(() => {
        for (const [key, value] of body[1]) map.set(leaf(key), leaf(value));
      });
      return map;
    }
    case 'set': {
      const set = new Set<unknown>();
      fills.push(() => {
        for (const value of body[1]) set.add(leaf(value));
      });
      return set;
    }
    case 'date':
      return new Date(body[1]);
    case 'regexp':
      return new RegExp(body[1], body[2]);
    case 'bytes':
      return fromBase64(body[1]);
    case 'view': {
      const View = globalThis[body[1] as 'Uint8Array'];
      return new View(leaf(body[2]) as ArrayBuffer, 0, body[3]);
    }
    case 'primitive':
      return Object(body[1]);
    case 'error': {
      const error = new globalThis[body[1] as 'Error'](body[2]);
      if (body[3] !== undefined) Object.defineProperty(error, 'stack', { value: body[3], configurable: true });
      return error;
    }
  }
}

export function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}

export function errorName(name: string): string {
  const known = ['EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError'];
  return known.includes(name) ? name : 'Error';
}

/** Blob, MediaStream, DOM nodes, WeakMap…; an instance of a class of ours only loses its prototype. */
export function isPlatformObject(value: object, tag: string): boolean {
  if (tag === 'Object') return false;
  const prototype = Object.getPrototypeOf(value) as object | null;
  const taggedByClass = prototype !== null && Object.hasOwn(prototype, Symbol.toStringTag);
  return !taggedByClass || String((globalThis as Record<string, unknown>)[tag]).includes('[native code]');
}

/**
 * Electron's bridge refuses proxies, for instance Vue's reactive objects. Only a structured clone can tell: it names
 * the first thing that it cannot clone, and a plain object or array named there can only be a proxy.
 */
export function refuseProxy(value: object, clone: (value: unknown) => unknown): void {
  try {
    clone(value);
  } catch (error) {
    if (/(#<Object>|\[object (Array|Object)\]) could not be cloned/.test((error as Error).message)) refuseClone();
  }
}

export function refuseClone(): never {
  throw new Error('An object could not be cloned.');
}

export function toBase64(bytes: Uint8Array): string {
  let text = '';
  // In parts: arguments of one call are limited.
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(text);
}

export function fromBase64(text: string): ArrayBuffer {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0)).buffer;
}
