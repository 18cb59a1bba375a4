/** Reads how an account and this device of it stand: identity, secret storage, key backup. */
import type { MatrixClient } from 'matrix-js-sdk';
import type { CryptoApi } from 'matrix-js-sdk/lib/crypto-api/index.js';
import { HTTPError } from 'matrix-js-sdk/lib/http-api/errors.js';
import { Method } from 'matrix-js-sdk/lib/http-api/method.js';

import type { AccountTrust, Identity, KeyBackup, Recovery } from '../../preload/contract/trust';
import { masterKeyThere } from './identity-there';
import { keysWaiting } from './key-counts';

export type OwnTrust = Pick<
  AccountTrust,
  'device' | 'identity' | 'recovery' | 'passphrase' | 'hasOtherDevices' | 'backup'
>;

/** Of a session that has not looked yet. */
export const unknownTrust = (deviceId: string): OwnTrust => ({
  device: { id: deviceId, fingerprint: null },
  identity: 'unknown',
  recovery: 'unknown',
  passphrase: false,
  hasOtherDevices: false,
  backup: { state: 'unknown', waiting: null },
});

/** After the first sync. Rejects when the crypto store is closed or the homeserver cannot be reached. */
export async function readOwnTrust(client: MatrixClient, crypto: CryptoApi): Promise<OwnTrust> {
  const [userId, deviceId] = [client.getSafeUserId(), client.getDeviceId() ?? ''];
  const { ed25519 } = await crypto.getOwnDeviceKeys();
  return {
    device: { id: deviceId, fingerprint: inGroups(ed25519) },
    identity: await readIdentity(client, crypto),
    ...(await readRecovery(client, crypto)),
    hasOtherDevices: (await otherDevices(crypto, userId, deviceId)).some(({ signed }) => signed),
    backup: await readBackup(client, crypto),
  };
}

async function readIdentity(client: MatrixClient, crypto: CryptoApi): Promise<Identity> {
  const userId = client.getSafeUserId();
  const device = await crypto.getDeviceVerificationStatus(userId, client.getDeviceId() ?? '');
  if (device?.crossSigningVerified === true) return 'verified';
  // What this device has not heard of may still be there: the homeserver is asked.
  if (!(await crypto.userHasCrossSigningKeys(userId, true))) return 'none';
  return (await masterKeyThere(client)) === null ? 'none' : 'unverified';
}

async function readRecovery(
  client: MatrixClient,
  crypto: CryptoApi,
): Promise<{ readonly recovery: Recovery; readonly passphrase: boolean }> {
  const [, info] = (await client.secretStorage.getKey()) ?? [];
  if (info === undefined) return { recovery: 'none', passphrase: false };
  const { ready } = await crypto.getSecretStorageStatus();
  return { recovery: ready ? 'ready' : 'incomplete', passphrase: 'passphrase' in info };
}

async function readBackup(client: MatrixClient, crypto: CryptoApi): Promise<KeyBackup> {
  if ((await crypto.getActiveSessionBackupVersion()) !== null) {
    return { state: 'on', waiting: await keysWaiting(crypto) };
  }
  return { state: await inactiveBackup(client, crypto), waiting: null };
}

/** The SDK says the same of a homeserver without a backup and of one that does not answer. */
async function inactiveBackup(client: MatrixClient, crypto: CryptoApi): Promise<'off' | 'untrusted' | 'unknown'> {
  if ((await crypto.getKeyBackupInfo()) !== null) return 'untrusted';
  try {
    await client.http.authedRequest(Method.Get, '/room_keys/version');
    return 'untrusted';
  } catch (error) {
    return error instanceof HTTPError && error.httpStatus === 404 ? 'off' : 'unknown';
  }
}

export interface OtherDevice {
  readonly id: string;
  /** By the account's own identity. */
  readonly signed: boolean;
}

/** The account's other devices that have keys, as known here. */
export async function otherDevices(crypto: CryptoApi, userId: string, own: string): Promise<readonly OtherDevice[]> {
  const devices = (await crypto.getUserDeviceInfo([userId], true)).get(userId) ?? new Map<string, unknown>();
  const others = [...devices].filter(([id, device]) => id !== own && !isDehydrated(device));
  return Promise.all(
    others.map(async ([id]) => {
      const status = await crypto.getDeviceVerificationStatus(userId, id);
      return { id, signed: status?.signedByOwner === true };
    }),
  );
}

/** A stand-in that only receives keys while nobody is there (MSC3814). */
const isDehydrated = (device: unknown): boolean =>
  typeof device === 'object' && device !== null && 'dehydrated' in device && device.dehydrated === true;

/** As other clients show it, for eyes to compare. */
const inGroups = (key: string): string => key.match(/.{1,4}/g)?.join(' ') ?? key;
