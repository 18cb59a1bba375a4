/** The vault's file: `accounts.json` in the profile, readable by its owner only. */
import { renameSync } from 'node:fs';
import path from 'node:path';

import Store, { type Schema } from 'electron-store';

import type { StoredSession, VaultStore } from './vault';

interface VaultFile {
  readonly version: 1;
  readonly accounts: readonly StoredSession[];
}

const text = { type: 'string', minLength: 1, maxLength: 65_536 } as const;

const schema: Schema<VaultFile> = {
  version: { const: 1 },
  accounts: {
    type: 'array',
    items: {
      type: 'object',
      additionalProperties: false,
      required: ['userId', 'deviceId', 'baseUrl', 'secret'],
      properties: {
        userId: text,
        deviceId: text,
        baseUrl: text,
        secret: {
          type: ['object', 'null'],
          additionalProperties: false,
          required: ['text', 'sealedBy'],
          properties: { text, sealedBy: { enum: ['safeStorage', 'none'] } },
        },
      },
    },
  },
};

/** @param folder the profile's folder. A file that cannot be read is set aside, never overwritten. */
export function openVaultStore(folder: string): VaultStore {
  const store = open(folder);
  return {
    read: () => store.get('accounts'),
    write: (accounts) => {
      store.set('accounts', accounts);
    },
  };
}

const NAME = 'accounts';

function open(folder: string): Store<VaultFile> {
  const make = (): Store<VaultFile> =>
    new Store<VaultFile>({
      name: NAME,
      cwd: folder,
      schema,
      rootSchema: { additionalProperties: false },
      defaults: { version: 1, accounts: [] },
      configFileMode: 0o600,
    });
  try {
    return make();
  } catch {
    const file = path.join(folder, `${NAME}.json`);
    renameSync(file, `${file}.unreadable`);
    return make();
  }
}
