/**
 * Structured clones as bytes, by `serialize` of node:v8, whose format every later V8 can read. It differs from structured
 * clone in two things: Node's own cloneable objects (Blob, CryptoKey, …) become `{}` without a word, so they are refused
 * here; and views are read back onto the row's whole buffer, so they are copied out.
 */
import { DefaultDeserializer, serialize } from 'node:v8';

/**
 * @param value a structured clone: its plain objects have no getters and Object.prototype.
 * @throws DOMException "DataCloneError" for what would not come back as it was.
 */
export function toBytes(value: unknown): Buffer {
  refuseForeign(value, new Set());
  return serialize(value);
}

/** @throws when the bytes are from a later V8. */
export function fromBytes(bytes: Uint8Array): unknown {
  const reader = new Reader(bytes);
  reader.readHeader();
  return reader.readValue();
}

const leaves = [Date, RegExp, ArrayBuffer, Error, Boolean, Number, String, BigInt];

function refuseForeign(value: unknown, seen: Set<object>): void {
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value);
  if (value instanceof Map || value instanceof Set) {
    for (const entry of value) refuseForeign(entry, seen);
  } else if (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype) {
    for (const entry of Object.values(value)) refuseForeign(entry, seen);
  } else if (!ArrayBuffer.isView(value) && !leaves.some((leaf) => value instanceof leaf)) {
    throw new DOMException(`${value.constructor.name} cannot be stored`, 'DataCloneError');
  }
}

declare module 'node:v8' {
  interface DefaultDeserializer {
    _readHostObject(): NodeJS.TypedArray | DataView<ArrayBuffer>;
  }
}

class Reader extends DefaultDeserializer {
  override _readHostObject(): NodeJS.TypedArray | DataView<ArrayBuffer> {
    const view = super._readHostObject();
    if (!(view instanceof DataView)) return view.slice();
    return new DataView(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));
  }
}
