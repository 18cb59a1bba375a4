/**
 * `safeStorage` with a fixed key: it has the shape of encryption and protects nothing. ELECTRON_HOST_SAFE_STORAGE=off is a
 * desktop where nothing can be encrypted, =basic_text one without a keyring.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { complete } from '../surface.ts';

const key = createHash('sha256').update('electron-host').digest();
const prefix = 'v10';
const setting = process.env.ELECTRON_HOST_SAFE_STORAGE ?? 'on';
let plainTextAllowed = false;

/** Without a keyring the synchronous functions refuse until the app accepts plain text; the others obfuscate. */
function isAvailable(api: 'sync' | 'async'): boolean {
  return setting === 'on' || (setting === 'basic_text' && (api === 'async' || plainTextAllowed));
}

function encrypt(text: string, api: 'sync' | 'async'): Buffer {
  if (!isAvailable(api)) throw new Error('Error while encrypting the text provided to safeStorage: not available.');
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const body = [cipher.update(text, 'utf8'), cipher.final()];
  return Buffer.concat([Buffer.from(prefix), iv, ...body, cipher.getAuthTag()]);
}

function decrypt(encrypted: Buffer, api: 'sync' | 'async'): string {
  if (!isAvailable(api))
    throw new Error('Error while decrypting the ciphertext provided to safeStorage: not available.');
  const bytes = Buffer.from(encrypted);
  if (bytes.toString('latin1', 0, 3) !== prefix) {
    throw new Error('Error while decrypting the ciphertext provided to safeStorage: it is not encrypted.');
  }
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(3, 15));
  decipher.setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(15, -16)), decipher.final()]).toString('utf8');
}

/** What throws, rejects. */
function settle<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(work());
  });
}

export const safeStorage = complete(
  {
    /* eslint-disable @typescript-eslint/no-deprecated -- Electron still has them */
    isEncryptionAvailable: () => isAvailable('sync'),
    encryptString: (text) => encrypt(text, 'sync'),
    decryptString: (encrypted) => decrypt(encrypted, 'sync'),
    /* eslint-enable @typescript-eslint/no-deprecated */
    isAsyncEncryptionAvailable: () => Promise.resolve(isAvailable('async')),
    encryptStringAsync: (text) => settle(() => encrypt(text, 'async')),
    decryptStringAsync: (encrypted) => settle(() => ({ result: decrypt(encrypted, 'async'), shouldReEncrypt: false })),
    getSelectedStorageBackend: () => (setting === 'on' ? 'gnome_libsecret' : 'basic_text'),
    setUsePlainTextEncryption: (flag) => {
      plainTextAllowed = flag;
    },
  } satisfies Electron.SafeStorage,
  'SafeStorage',
  'safeStorage',
);
