/** Reads what a person typed as their recovery key or passphrase, and tries it on the account's secret storage. */
import { decodeRecoveryKey, deriveRecoveryKeyFromPassphrase } from 'matrix-js-sdk/lib/crypto-api/index.js';
import { SECRET_STORAGE_ALGORITHM_V1_AES, type ServerSideSecretStorage } from 'matrix-js-sdk/lib/secret-storage.js';

import type { TrustFailure } from '../../preload/contract/trust';

export type OpenedStorage =
  | { readonly ok: true; readonly id: string; readonly key: Uint8Array<ArrayBuffer> }
  | { readonly ok: false; readonly reason: Extract<TrustFailure, 'malformedKey' | 'wrongKey' | 'noStorage'> };

/** A server names the rounds of a passphrase: so many take some seconds, and more would never end. */
const MOST_ROUNDS = 10_000_000;

/** Rejects when the homeserver cannot be reached. */
export async function openStorage(
  storage: Pick<ServerSideSecretStorage, 'getKey' | 'checkKey'>,
  typed: string,
): Promise<OpenedStorage> {
  const [id, info] = (await storage.getKey()) ?? [];
  if (id === undefined || info?.algorithm !== SECRET_STORAGE_ALGORITHM_V1_AES) {
    return { ok: false, reason: 'noStorage' };
  }
  const byKey = readRecoveryKey(typed);
  if (byKey !== null && (await storage.checkKey(byKey, info))) return { ok: true, id, key: byKey };
  const { passphrase } = info;
  if (!isUsable(passphrase)) return { ok: false, reason: byKey === null ? 'malformedKey' : 'wrongKey' };
  const { salt, iterations, bits } = passphrase;
  const byPassphrase = await deriveRecoveryKeyFromPassphrase(typed, salt, iterations, bits);
  const fits = await storage.checkKey(byPassphrase, info);
  return fits ? { ok: true, id, key: byPassphrase } : { ok: false, reason: 'wrongKey' };
}

/**
 * Base58 with a prefix and a parity byte; blanks, wherever they are, are for the eyes. Spec appendices, "Cryptographic key
 * representation".
 * @returns null when it is none.
 */
export function readRecoveryKey(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return decodeRecoveryKey(text.replaceAll(/[\s\u00a0-]/g, ''));
  } catch {
    return null;
  }
}

interface Passphrase {
  readonly salt: string;
  readonly iterations: number;
  readonly bits?: number;
}

function isUsable(value: unknown): value is Passphrase {
  if (typeof value !== 'object' || value === null) return false;
  const { algorithm, salt, iterations, bits = 256 } = value as Record<string, unknown>;
  const rounds = typeof iterations === 'number' && iterations >= 1 && iterations <= MOST_ROUNDS;
  return algorithm === 'm.pbkdf2' && typeof salt === 'string' && rounds && bits === 256;
}
