/**
 * What must be known of each account to go on without signing in. Tokens are sealed by the desktop's keyring; where there
 * is none they are only obfuscated or plain, and `secretsProtected` says so.
 */
import type { SafeStorage } from 'electron';
import { z } from 'zod';

import type { UserId } from '../../preload/contract/ids';

/** A session of an OAuth 2.0 service: its access tokens are good for minutes. */
export interface OAuthGrant {
  readonly clientId: string;
  /** Null where the service gives none: the session then ends with its access token. */
  readonly refreshToken: string | null;
}

export interface Credentials {
  readonly token: string;
  /** Null where the homeserver itself signed us in. */
  readonly oauth: OAuthGrant | null;
}

export interface Session extends Credentials {
  readonly userId: UserId;
  readonly deviceId: string;
  readonly baseUrl: string;
  /** Opens the account's store: 32 bytes, base64. */
  readonly storeKey: string;
  /** The store has held the keys of this device: one without any has lost them. */
  readonly hasKeys: boolean;
}

/**
 * How a session was lost. `soft`: the homeserver still has the device, and a new login may take its place with all its
 * keys. `hard`: the device is gone, and its id with it. Spec: client-server API, "Soft logout".
 */
export type SessionEnd = 'soft' | 'hard';

/** `credentials` is null when they were given up or cannot be unsealed: the person must sign in again. */
export interface KeptSession {
  readonly userId: UserId;
  readonly deviceId: string;
  readonly baseUrl: string;
  readonly credentials: Credentials | null;
  readonly ended: SessionEnd | null;
  /** Null when there has been none yet, or when it cannot be unsealed. */
  readonly storeKey: string | null;
  readonly hasKeys: boolean;
}

/** base64 of what `sealedBy` made of a text. */
export interface Sealed {
  readonly text: string;
  /** `none`: encryption was not available. */
  readonly sealedBy: 'safeStorage' | 'none';
}

/** As it lies on disk. */
export interface StoredSession {
  readonly userId: string;
  readonly deviceId: string;
  readonly baseUrl: string;
  readonly secret:
    | (Sealed & {
        /** What was sealed: `Credentials` as JSON, or the bare access token that files of version 1 held. */
        readonly holds: 'credentials' | 'token';
      })
    | null;
  readonly ended: SessionEnd | null;
  /** Null in files before version 3: there was no store. */
  readonly storeKey: Sealed | null;
  readonly hasKeys: boolean;
}

const CredentialsText = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue('not JSON');
      return z.NEVER;
    }
  })
  .pipe(
    z.object({
      token: z.string().min(1),
      oauth: z.object({ clientId: z.string(), refreshToken: z.string().nullable() }).nullable(),
    }),
  );

export interface VaultStore {
  readonly read: () => readonly StoredSession[];
  /** @throws when the disk refuses. */
  readonly write: (sessions: readonly StoredSession[]) => void;
  /** Keeps what is on the disk now under another name, for good. @throws when the disk refuses. */
  readonly keepCopy: () => void;
}

export type Keyring = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>;

export interface Vault {
  /** Every account that was signed in, in the order of their first sign-in. Never rejects. */
  readonly load: () => Promise<readonly KeptSession[]>;
  /**
   * Takes the place of what was kept of this account; where that could not be unsealed, a copy of the file stays, for the
   * day on which the keyring is back.
   * @returns false when it could not be written.
   */
  readonly save: (session: Session) => Promise<boolean>;
  /** From now on a store without keys has lost them. @returns false when it could not be written. */
  readonly noteKeys: (userId: UserId) => boolean;
  /**
   * New credentials of a session that is kept; one that was forgotten meanwhile stays forgotten.
   * @returns false when they could not be written.
   */
  readonly renew: (session: Session) => Promise<boolean>;
  /** Keeps the account, not its credentials. @returns false when it could not be written. */
  readonly end: (userId: UserId, how: SessionEnd) => boolean;
  /** @returns false when it could not be written. */
  readonly forget: (userId: UserId) => boolean;
  /** Are tokens on this disk safe from a reader who is not this user? */
  readonly secretsProtected: () => Promise<boolean>;
}

