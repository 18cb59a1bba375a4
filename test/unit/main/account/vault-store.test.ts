import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import type { StoredSession } from '../../../../main/account/vault';
import { makeVault } from '../../../../main/account/vault';
import { openVaultStore } from '../../../../main/account/vault-store';
import { unlocked } from './keyrings';

vi.mock('electron-store', async () => ({ default: (await import('../electron-store')).Store }));

const session: StoredSession = {
  userId: '@bob:x',
  deviceId: 'D',
  baseUrl: 'https://x',
  secret: { text: 'c2VhbGVk', sealedBy: 'safeStorage', holds: 'credentials' },
  ended: null,
  storeKey: { text: 'a2V5', sealedBy: 'safeStorage' },
  hasKeys: true,
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'vault-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const file = (): string => path.join(folder, 'accounts.json');

it('begins empty and keeps what is written, for its owner alone', () => {
  const store = openVaultStore(folder);
  expect(store.read()).toEqual([]);
  store.write([session, { ...session, userId: '@carl:x', secret: null, ended: 'soft' }]);
  expect(openVaultStore(folder).read()).toEqual([
    session,
    { ...session, userId: '@carl:x', secret: null, ended: 'soft' },
  ]);
  expect(statSync(file()).mode & 0o777).toBe(0o600);
  expect(JSON.parse(readFileSync(file(), 'utf8'))).toMatchObject({ version: 3 });
});

it.each([
  ['no JSON', '{"version": 1, "acc'],
  ['of a later version', JSON.stringify({ version: 4, accounts: [] })],
  ['not ours', JSON.stringify({ version: 1, accounts: [{ userId: 7 }] })],
])('a file that is %s is set aside, not lost', (_what, content) => {
  writeFileSync(file(), content);
  const store = openVaultStore(folder);
  expect(store.read()).toEqual([]);
  expect(store.wasUnreadable).toBe(true);
  store.write([session]);
  expect(openVaultStore(folder).wasUnreadable).toBe(false);
  expect(readdirSync(folder).toSorted()).toEqual(['accounts.json', 'accounts.json.unreadable']);
  expect(readFileSync(`${file()}.unreadable`, 'utf8')).toBe(content);
});

it('copies of the file never take the place of one another', () => {
  const store = openVaultStore(folder);
  store.write([session]);
  store.keepCopy();
  store.write([]);
  store.keepCopy();
  const old = JSON.parse(readFileSync(`${file()}.unreadable`, 'utf8')) as unknown;
  expect(old).toMatchObject({ accounts: [session] });
  expect(JSON.parse(readFileSync(`${file()}.unreadable-2`, 'utf8'))).toMatchObject({ accounts: [] });
  expect(statSync(`${file()}.unreadable`).mode & 0o777).toBe(0o600);
});

it('a file of version 2, from before there were stores, is brought up to date', () => {
  const { storeKey: _key, hasKeys: _has, ...old } = session;
  writeFileSync(file(), JSON.stringify({ version: 2, accounts: [old] }));
  expect(openVaultStore(folder).read()).toEqual([{ ...old, storeKey: null, hasKeys: false }]);
  expect(readdirSync(folder)).toEqual(['accounts.json']);
});

it('a file of version 1 is brought up to date, sealed as it was', async () => {
  copyFileSync(path.join(import.meta.dirname, '../../../fixtures/account/accounts-1.json'), file());
  const store = openVaultStore(folder);
  const common = { baseUrl: 'https://hs.example.org', ended: null, storeKey: null, hasKeys: false };
  expect(await makeVault({ store, keyring: unlocked, platform: 'linux' }).load()).toEqual([
    {
      ...common,
      userId: '@bob:example.org',
      deviceId: 'BOBSDEVICE',
      credentials: { token: 'token of Bob', oauth: null },
    },
    { ...common, userId: '@carl:example.org', deviceId: 'CARLSDEVICE', credentials: null, ended: 'hard' },
    {
      ...common,
      userId: '@dora:example.org',
      deviceId: 'DORASDEVICE',
      credentials: { token: 'token of Dora', oauth: null },
    },
  ]);
  expect(readFileSync(file(), 'utf8')).toContain('Ym9CIGZvIG5la290');
  expect(JSON.parse(readFileSync(file(), 'utf8'))).toMatchObject({ version: 3 });
  expect(statSync(file()).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['accounts.json']);
});

it('a disk that does not take the new file keeps the old one', () => {
  copyFileSync(path.join(import.meta.dirname, '../../../fixtures/account/accounts-1.json'), file());
  const before = readFileSync(file(), 'utf8');
  mkdirSync(`${file()}.new`); // nothing can be written there
  expect(() => openVaultStore(folder)).toThrow('EISDIR');
  expect(readFileSync(file(), 'utf8')).toBe(before);
});
