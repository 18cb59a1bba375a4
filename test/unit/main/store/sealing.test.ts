import { describe, expect, test } from 'vitest';

import { makeSealing, type Place, SealBroken } from '../../../../main/store/sealing';

const key = Buffer.alloc(32, 1);
const { seal, open, hideKey, derive } = makeSealing(key);
const plain = Buffer.from('@alice:example.org');
const row: Place = { store: 3, key: Buffer.from('k') };

describe('sealing', () => {
  test.each<Place>(['header', { database: 1 }, row])('opens what was sealed for the same place: %j', (place) => {
    expect(open(seal(plain, place), place)).toEqual(plain);
  });

  test('hides, and never in the same way twice', () => {
    const sealed = seal(plain, row);
    expect(sealed.includes(plain)).toBe(false);
    expect(seal(plain, row)).not.toEqual(sealed);
  });

  test.each<[string, () => unknown]>([
    ['with another key', () => makeSealing(Buffer.alloc(32, 2)).open(seal(plain, row), row)],
    ['in the place of another key', () => open(seal(plain, row), { ...row, key: Buffer.from('l') })],
    ['in another store', () => open(seal(plain, row), { ...row, store: 4 })],
    ['in another database', () => open(seal(plain, { database: 1 }), { database: 2 })],
    [
      'changed',
      () =>
        open(
          seal(plain, row).map((byte, at) => (at === 30 ? byte ^ 1 : byte)),
          row,
        ),
    ],
    ['cut off', () => open(seal(plain, row).subarray(0, 20), row)],
    ['empty', () => open(Buffer.alloc(0), row)],
  ])('does not open %s', (_how, act) => {
    expect(act).toThrow(SealBroken);
  });

  test('a key is found again and not read; the same in two stores has two names', () => {
    expect(hideKey(1, plain)).toEqual(makeSealing(key).hideKey(1, plain));
    expect(hideKey(1, plain)).not.toEqual(hideKey(2, plain));
    expect(hideKey(1, plain).includes(plain)).toBe(false);
  });

  test('derives a key for another use, the same each time', () => {
    expect(derive('crypto store')).toHaveLength(32);
    expect(derive('crypto store')).toEqual(makeSealing(key).derive('crypto store'));
    expect(derive('crypto store')).not.toEqual(derive('another'));
  });

  test('takes keys of 32 bytes only', () => {
    expect(() => makeSealing(Buffer.alloc(16))).toThrow(TypeError);
  });
});