export function makeVault({
  store,
  keyring,
  platform,
}: {
  readonly store: VaultStore;
  readonly keyring: Keyring;
  /** `process.platform` */
  readonly platform: string;
}): Vault {
  const write = (sessions: readonly StoredSession[]): boolean => {
    try {
      store.write(sessions);
      return true;
    } catch {
      return false;
    }
  };
  const change = (userId: string, update: (old: StoredSession) => StoredSession[]): boolean =>
    write(store.read().flatMap((old) => (old.userId === userId ? update(old) : old)));

  const sealText = async (text: string): Promise<Sealed> => {
    if (!(await keyring.isAsyncEncryptionAvailable())) {
      return { text: Buffer.from(text).toString('base64'), sealedBy: 'none' };
    }
    return { text: (await keyring.encryptStringAsync(text)).toString('base64'), sealedBy: 'safeStorage' };
  };
  const seal = async ({ token, oauth }: Credentials): Promise<StoredSession['secret']> => ({
    ...(await sealText(JSON.stringify({ token, oauth }))),
    holds: 'credentials',
  });

  /** @param resealed gets the text as the keyring wants it sealed now, if that is another way. */
  const unsealText = async (sealed: Sealed, resealed: (sealed: Sealed) => void): Promise<string | null> => {
    const bytes = Buffer.from(sealed.text, 'base64');
    if (sealed.sealedBy === 'none') return bytes.toString();
    try {
      const { result, shouldReEncrypt } = await keyring.decryptStringAsync(bytes);
      if (shouldReEncrypt) resealed(await sealText(result));
      return result;
    } catch {
      return null; // another keyring, or none today: what is sealed stays for the day it is back
    }
  };

  const unseal = async ({ secret, userId }: StoredSession): Promise<Credentials | null> => {
    if (secret === null) return null;
    const text = await unsealText(secret, (sealed) => {
      // What was written meanwhile is newer.
      change(userId, (old) => [old.secret?.text === secret.text ? { ...old, secret: { ...secret, ...sealed } } : old]);
    });
    return text === null ? null : readCredentials(text, secret.holds);
  };
  const unsealKey = async ({ storeKey, userId }: StoredSession): Promise<string | null> =>
    storeKey &&
    unsealText(storeKey, (sealed) => {
      change(userId, (old) => [old.storeKey?.text === storeKey.text ? { ...old, storeKey: sealed } : old]);
    });

  const isSealedShut = async (stored: StoredSession): Promise<boolean> =>
    (stored.secret !== null && (await unseal(stored)) === null) ||
    (stored.storeKey !== null && (await unsealKey(stored)) === null);

  async function save(session: Session): Promise<boolean> {
    const { userId, deviceId, baseUrl, hasKeys } = session;
    const [secret, storeKey] = await Promise.all([seal(session), sealText(session.storeKey)]);
    const stored: StoredSession = { userId, deviceId, baseUrl, secret, ended: null, storeKey, hasKeys };
    const before = store.read().find((old) => old.userId === userId);
    if (before !== undefined && (await isSealedShut(before))) store.keepCopy();
    const known = store.read();
    const isKnown = known.some((old) => old.userId === userId);
    return write(isKnown ? known.map((old) => (old.userId === userId ? stored : old)) : [...known, stored]);
  }

  return {
    load: async () => {
      const kept: KeptSession[] = [];
      for (const stored of store.read()) {
        const { deviceId, baseUrl, ended, hasKeys } = stored;
        const credentials = await unseal(stored);
        const storeKey = await unsealKey(stored);
        kept.push({ userId: stored.userId as UserId, deviceId, baseUrl, credentials, ended, storeKey, hasKeys });
      }
      return kept;
    },
    save: (session) => save(session).catch(() => false),
    noteKeys: (userId) => change(userId, (old) => [{ ...old, hasKeys: true }]),
    renew: async (session) => {
      const secret = await seal(session).catch(() => null);
      if (secret === null) return false;
      return change(session.userId, (old) => [old.deviceId === session.deviceId ? { ...old, secret } : old]);
    },
    end: (userId, how) => change(userId, (old) => [{ ...old, secret: null, ended: how }]),
    forget: (userId) => change(userId, () => []),
    secretsProtected: async () => {
      if (!(await keyring.isAsyncEncryptionAvailable())) return false;
      return platform !== 'linux' || keyring.getSelectedStorageBackend() !== 'basic_text';
    },
  };
}

function readCredentials(text: string, holds: 'credentials' | 'token'): Credentials | null {
  return holds === 'token' ? { token: text, oauth: null } : (CredentialsText.safeParse(text).data ?? null);
}
