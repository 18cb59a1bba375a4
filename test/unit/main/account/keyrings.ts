/** Keyrings for the vault: one that works, and what may be wrong with one. */
import type { Keyring, StoredSession, VaultStore } from '../../../../main/account/vault';

/** Seals by turning the text round. */
export const unlocked: Keyring = {
  isAsyncEncryptionAvailable: () => Promise.resolve(true),
  encryptStringAsync: (text) => Promise.resolve(Buffer.from(text).reverse()),
  decryptStringAsync: (sealed) =>
    Promise.resolve({ result: Buffer.from(sealed).reverse().toString(), shouldReEncrypt: false }),
  getSelectedStorageBackend: () => 'gnome_libsecret',
};

export const obfuscating: Keyring = { ...unlocked, getSelectedStorageBackend: () => 'basic_text' };

export const missing: Keyring = {
  ...unlocked,
  isAsyncEncryptionAvailable: () => Promise.resolve(false),
  encryptStringAsync: () => Promise.reject(new Error('not available')),
  decryptStringAsync: () => Promise.reject(new Error('not available')),
};

export const changed: Keyring = { ...unlocked, decryptStringAsync: () => Promise.reject(new Error('another key')) };

export function memoryStore(disk: StoredSession[] = []): VaultStore {
  return {
    read: () => disk,
    write: (sessions) => {
      disk.splice(0, disk.length, ...sessions);
    },
    keepCopy: () => undefined,
  };
}
