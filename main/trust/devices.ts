/** The sessions of an account, and the end of one that its person no longer has. */
import type { MatrixClient } from 'matrix-js-sdk';
import type { CryptoApi } from 'matrix-js-sdk/lib/crypto-api/index.js';

import type { AccountDevice, TrustResult } from '../../preload/contract/trust';
import { done } from './failure';
import { otherDevices } from './own-trust';
import type { RunningTask } from './tasks';

/** This one first, then the one used last. Rejects when the homeserver does not answer. */
export async function listDevices(
  client: MatrixClient,
  crypto: CryptoApi | undefined,
  thisVerified: boolean,
): Promise<readonly AccountDevice[]> {
  const [userId, own] = [client.getSafeUserId(), client.getDeviceId() ?? ''];
  const { devices } = await client.getDevices();
  const signed = new Set(
    crypto === undefined
      ? []
      : (await otherDevices(crypto, userId, own)).filter((device) => device.signed).map(({ id }) => id),
  );
  const list = devices.map(({ device_id: id, display_name: name, last_seen_ts: lastSeen }) => ({
    id,
    name: readable(name),
    lastSeen: typeof lastSeen === 'number' ? lastSeen : null,
    current: id === own,
    verified: id === own ? thisVerified : signed.has(id),
  }));
  return list.toSorted((a, b) => Number(b.current) - Number(a.current) || (b.lastSeen ?? 0) - (a.lastSeen ?? 0));
}

/** Rejects as the homeserver does. */
export async function removeDevice(
  client: MatrixClient,
  deviceId: string,
  { authorize }: RunningTask,
): Promise<TrustResult> {
  await authorize((auth) => client.deleteDevice(deviceId, auth ?? undefined));
  return done;
}

/** Anybody with the account's token could have given it any name. */
export function readable(name: unknown): string | null {
  if (typeof name !== 'string') return null;
  const text = name.replaceAll(/[\p{Cc}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, '').trim();
  return text === '' ? null : text.slice(0, 255);
}
