import { deriveRecoveryKeyFromPassphrase, encodeRecoveryKey } from 'matrix-js-sdk/lib/crypto-api/index.js';
import { describe, expect, it } from 'vitest';
import { openStorage, readRecoveryKey } from '../../../../main/trust/recovery-key';

const bytes = new Uint8Array(32).map((_zero, index) => index);
const encoded = encodeRecoveryKey(bytes) ?? '';
const AES = 'm.secret_storage.v1.aes-hmac-sha2';

/** A storage that one key opens. */
const storage = (opens: Uint8Array | null, info: object | null = { algorithm: AES }) => ({
  getKey: () => Promise.resolve(info === null ? null : (['id', info] as never)),
  checkKey: (key: Uint8Array) => Promise.resolve(opens !== null && Buffer.from(key).equals(Buffer.from(opens))),
});

describe('what was typed as a recovery key', () => {
  it.each([
    ['as it was shown', encoded],
    ['with blanks around and lines between', `\n ${encoded.replaceAll(' ', '\n')}\t`],
    ['without blanks', encoded.replaceAll(' ', '')],
    ['with dashes', encoded.replaceAll(' ', '-')],
  ])('%s', (_how, text) => {
    expect(readRecoveryKey(text)).toEqual(bytes);
  });

  it.each([
    ['nothing', ''],
    ['a letter too few', encoded.slice(0, -1)],
    ['two letters in the other order', encoded.replace(/(\w)(\w)$/, '$2$1')],
    ['letters that base58 lacks', `${encoded.slice(0, -4)}0OIl`],
    ['a long text', 'x'.repeat(10_000)],
  ])('is none: %s', (_how, text) => {
    expect(readRecoveryKey(text)).toBeNull();
  });
});

describe('opening secret storage', () => {
  const passphrase = { algorithm: 'm.pbkdf2', salt: 'salt', iterations: 10 };

  it('by the key', async () => {
    expect(await openStorage(storage(bytes), encoded)).toEqual({ ok: true, id: 'id', key: bytes });
  });

  it('by the passphrase, which may look like anything', async () => {
    const key = await deriveRecoveryKeyFromPassphrase(encoded, 'salt', 10);
    const opened = await openStorage(storage(key, { algorithm: AES, passphrase }), encoded);
    expect(opened).toEqual({ ok: true, id: 'id', key });
  });

  it.each([
    ['another key', encoded, { algorithm: AES }, 'wrongKey'],
    ['no key, and no passphrase is known', 'my old dog', { algorithm: AES }, 'malformedKey'],
    ['another passphrase', 'my old dog', { algorithm: AES, passphrase }, 'wrongKey'],
    [
      'a passphrase with more rounds than a life has',
      'my old dog',
      { algorithm: AES, passphrase: { ...passphrase, iterations: 1e15 } },
      'malformedKey',
    ],
    [
      'a passphrase of a kind to come',
      'my old dog',
      { algorithm: AES, passphrase: { algorithm: 'm.new' } },
      'malformedKey',
    ],
    ['no storage', encoded, null, 'noStorage'],
    ['a storage of a kind to come', encoded, { algorithm: 'm.new' }, 'noStorage'],
  ])('%s', async (_what, typed, info, reason) => {
    expect(await openStorage(storage(null, info), typed)).toEqual({ ok: false, reason });
  });
});
