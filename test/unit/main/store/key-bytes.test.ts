import { serialize } from 'node:v8';

import { describe, expect, test } from 'vitest';

import { keyBytes } from '../../../../main/store/key-bytes';

const user = '@alice:example.org';
const wide = '\u4f60@alice:example.org'.slice(1); // the same characters, held in two bytes each
const double = new Float64Array([5])[0] ?? 0; // the same number, held as a double

describe('the canonical encoding of a key', () => {
  test.each<[string, IDBValidKey, IDBValidKey]>([
    ['strings', wide, user],
    ['numbers', double, 5],
    ['zeros', 0, -0],
    ['arrays', [wide, double], [user, 5]],
    ['bytes', new Uint8Array([9, 1, 9]).subarray(1, 2), new Uint8Array([1]).buffer],
  ])('is one for equal %s, however V8 holds them', (_what, a, b) => {
    expect(keyBytes(a)).toEqual(keyBytes(b));
  });

  test('is needed: V8 writes equal strings in two ways', () => {
    expect(wide).toBe(user);
    expect(serialize(wide)).not.toEqual(serialize(user));
  });

  test('differs for different keys', () => {
    const bytes = new Uint8Array([1]);
    const keys = [1, '1', new Date(1), [1], [[1]], [], '', bytes, ['a', 'b'], ['ab'], ['a', ['b']], '\ud800', '\ufffd'];
    expect(new Set(keys.map((key) => keyBytes(key).toString('hex'))).size).toBe(keys.length);
  });
});
