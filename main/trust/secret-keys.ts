/**
 * Lends the key of secret storage to the SDK for as long as one piece of work needs it, and wipes it afterwards: nothing
 * that opens an account stays in memory. Spec: client-server API, "Secret storage".
 */
import type { CryptoCallbacks } from 'matrix-js-sdk/lib/crypto-api/index.js';

export interface StorageKey {
  /** Null: a new key, which gets its id when the SDK adds it to secret storage. */
  readonly id: string | null;
  readonly key: Uint8Array<ArrayBuffer>;
}

export interface SecretKeys {
  /** For the client, when it is made. */
  readonly callbacks: CryptoCallbacks;
  /** One piece of work at a time. The key is copied, and the copy wiped at the end. */
  readonly lend: <T>(key: StorageKey, work: () => Promise<T>) => Promise<T>;
}

export function makeSecretKeys(): SecretKeys {
  let lent: StorageKey | null = null;
  return {
    callbacks: {
      getSecretStorageKey: ({ keys }) =>
        Promise.resolve(lent?.id != null && Object.hasOwn(keys, lent.id) ? [lent.id, lent.key] : null),
      cacheSecretStorageKey: (id) => {
        if (lent?.id === null) lent = { ...lent, id };
      },
    },
    lend: async ({ id, key }, work) => {
      if (lent !== null) throw new Error('a key of secret storage is lent already');
      const copy = key.slice();
      lent = { id, key: copy };
      try {
        return await work();
      } finally {
        lent = null;
        copy.fill(0);
      }
    },
  };
}
