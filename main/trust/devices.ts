/** The sessions of an account, and the end of one that its person no longer has. */
import type { MatrixClient } from 'matrix-js-sdk';
import type { CryptoApi } from 'matrix-js-sdk/lib/crypto-api/index.js';
import { MatrixError } from 'matrix-js-sdk/lib/http-api/errors.js';

import type { AccountDevice, TrustResult } from '../../preload/contract/trust';
import { isSecure } from '../account/http';
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

/**
 * Where an OAuth 2.0 service knows the account, only its own page ends a session (MSC4191); elsewhere the homeserver does, when
 * the person has proved who they are. Rejects as either does.
 */
export async function removeDevice(
  client: MatrixClient,
  deviceId: string,
  { authorize }: RunningTask,
  openBrowser: (url: string) => Promise<void>,
): Promise<TrustResult> {
  const page = await accountPage(client);
  if (page !== null) {
    page.searchParams.set('action', 'org.matrix.device_delete');
    page.searchParams.set('device_id', deviceId);
    await openBrowser(page.href);
    return done;
  }
  await authorize((auth) => client.deleteDevice(deviceId, auth ?? undefined));
  return done;
}

/** Null where the homeserver itself manages accounts. */
async function accountPage(client: MatrixClient): Promise<URL | null> {
  try {
    const metadata: object = await client.getAuthMetadata();
    const found = 'account_management_uri' in metadata ? metadata.account_management_uri : undefined;
    const page = typeof found === 'string' ? URL.parse(found) : null;
    return page !== null && isSecure(page) ? page : null;
  } catch (error) {
    if (error instanceof MatrixError && error.httpStatus === 404) return null;
    throw error;
  }
}

/** Anybody with the account's token could have given it any name. */
export function readable(name: unknown): string | null {
  if (typeof name !== 'string') return null;
  const text = name.replaceAll(/[\p{Cc}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, '').trim();
  return text === '' ? null : text.slice(0, 255);
}
