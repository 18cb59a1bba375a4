/** The stores of the accounts as the vault knows them: their keys, and what becomes of one when its account comes or goes. */
import { randomBytes } from 'node:crypto';

import type { UserId } from '../../preload/contract/ids';
import type { Log } from '../log';
import { removeAccountStore, setAccountStoreAside } from '../store/account-store';
import type { KeptSession, Session, Vault } from './vault';

export interface DeviceStore extends Pick<Session, 'storeKey' | 'hasKeys'> {
  /**
   * Makes room for it where another device had its own, once the vault has the new session and before that opens it: a
   * crash or a full disk in between must not cost both.
   */
  readonly makeRoom: () => Promise<void>;
}

export interface KeptStores {
  /** Null: it cannot be had, and without it the account's keys are lost. An account from before there were stores gets one. */
  readonly keyOf: (kept: KeptSession) => Promise<string | null>;
  /** For a device that has just signed in: its own store where it is one that we know, else a new one. Changes nothing. */
  readonly forDevice: (userId: UserId, deviceId: string) => Promise<DeviceStore>;
  readonly setAside: (userId: UserId) => Promise<void>;
  readonly remove: (userId: UserId) => Promise<void>;
}

export interface KeptStoresEnv {
  readonly vault: Vault;
  readonly folder: (userId: UserId) => string;
  readonly log: Log;
}

export function makeKeptStores({ vault, folder, log }: KeptStoresEnv): KeptStores {
  const newKey = (): string => randomBytes(32).toString('base64');

  async function setAside(userId: UserId): Promise<void> {
    const done = await setAccountStoreAside(folder(userId));
    if (!done.ok) log.warn('store not set aside', { reason: done.reason });
  }

  async function remove(userId: UserId): Promise<void> {
    const done = await removeAccountStore(folder(userId));
    if (!done.ok) log.warn('store not removed', { reason: done.reason });
  }

  return {
    keyOf: async (kept) => {
      if (kept.storeKey !== null || kept.hasKeys || kept.credentials === null) return kept.storeKey;
      const storeKey = newKey();
      const { userId, deviceId, baseUrl, credentials } = kept;
      await vault.save({ userId, deviceId, baseUrl, storeKey, hasKeys: false, ...credentials });
      return storeKey;
    },
    forDevice: async (userId, deviceId) => {
      const kept = (await vault.load()).find((known) => known.userId === userId);
      if (kept?.storeKey != null && kept.deviceId === deviceId) {
        return { storeKey: kept.storeKey, hasKeys: kept.hasKeys, makeRoom: () => Promise.resolve() };
      }
      // The keys of a device that is gone are of no use to anybody; what cannot be opened today stays for a better day.
      const makeRoom = kept?.storeKey != null ? remove : setAside;
      return { storeKey: newKey(), hasKeys: false, makeRoom: () => makeRoom(userId) };
    },
    setAside,
    remove,
  };
}
