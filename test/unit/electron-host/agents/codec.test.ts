import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode, encode, type EncodeHooks } from '../../../electron-host/agents/codec.ts';

const throughText = (value: unknown): unknown =>
  decode(JSON.parse(JSON.stringify(encode(value))) as ReturnType<typeof encode>);

describe('structured clone as text', () => {
  it('gives back what a structured clone gives', () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withSparseArray: true,
    });
    fc.assert(
      fc.property(anything, (value) => {
        expect(throughText(value)).toEqual(structuredClone(value));
      }),
    );
  });

  it('keeps cycles and shared objects', () => {
    const shared = { n: 1 };
    const value = { a: shared, b: shared, self: null as unknown };
    value.self = value;
    const copy = throughText(value) as typeof value;
    expect(copy.a).toBe(copy.b);
    expect(copy.self).toBe(copy);
  });

  it.each([-0, NaN, Infinity, -Infinity, 12n, undefined, /a+/gi, new Date(7)])('%s', (value) => {
    expect(throughText(value)).toEqual(value);
  });

  it('sends a part of a buffer without the rest', () => {
    const part = Buffer.from('a secret in a pool').subarray(2, 8);
    const copy = throughText(part) as Uint8Array;
    expect(Buffer.from(copy).toString()).toBe('secret');
    expect(copy.buffer.byteLength).toBe(6);
  });

  it('keeps the type, message and stack of an error', () => {
    const error = new TypeError('wrong');
    const copy = throughText(error) as TypeError;
    expect(copy).toBeInstanceOf(TypeError);
    expect([copy.message, copy.stack]).toEqual([error.message, error.stack]);
  });

  it('sets `__proto__` as a key, not as a prototype', () => {
    const copy = throughText(JSON.parse('{"__proto__": {"polluted": true}}')) as object;
    expect(Object.keys(copy)).toEqual(['__proto__']);
    expect('polluted' in copy).toBe(false);
  });

  it.each([{ method: () => 1 }, [Symbol('s')], { map: new WeakMap() }])('refuses what cannot be cloned', (value) => {
    expect(() => encode(value)).toThrow('An object could not be cloned.');
  });
});

describe('over the context bridge', () => {
  const functions: ((...args: unknown[]) => unknown)[] = [];
  const hooks: EncodeHooks = {
    clone: structuredClone,
    fn: (value) => functions.push(value) - 1,
    promise: () => 7,
  };

  it('functions and promises cross by number, and the result is frozen', () => {
    const encoded = encode({ f: () => 'called', p: Promise.resolve() }, hooks);
    const decoded = decode(encoded, {
      freeze: true,
      fn: (id) => functions[id],
      promise: (id) => Promise.resolve(id),
    }) as { f: () => string; p: Promise<number> };
    expect(decoded.f()).toBe('called');
    expect(decoded.p).toBeInstanceOf(Promise);
    expect(Object.isFrozen(decoded)).toBe(true);
  });

  it('refuses a proxy wherever it hides', () => {
    expect(() => encode({ list: [new Proxy({}, {})] }, hooks)).toThrow('An object could not be cloned.');
  });
});
