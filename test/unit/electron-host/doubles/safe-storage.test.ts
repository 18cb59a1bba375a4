import { afterEach, describe, expect, it, vi } from 'vitest';

async function safeStorageWith(setting: string): Promise<Electron.SafeStorage> {
  vi.stubEnv('ELECTRON_HOST_SAFE_STORAGE', setting);
  vi.resetModules();
  return (await import('../../../electron-host/doubles/safe-storage.ts')).safeStorage;
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('safeStorage', () => {
  it('with a keyring gives back what it was given, and hides it', async () => {
    const storage = await safeStorageWith('on');
    const encrypted = await storage.encryptStringAsync('grüezi');
    expect(encrypted.includes('grüezi')).toBe(false);
    expect(await storage.decryptStringAsync(encrypted)).toEqual({ result: 'grüezi', shouldReEncrypt: false });
    expect(storage.getSelectedStorageBackend()).toBe('gnome_libsecret');
    await expect(storage.decryptStringAsync(Buffer.from('plain'))).rejects.toThrow('not encrypted');
  });

  it('without a keyring still obfuscates, and says so by its backend', async () => {
    const storage = await safeStorageWith('basic_text');
    expect(storage.getSelectedStorageBackend()).toBe('basic_text');
    expect(await storage.isAsyncEncryptionAvailable()).toBe(true);
    const encrypted = await storage.encryptStringAsync('secret');
    expect((await storage.decryptStringAsync(encrypted)).result).toBe('secret');
  });

  it('that is off refuses everything', async () => {
    const storage = await safeStorageWith('off');
    expect(await storage.isAsyncEncryptionAvailable()).toBe(false);
    await expect(storage.encryptStringAsync('secret')).rejects.toThrow('not available');
  });
});
