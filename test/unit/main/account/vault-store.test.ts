import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import type { StoredSession } from '../../../../main/account/vault';
import { openVaultStore } from '../../../../main/account/vault-store';

// electron-store is conf with Electron's folders, which are not asked for where a folder is given.
vi.mock('electron-store', async () => {
  const { default: Conf } = await import('conf');
  return {
    default: class extends Conf {
      constructor({ name, ...options }: { name: string }) {
        super({ ...options, configName: name, projectName: 'carillon' });
      }
    },
  };
});

const session: StoredSession = {
  userId: '@bob:x',
  deviceId: 'D',
  baseUrl: 'https://x',
  secret: { text: 'c2VhbGVk', sealedBy: 'safeStorage' },
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
  store.write([session, { ...session, userId: '@carl:x', secret: null }]);
  expect(openVaultStore(folder).read()).toEqual([session, { ...session, userId: '@carl:x', secret: null }]);
  expect(statSync(file()).mode & 0o777).toBe(0o600);
  expect(JSON.parse(readFileSync(file(), 'utf8'))).toMatchObject({ version: 1 });
});

it.each([
  ['no JSON', '{"version": 1, "acc'],
  ['of a later version', JSON.stringify({ version: 2, accounts: [] })],
  ['not ours', JSON.stringify({ version: 1, accounts: [{ userId: 7 }] })],
])('a file that is %s is set aside, not lost', (_what, content) => {
  writeFileSync(file(), content);
  const store = openVaultStore(folder);
  expect(store.read()).toEqual([]);
  store.write([session]);
  expect(readdirSync(folder).toSorted()).toEqual(['accounts.json', 'accounts.json.unreadable']);
  expect(readFileSync(`${file()}.unreadable`, 'utf8')).toBe(content);
});
