/** Who is trusted, as main last told; what the person says to it passes through to main. */
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { RoomId, UserId } from '../../preload/contract/ids';
import type { AccountTrust, PersonTrust, TrustArgument, TrustResult } from '../../preload/contract/trust';
import { bridge } from '../bridge';

/** What the banner at the top can wait for until the program is started anew. */
export type Postponed = 'recovery' | 'verify';

export const useTrust = defineStore('trust', () => {
  const told = shallowRef<ReadonlyMap<UserId, AccountTrust>>(new Map());
  const postponed = shallowRef<ReadonlySet<string>>(new Set());

  const of = (account: UserId): AccountTrust | null => told.value.get(account) ?? null;

  return {
    all: computed(() => [...told.value.values()]),
    of,
    personTrust: (account: UserId, userId: UserId): PersonTrust =>
      of(account)?.people.find((person) => person.userId === userId)?.trust ?? 'unverified',
    isPostponed: (account: UserId, what: Postponed) => postponed.value.has(`${what} ${account}`),
    postpone: (account: UserId, what: Postponed) => {
      postponed.value = new Set(postponed.value).add(`${what} ${account}`);
    },
    replace: (trust: AccountTrust) => {
      told.value = new Map(told.value).set(trust.account, trust);
    },
    /** Accounts that are gone are nobody's any more. */
    keep: (accounts: ReadonlySet<UserId>) => {
      if ([...told.value.keys()].every((account) => accounts.has(account))) return;
      told.value = new Map([...told.value].filter(([account]) => accounts.has(account)));
    },
    check: (account: UserId) => bridge().invoke('trust:check', { account }),
    newRecoveryKey: (account: UserId) => bridge().invoke('trust:newRecoveryKey', { account }),
    saveRecoveryKey: (account: UserId) => bridge().invoke('trust:saveRecoveryKey', { account }),
    setUp: (account: UserId, reset: boolean) => bridge().invoke('trust:setUp', { account, reset }),
    restore: (account: UserId, key: string) => bridge().invoke('trust:restore', { account, key }),
    turnOnBackup: (account: UserId, key: string) => bridge().invoke('trust:turnOnBackup', { account, key }),
    password: (account: UserId, password: string) => bridge().invoke('trust:password', { account, password }),
    openBrowser: (account: UserId) => bridge().invoke('trust:openBrowser', { account }),
    cancelTask: (account: UserId) => bridge().invoke('trust:cancelTask', { account }),
    /** Another device of the account, or with `deviceId` that one. */
    verifyOwn: (account: UserId, deviceId: string | null): Promise<TrustResult> =>
      bridge().invoke('trust:verify', { account, userId: account, deviceId, roomId: null }),
    verifyPerson: (account: UserId, userId: UserId, roomId: RoomId | null): Promise<TrustResult> =>
      bridge().invoke('trust:verify', { account, userId, deviceId: null, roomId }),
    answer: (account: UserId, id: string, answer: TrustArgument<'trust:answer'>['answer']) =>
      bridge().invoke('trust:answer', { account, id, answer }),
    acceptIdentity: (account: UserId, userId: UserId) => bridge().invoke('trust:acceptIdentity', { account, userId }),
    look: (account: UserId, userId: UserId, roomId: RoomId) =>
      bridge().invoke('trust:look', { account, userId, roomId }),
    devices: (account: UserId) => bridge().invoke('trust:devices', { account }),
    removeDevice: (account: UserId, deviceId: string) => bridge().invoke('trust:removeDevice', { account, deviceId }),
    signOutRisk: (account: UserId) => bridge().invoke('trust:signOutRisk', { account }),
  };
});
