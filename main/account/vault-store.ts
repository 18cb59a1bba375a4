/** The vault's file: `accounts.json` in the profile, readable by its owner only. */
import { copyFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import Store, { type Schema } from 'electron-store';
import { z } from 'zod';

import type { StoredSession, VaultStore } from './vault';

interface VaultFile {
  readonly version: 3;
  readonly accounts: readonly StoredSession[];
}

const text = { type: 'string', minLength: 1, maxLength: 65_536 } as const;
const sealed = { text, sealedBy: { enum: ['safeStorage', 'none'] } };

const schema: Schema<VaultFile> = {
  version: { const: 3 },
  accounts: {
    type: 'array',
    items: {
      type: 'object',
      additionalProperties: false,
      required: ['userId', 'deviceId', 'baseUrl', 'secret', 'ended', 'storeKey', 'hasKeys'],
      properties: {
        userId: text,
        deviceId: text,
        baseUrl: text,
        secret: {
          type: ['object', 'null'],
          additionalProperties: false,
          required: ['text', 'sealedBy', 'holds'],
          properties: { ...sealed, holds: { enum: ['credentials', 'token'] } },
        },
        ended: { enum: ['soft', 'hard', null] },
        storeKey: {
          type: ['object', 'null'],
          additionalProperties: false,
          required: ['text', 'sealedBy'],
          properties: sealed,
        },
        hasKeys: { type: 'boolean' },
      },
    },
  },
};

export interface VaultFound {
  /** The file of before could not be read: it was set aside, and nobody is signed in. */
  readonly wasUnreadable: boolean;
}

/** @param folder the profile's folder. A file that cannot be read is set aside, never overwritten. */
export function openVaultStore(folder: string): VaultStore & VaultFound {
  const { store, wasUnreadable } = open(folder);
  return {
    wasUnreadable,
    read: () => store.get('accounts'),
    write: (accounts) => {
      store.set('accounts', accounts);
    },
    keepCopy: () => {
      copyFileSync(fileIn(folder), freeName(fileIn(folder)));
    },
  };
}

const NAME = 'accounts';
const fileIn = (folder: string): string => path.join(folder, `${NAME}.json`);

/** The first name for an old file under which nothing lies. */
function freeName(file: string): string {
  let number = 1;
  const name = (): string => `${file}.unreadable${number === 1 ? '' : `-${number}`}`;
  while (existsSync(name())) number++;
  return name();
}

function open(folder: string): VaultFound & { readonly store: Store<VaultFile> } {
  const make = (): Store<VaultFile> =>
    new Store<VaultFile>({
      name: NAME,
      cwd: folder,
      schema,
      rootSchema: { additionalProperties: false },
      defaults: { version: 3, accounts: [] },
      configFileMode: 0o600,
    });
  const file = fileIn(folder);
  // A disk that refuses the new file must not cost the old one.
  migrate(file);
  try {
    return { store: make(), wasUnreadable: false };
  } catch {
    renameSync(file, freeName(file));
    return { store: make(), wasUnreadable: true };
  }
}

const SealedText = z.strictObject({ text: z.string(), sealedBy: z.enum(['safeStorage', 'none']) });
const common = { userId: z.string(), deviceId: z.string(), baseUrl: z.string() };

/** A file of version 1: its secrets hold bare access tokens, and nothing says how a lost session was lost. */
const FileOne = z
  .strictObject({
    version: z.literal(1),
    accounts: z.array(z.strictObject({ ...common, secret: SealedText.nullable() })),
  })
  .transform(({ accounts }) =>
    accounts.map((account) => ({
      ...account,
      secret: account.secret && { ...account.secret, holds: 'token' as const },
      ended: account.secret === null ? ('hard' as const) : null,
    })),
  );

/** A file of version 2: from before there was a store. */
const FileTwo = z
  .strictObject({
    version: z.literal(2),
    accounts: z.array(
      z.strictObject({
        ...common,
        secret: SealedText.extend({ holds: z.enum(['credentials', 'token']) }).nullable(),
        ended: z.enum(['soft', 'hard']).nullable(),
      }),
    ),
  })
  .transform(({ accounts }) => accounts);

/** Brings a file of an earlier version up to date, as a whole or not at all. Nothing has to be unsealed for it. */
function migrate(file: string): void {
  const old = z.union([FileOne, FileTwo]).safeParse(readJson(file)).data;
  if (old === undefined) return;
  const fresh: VaultFile = {
    version: 3,
    accounts: old.map((account) => ({ ...account, storeKey: null, hasKeys: false })),
  };
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
