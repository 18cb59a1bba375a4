import { describe, expect, test } from 'vitest';

import { fromBytes, toBytes } from '../../../../main/store/value-bytes';

describe('a value as bytes', () => {
  test('comes back as structured clone would leave it', () => {
    const cyclic: Record<string, unknown> = { name: 'loop' };
    cyclic.self = cyclic;
    const bytes = new Uint8Array([9, 1, 2, 3, 9]);
    const value = {
      primitives: [undefined, null, true, -0, NaN, -Infinity, 2n ** 70n, '', 'ä\u{1F600}', '\ud800 lone'],
      holes: Object.assign(new Array<number>(3), { 0: 1, 2: 3 }),
      map: new Map<unknown, unknown>([
        ['k', new Set([1, 'x'])],
        [{}, new Date(5)],
      ]),
      error: new RangeError('e'),
      regexp: /a/giu,
      buffer: bytes.slice().buffer,
      doubles: new Float64Array([0.1, -0]),
      boxed: Object(3) as unknown,
      cyclic,
    };
    const back = fromBytes(toBytes(value)) as typeof value;
    expect(back).toStrictEqual(structuredClone(value));
    expect(back.cyclic.self).toBe(back.cyclic);
    expect(back.primitives[3]).toBe(-0);
    expect(1 in back.holes).toBe(false);
  });

  test('a view has its own bytes, not those of the row that it was read from', () => {
    const bytes = new Uint8Array([9, 1, 2, 3, 9]);
    const value = { view: bytes.subarray(1, 4), data: new DataView(bytes.buffer, 1, 2), pooled: Buffer.from('pooled') };
    const back = fromBytes(toBytes(structuredClone(value))) as { view: Uint8Array; data: DataView; pooled: Uint8Array };
    expect([...back.view]).toEqual([1, 2, 3]);
    expect([back.view, back.data, back.pooled].map(({ buffer }) => buffer.byteLength)).toEqual([3, 2, 6]);
    expect(Buffer.from(back.pooled).toString()).toBe('pooled');
  });

  test.each<[string, unknown]>([
    ['at the top', new Blob(['x'])],
    ['deep inside', { deep: [new Map([['k', new Blob(['x'])]])] }],
    ['in a set', new Set([new Blob(['x'])])],
  ])('what Node alone can clone is refused: %s', (_where, value) => {
    expect(() => toBytes(value)).toThrow(expect.objectContaining({ name: 'DataCloneError' }));
  });

  test('bytes of a later V8 are refused', () => {
    const bytes = toBytes('x');
    bytes[1] = 99;
    expect(() => fromBytes(bytes)).toThrow();
  });
});
