/**
 * The identity of an account and what keeps it: made for the first time, made anew, or opened with the recovery key.
 * Spec: client-server API, "Cross-signing", "Secret storage", "Server-side key backups".
 */
import type { MatrixClient } from 'matrix-js-sdk';
import type { CryptoApi, GeneratedSecretStorageKey } from 'matrix-js-sdk/lib/crypto-api/index.js';

import type { TrustResult } from '../../preload/contract/trust';
import { done, failed, TrustEnd, trustFailure } from './failure';
import { isOfThisDevice, masterKeyThere } from './identity-there';
import { openStorage } from './recovery-key';
import type { SecretKeys } from './secret-keys';
import type { RunningTask } from './tasks';

export interface SetUpEnv {
  readonly client: MatrixClient;
  readonly crypto: CryptoApi;
  readonly secretKeys: SecretKeys;
}

/**
 * Nothing is overwritten: only an account without any identity, and without any keys of one, gets a new one. What was begun
 * when the homeserver went away is brought to its end.
 */
export async function makeFirstIdentity(
  { client, crypto }: SetUpEnv,
  { authorize }: RunningTask,
): Promise<TrustResult> {
  if ((await masterKeyThere(client)) !== null) {
    if (await isOfThisDevice(client, crypto)) await crypto.crossSignDevice(client.getDeviceId() ?? '');
    return done;
  }
  // Keys that lie there belong to an identity that was lost: whoever makes a new one must know what they do.
  if ((await client.secretStorage.getKey()) !== null) return failed('incomplete');
  await crypto.bootstrapCrossSigning({ authUploadDeviceSigningKeys: authorize, setupNewCrossSigning: true });
  return done;
}

/**
 * Puts the account under a new recovery key, which its person has kept. What is there stays: an identity, and a backup that
 * works. With `reset` all of it is made anew, and whoever had verified the account sees that it changed.
 */
export async function setUp(
  env: SetUpEnv,
  task: RunningTask,
  key: GeneratedSecretStorageKey,
  reset: boolean,
): Promise<TrustResult> {
  const { client, crypto } = env;
  const hasIdentity = (await masterKeyThere(client)) !== null;
  if (reset) await crypto.resetEncryption(task.authorize);
  else if (!hasIdentity) await makeIdentity(env, task);
  else if (!(await hasPrivateKeys(crypto))) throw new TrustEnd('incomplete');
  if (task.signal.aborted) throw new TrustEnd('cancelled');
  const setupNewKeyBackup = (await crypto.getActiveSessionBackupVersion()) === null;
  await env.secretKeys.lend({ id: null, key: key.privateKey }, () =>
    crypto.bootstrapSecretStorage({
      createSecretStorageKey: () => Promise.resolve(key),
      setupNewSecretStorage: true,
      setupNewKeyBackup,
    }),
  );
  return done;
}

/** The person has chosen to: keys of a lost identity give way. */
async function makeIdentity(env: SetUpEnv, task: RunningTask): Promise<void> {
  const made = await makeFirstIdentity(env, task);
  if (!made.ok) await env.crypto.resetEncryption(task.authorize);
}

async function hasPrivateKeys(crypto: CryptoApi): Promise<boolean> {
  const { privateKeysCachedLocally } = await crypto.getCrossSigningStatus();
  return Object.values(privateKeysCachedLocally).every(Boolean);
}

/** Verifies this device, and opens the backup; the keys in it are fetched as they are needed. */
export async function restore(env: SetUpEnv, typed: string): Promise<TrustResult> {
  const { client, crypto } = env;
  if (!(await crypto.userHasCrossSigningKeys(client.getSafeUserId(), true))) return failed('noStorage');
  const opened = await openStorage(client.secretStorage, typed);
  if (!opened.ok) return opened;
  // Without this look, the SDK would make a new identity in place of one that is not in the storage.
  if (!(await crypto.getCrossSigningStatus()).privateKeysInSecretStorage) return failed('incomplete');
  const { id, key } = opened;
  return env.secretKeys.lend({ id, key }, async () => {
    try {
      await crypto.bootstrapCrossSigning({});
    } catch (error) {
      const reason = trustFailure(error);
      // Keys that lie there and are not those of the identity: an older one's.
      return failed(reason === 'failed' ? 'incomplete' : reason);
    }
    if ((await crypto.getKeyBackupInfo()) !== null) await openBackup(crypto);
    return done;
  });
}

/** Its key is in secret storage, as a rule; where it is not, or is another's, the backup stays shut. */
async function openBackup(crypto: CryptoApi): Promise<boolean> {
  try {
    await crypto.loadSessionBackupPrivateKeyFromSecretStorage();
  } catch (error) {
    if (trustFailure(error) !== 'failed') throw error;
    return false;
  }
  await crypto.checkKeyBackupAndEnable();
  return (await crypto.getActiveSessionBackupVersion()) !== null;
}

/** Opens the backup that is there, or makes a new one in its place. */
export async function turnOnBackup(env: SetUpEnv, typed: string): Promise<TrustResult> {
  const { client, crypto } = env;
  const opened = await openStorage(client.secretStorage, typed);
  if (!opened.ok) return opened;
  const { id, key } = opened;
  await env.secretKeys.lend({ id, key }, async () => {
    if ((await crypto.getKeyBackupInfo()) !== null && (await openBackup(crypto))) return;
    await crypto.resetKeyBackup();
  });
  return done;
}
