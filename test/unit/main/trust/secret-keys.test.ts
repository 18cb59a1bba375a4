import { describe, expect, it } from 'vitest';
import { makeSecretKeys } from '../../../../main/trust/secret-keys';

const key = () => new Uint8Array(32).fill(7);
const wanted = (id: string) => ({ keys: { [id]: {} as never } });

describe('the key of secret storage', () => {
  it('is there for its own id, while the work lasts, and wiped afterwards', async () => {
    const { callbacks, lend } = makeSecretKeys();
    const ask = (id: string) => callbacks.getSecretStorageKey?.(wanted(id), 'm.cross_signing.master');
    const own = key();
    let lent: Uint8Array | undefined;
    await lend({ id: 'a', key: own }, async () => {
      lent = (await ask('a'))?.[1];
      expect([...(lent ?? [])]).toEqual([...own]);
      expect(await ask('b')).toBeNull();
    });
    expect(lent?.every((byte) => byte === 0)).toBe(true);
    expect(own[0]).toBe(7);
    expect(await ask('a')).toBeNull();
  });

  it('new: gets its id from the SDK, once', async () => {
    const { callbacks, lend } = makeSecretKeys();
    await lend({ id: null, key: key() }, async () => {
      expect(await callbacks.getSecretStorageKey?.(wanted('new'), '')).toBeNull();
      callbacks.cacheSecretStorageKey?.('new', {} as never, key());
      callbacks.cacheSecretStorageKey?.('other', {} as never, key());
      expect((await callbacks.getSecretStorageKey?.(wanted('new'), ''))?.[0]).toBe('new');
    });
  });

  it('is gone after work that failed too', async () => {
    const { callbacks, lend } = makeSecretKeys();
    await expect(lend({ id: 'a', key: key() }, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await callbacks.getSecretStorageKey?.(wanted('a'), '')).toBeNull();
  });
});
