import { beforeEach, describe, expect, it, vi } from 'vitest';

import {
  type KeptSession,
  type Keyring,
  makeVault,
  type Session,
  type StoredSession,
  type Vault,
} from '../../../../main/account/vault';
import type { UserId } from '../../../../preload/contract/ids';
import { changed, memoryStore, missing, obfuscating, unlocked } from './keyrings';

const bob: Session = {
  userId: '@bob:x' as UserId,
  deviceId: 'D',
  baseUrl: 'https://x',
  token: 'token of Bob',
  oauth: { clientId: 'client of Bob', refreshToken: 'refresh of Bob' },
  storeKey: 'key of Bob',
  hasKeys: false,
};
const carl: Session = { ...bob, userId: '@carl:x' as UserId, token: 'token of Carl', oauth: null };
const kept = ({ token, oauth, ...rest }: Session): KeptSession => ({
  ...rest,
  credentials: { token, oauth },
  ended: null,
});

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
  expect(JSON.stringify(disk)).not.toMatch(/(token|refresh|client|key) of/);
  expect(Buffer.from(disk[1]?.secret?.text ?? '', 'base64').toString()).toContain('lraC fo nekot');
  expect(await open().load()).toEqual([kept({ ...bob, token: 'new token of Bob' }), kept(carl)]);
});

it('without a keyring goes on, and says that nothing is protected', async () => {
  const vault = open(missing);
  expect(await vault.save(bob)).toBe(true);
  expect(await open(missing).load()).toEqual([kept(bob)]);
  expect(await open().load(), 'a keyring that appears later changes nothing').toEqual([kept(bob)]);
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
  expect(await open(changed).load()).toEqual([{ ...kept(bob), credentials: null, storeKey: null }]);
  expect(await open().load()).toEqual([kept(bob)]);
});

it('a token that the keyring wants sealed anew is', async () => {
  await open().save(bob);
  const renewing: Keyring = {
    ...unlocked,
    encryptStringAsync: (text) => Promise.resolve(Buffer.from(`new ${text}`)),
    decryptStringAsync: async (sealed) => ({ ...(await unlocked.decryptStringAsync(sealed)), shouldReEncrypt: true }),
  };
  expect(await open(renewing).load()).toEqual([kept(bob)]);
  expect(Buffer.from(disk[0]?.secret?.text ?? '', 'base64').toString()).toMatch(/^new \{.*token of Bob/);
});

it('what is sealed anew does not take the place of what was written meanwhile', async () => {
  await open().save(bob);
  let renewal: Promise<boolean> | undefined;
  const renewing: Keyring = {
    ...unlocked,
    // While the keyring is asked, the session is renewed.
    decryptStringAsync: async (sealed) => {
      await (renewal ??= open().renew({ ...bob, token: 'renewed token of Bob' }));
      return { ...(await unlocked.decryptStringAsync(sealed)), shouldReEncrypt: true };
    },
  };
  await open(renewing).load();
  expect(await open().load()).toEqual([kept({ ...bob, token: 'renewed token of Bob' })]);
});

it('can give up credentials and keep the account, or forget both', async () => {
  const vault = open();
  await vault.save(bob);
  await vault.save(carl);
  expect(vault.end(bob.userId, 'soft')).toBe(true);
  expect(await vault.load()).toEqual([{ ...kept(bob), credentials: null, ended: 'soft' }, kept(carl)]);
  expect(vault.forget(bob.userId)).toBe(true);
  expect(await vault.load()).toEqual([kept(carl)]);
});

it('renewed credentials belong to the device that had the old ones, and bring nobody back', async () => {
  const vault = open();
  await vault.save(bob);
  const renewed = { ...bob, token: 'renewed token of Bob' };
  expect(await vault.renew({ ...renewed, deviceId: 'ANOTHER' })).toBe(true);
  expect(await vault.load()).toEqual([kept(bob)]);
  expect(await vault.renew(renewed)).toBe(true);
  expect(await vault.load()).toEqual([kept(renewed)]);
  vault.forget(bob.userId);
  await vault.renew(renewed);
  expect(disk).toEqual([]);
});

it('what was unsealed but is no credentials counts as none', async () => {
  await open().save(bob);
  const odd: Keyring = {
    ...unlocked,
    decryptStringAsync: () => Promise.resolve({ result: '{"token":7}', shouldReEncrypt: false }),
  };
  expect(await open(odd).load()).toMatchObject([{ userId: bob.userId, credentials: null }]);
});

it('the key of the store outlives its login, and is known to have been used', async () => {
  const vault = open();
  await vault.save(bob);
  expect(vault.noteKeys(bob.userId)).toBe(true);
  vault.end(bob.userId, 'soft');
  expect(await open().load()).toEqual([{ ...kept(bob), credentials: null, ended: 'soft', hasKeys: true }]);
});

it('what cannot be unsealed stays on the disk when something else takes its place', async () => {
  const keepCopy = vi.fn();
  const store = { ...memoryStore(disk), keepCopy };
  await makeVault({ store, keyring: unlocked, platform: 'linux' }).save(bob);
  await makeVault({ store, keyring: unlocked, platform: 'linux' }).save({ ...bob, token: 'another token of Bob' });
  expect(keepCopy).not.toHaveBeenCalled();
  await makeVault({ store, keyring: changed, platform: 'linux' }).save(bob);
  expect(keepCopy).toHaveBeenCalledOnce();
});

describe('what cannot be written', () => {
  it('is said when the disk refuses', async () => {
    const store = {
      read: () => disk,
      write: () => {
        throw new Error('ENOSPC');
      },
      keepCopy: () => undefined,
    };
    const vault = makeVault({ store, keyring: unlocked, platform: 'linux' });
    expect(await vault.save(bob)).toBe(false);
    expect(await vault.renew(bob)).toBe(false);
    expect(vault.end(bob.userId, 'hard')).toBe(false);
    expect(vault.forget(bob.userId)).toBe(false);
  });

  it('is said when the keyring refuses', async () => {
    const locked: Keyring = { ...unlocked, encryptStringAsync: () => Promise.reject(new Error('locked')) };
    expect(await open(locked).save(bob)).toBe(false);
    expect(disk).toEqual([]);
  });
});
