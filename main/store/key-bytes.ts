/**
 * A canonical encoding of IndexedDB keys: equal keys give equal bytes. `serialize` of node:v8 does not (a string takes one
 * or two bytes per character and a number is an integer or a double as V8 happens to hold it), and two rows for one key
 * would bring an old value back at the next opening.
 */
export function keyBytes(key: IDBValidKey): Buffer {
  if (typeof key === 'number') return float('n', key);
  if (key instanceof Date) return float('d', key.getTime());
  if (Array.isArray(key)) return Buffer.concat([head('a', key.length), ...key.map(keyBytes)]);
  const text = typeof key === 'string';
  const bytes = text ? Buffer.from(key, 'utf16le') : binary(key);
  return Buffer.concat([head(text ? 's' : 'b', bytes.length), bytes]);
}

function binary(key: ArrayBuffer | ArrayBufferView): Buffer {
  return ArrayBuffer.isView(key) ? Buffer.from(key.buffer, key.byteOffset, key.byteLength) : Buffer.from(key);
}

function head(tag: string, size: number): Buffer {
  const bytes = Buffer.alloc(5, tag, 'latin1');
  bytes.writeUInt32BE(size, 1);
  return bytes;
}

function float(tag: string, value: number): Buffer {
  const bytes = Buffer.alloc(9, tag, 'latin1');
  bytes.writeDoubleBE(value + 0, 1); // + 0 turns -0, which equals 0 as a key, into 0
  return bytes;
}
