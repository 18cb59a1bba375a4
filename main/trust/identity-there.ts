/**
 * The identity of an account as its homeserver has it. What was made here and did not get there is known to this device
 * alone, which the SDK does not tell apart.
 */
import type { MatrixClient } from 'matrix-js-sdk';
import { type CryptoApi, CrossSigningKey } from 'matrix-js-sdk/lib/crypto-api/index.js';

/** Its public master key; null: it has none. Rejects when it does not answer. */
export async function masterKeyThere(client: MatrixClient): Promise<string | null> {
  const userId = client.getSafeUserId();
  const { master_keys: keys } = await client.downloadKeysForUsers([userId]);
  return Object.values(keys?.[userId]?.keys ?? {})[0] ?? null;
}

/** It was made on this device, whose signature alone is missing. For a device that is not verified. */
export async function isOfThisDevice(client: MatrixClient, crypto: CryptoApi): Promise<boolean> {
  const own = await crypto.getCrossSigningKeyId(CrossSigningKey.Master);
  return own !== null && own === (await masterKeyThere(client));
}
