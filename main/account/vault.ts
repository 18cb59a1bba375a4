/**
 * What must be known of each account to sign in again without a password. The access token is sealed by the
 * desktop's keyring; where there is none it is only obfuscated or plain, and `secretsProtected` says so.
 */
import type { SafeStorage } from 'electron';

import type { UserId } from '../../preload/contract';

export interface Session {
  readonly userId: UserId;
  readonly deviceId: string;
  readonly baseUrl: string;
  readonly token: string;
}

/** `token` is null when it was given up or cannot be unsealed: the person must sign in again. */
export type KeptSession = Omit<Session, 'token'> & { readonly token: string | null };

/** As it lies on disk. */
export interface StoredSession {
  readonly userId: string;
  readonly deviceId: string;
  readonly baseUrl: string;
  readonly secret: {
    /** base64 of what `sealedBy` made of the token. */
    readonly text: string;
    /** `none`: encryption was not available. */
    readonly sealedBy: 'safeStorage' | 'none';
  } | null;
}

export interface VaultStore {
  readonly read: () => readonly StoredSession[];
  /** @throws when the disk refuses. */
  readonly write: (sessions: readonly StoredSession[]) => void;
}

export type Keyring = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>;

export interface Vault {
  /** Every account that was signed in, in the order of their first sign-in. Never rejects. */
  readonly load: () => Promise<readonly KeptSession[]>;
  /** @returns false when it could not be written. */
  readonly save: (session: Session) => Promise<boolean>;
  /** Keeps the account, not its token. @returns false when it could not be written. */
  readonly dropToken: (userId: UserId) => boolean;
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

  const seal = async (token: string): Promise<StoredSession['secret']> => {
    if (!(await keyring.isAsyncEncryptionAvailable())) {
      return { text: Buffer.from(token).toString('base64'), sealedBy: 'none' };
    }
    return { text: (await keyring.encryptStringAsync(token)).toString('base64'), sealedBy: 'safeStorage' };
  };

  const unseal = async ({ secret, userId }: StoredSession): Promise<string | null> => {
    if (secret === null) return null;
    const bytes = Buffer.from(secret.text, 'base64');
    if (secret.sealedBy === 'none') return bytes.toString();
    try {
      const { result, shouldReEncrypt } = await keyring.decryptStringAsync(bytes);
      if (shouldReEncrypt) {
        const sealed = await seal(result);
        change(userId, (old) => [{ ...old, secret: sealed }]);
      }
      return result;
    } catch {
      return null; // another keyring, or none today: the sealed token stays for the day it is back
    }
  };

  return {
    load: async () => {
      const kept: KeptSession[] = [];
      for (const stored of store.read()) {
        const { deviceId, baseUrl } = stored;
        kept.push({ userId: stored.userId as UserId, deviceId, baseUrl, token: await unseal(stored) });
      }
      return kept;
    },
    save: async ({ userId, deviceId, baseUrl, token }) => {
      const secret = await seal(token).catch(() => null);
      if (secret === null) return false;
      const stored: StoredSession = { userId, deviceId, baseUrl, secret };
      const known = store.read();
      const isKnown = known.some((old) => old.userId === userId);
      return write(isKnown ? known.map((old) => (old.userId === userId ? stored : old)) : [...known, stored]);
    },
    dropToken: (userId) => change(userId, (old) => [{ ...old, secret: null }]),
    forget: (userId) => change(userId, () => []),
    secretsProtected: async () => {
      if (!(await keyring.isAsyncEncryptionAvailable())) return false;
      return platform !== 'linux' || keyring.getSelectedStorageBackend() !== 'basic_text';
    },
  };
}
