import { beforeEach, describe, expect, it } from 'vitest';

import { type Keyring, makeVault, type Session, type StoredSession, type Vault } from '../../../../main/account/vault';
import type { UserId } from '../../../../preload/contract';
import { changed, memoryStore, missing, obfuscating, unlocked } from './keyrings';

const bob: Session = { userId: '@bob:x' as UserId, deviceId: 'D', baseUrl: 'https://x', token: 'token of Bob' };
const carl: Session = { ...bob, userId: '@carl:x' as UserId, token: 'token of Carl' };

let disk: StoredSession[];
beforeEach(() => {
  disk = [];
});

function open(keyring: Keyring = unlocked, platform = 'linux'): Vault {
  return makeVault({ store: memoryStore(disk), keyring, platform });
}

it('keeps sessions in the order of their first sign-in; tokens lie there sealed', async () => {
  const vault = open();
  await vault.save(bob);
  await vault.save(carl);
  expect(await vault.save({ ...bob, token: 'new token of Bob' })).toBe(true);
  expect(JSON.stringify(disk)).not.toContain('token of');
  expect(Buffer.from(disk[1]?.secret?.text ?? '', 'base64').toString()).toBe('lraC fo nekot');
  expect(await open().load()).toEqual([{ ...bob, token: 'new token of Bob' }, carl]);
});

it('without a keyring goes on, and says that nothing is protected', async () => {
  const vault = open(missing);
  expect(await vault.save(bob)).toBe(true);
  expect(await open(missing).load()).toEqual([bob]);
  expect(await open().load(), 'a keyring that appears later changes nothing').toEqual([bob]);
  expect(await vault.secretsProtected()).toBe(false);
});

it.each([
  ['a keyring of the desktop', unlocked, 'linux', true],
  ['obfuscation only', obfuscating, 'linux', false],
  ['no keyring', missing, 'linux', false],
  ['elsewhere there are no backends to choose from', obfuscating, 'darwin', true],
])('protected? %s', async (_what, keyring, platform, is) => {
  expect(await open(keyring, platform).secretsProtected()).toBe(is);
});

it('a token that cannot be unsealed is kept for better days, and its account is shown', async () => {
  await open().save(bob);
  expect(await open(changed).load()).toEqual([{ ...bob, token: null }]);
  expect(await open().load()).toEqual([bob]);
});

it('a token that the keyring wants sealed anew is', async () => {
  await open().save(bob);
  const renewing: Keyring = {
    ...unlocked,
    encryptStringAsync: (text) => Promise.resolve(Buffer.from(`new ${text}`)),
    decryptStringAsync: async (sealed) => ({ ...(await unlocked.decryptStringAsync(sealed)), shouldReEncrypt: true }),
  };
  expect(await open(renewing).load()).toEqual([bob]);
  expect(Buffer.from(disk[0]?.secret?.text ?? '', 'base64').toString()).toBe('new token of Bob');
});

it('can drop a token and keep its account, or forget both', async () => {
  const vault = open();
  await vault.save(bob);
  await vault.save(carl);
  expect(vault.dropToken(bob.userId)).toBe(true);
  expect(await vault.load()).toEqual([{ ...bob, token: null }, carl]);
  expect(vault.forget(bob.userId)).toBe(true);
  expect(await vault.load()).toEqual([carl]);
});

describe('what cannot be written', () => {
  it('is said when the disk refuses', async () => {
    const store = {
      read: () => disk,
      write: () => {
        throw new Error('ENOSPC');
      },
    };
    const vault = makeVault({ store, keyring: unlocked, platform: 'linux' });
    expect(await vault.save(bob)).toBe(false);
    expect(vault.dropToken(bob.userId)).toBe(false);
    expect(vault.forget(bob.userId)).toBe(false);
  });

  it('is said when the keyring refuses', async () => {
    const locked: Keyring = { ...unlocked, encryptStringAsync: () => Promise.reject(new Error('locked')) };
    expect(await open(locked).save(bob)).toBe(false);
    expect(disk).toEqual([]);
  });
});
