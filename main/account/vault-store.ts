/** The vault's file: `accounts.json` in the profile, readable by its owner only. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import Store, { type Schema } from 'electron-store';
import { z } from 'zod';

import type { StoredSession, VaultStore } from './vault';

interface VaultFile {
  readonly version: 2;
  readonly accounts: readonly StoredSession[];
}

const text = { type: 'string', minLength: 1, maxLength: 65_536 } as const;

const schema: Schema<VaultFile> = {
  version: { const: 2 },
  accounts: {
    type: 'array',
    items: {
      type: 'object',
      additionalProperties: false,
      required: ['userId', 'deviceId', 'baseUrl', 'secret', 'ended'],
      properties: {
        userId: text,
        deviceId: text,
        baseUrl: text,
        secret: {
          type: ['object', 'null'],
          additionalProperties: false,
          required: ['text', 'sealedBy', 'holds'],
          properties: {
            text,
            sealedBy: { enum: ['safeStorage', 'none'] },
            holds: { enum: ['credentials', 'token'] },
          },
        },
        ended: { enum: ['soft', 'hard', null] },
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
      defaults: { version: 2, accounts: [] },
      configFileMode: 0o600,
    });
  const file = path.join(folder, `${NAME}.json`);
  // A disk that refuses the new file must not cost the old one.
  migrate(file);
  try {
    return make();
  } catch {
    renameSync(file, `${file}.unreadable`);
    return make();
  }
}

/** A file of version 1: its secrets hold bare access tokens, and nothing says how a lost session was lost. */
const FileOne = z.strictObject({
  version: z.literal(1),
  accounts: z.array(
    z.strictObject({
      userId: z.string(),
      deviceId: z.string(),
      baseUrl: z.string(),
      secret: z.strictObject({ text: z.string(), sealedBy: z.enum(['safeStorage', 'none']) }).nullable(),
    }),
  ),
});

/** Brings a file of an earlier version up to date, as a whole or not at all. Nothing has to be unsealed for it. */
function migrate(file: string): void {
  const old = FileOne.safeParse(readJson(file)).data;
  if (old === undefined) return;
  const accounts: StoredSession[] = old.accounts.map((account) => ({
    ...account,
    secret: account.secret && { ...account.secret, holds: 'token' },
    ended: account.secret === null ? 'hard' : null,
  }));
  const fresh: VaultFile = { version: 2, accounts };
  writeFileSync(`${file}.new`, JSON.stringify(fresh, null, '\t'), { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
}

/** `undefined` where there is nothing to read, or no JSON. */
function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
