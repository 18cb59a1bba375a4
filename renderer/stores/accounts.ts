/** The signed-in accounts as main last told, and which of them the screen is about. */
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { CommandArgument } from '../../preload/contract';
import type { Account, SignInProgress, SignInResult } from '../../preload/contract/accounts';
import type { UserId } from '../../preload/contract/ids';
import { bridge } from '../bridge';

export const useAccounts = defineStore('accounts', () => {
  const told = shallowRef<readonly Account[]>([]);
  const chosen = shallowRef<UserId | null>(null);

  const current = computed(() => find(chosen.value) ?? told.value[0] ?? null);

  function find(userId: UserId | null): Account | null {
    return told.value.find((account) => account.userId === userId) ?? null;
  }

  async function signIn(credentials: CommandArgument<'account:signIn'>): Promise<SignInResult> {
    return choose(await bridge().invoke('account:signIn', credentials));
  }

  async function signInByBrowser(choice: CommandArgument<'account:signInByBrowser'>): Promise<SignInResult> {
    return choose(await bridge().invoke('account:signInByBrowser', choice));
  }

  function choose(result: SignInResult): SignInResult {
    if (result.ok) chosen.value = result.account;
    return result;
  }

  return {
    list: computed(() => told.value),
    current,
    find,
    signIn,
    signInByBrowser,
    methods: (server: string) => bridge().invoke('account:methods', { server }),
    openBrowser: () => bridge().invoke('account:openBrowser', undefined),
    cancelSignIn: () => bridge().invoke('account:cancelSignIn', undefined),
    /** @returns a function that ends the subscription. */
    onSignInProgress: (told: (progress: SignInProgress) => void) => bridge().on('signIn:progress', told),
    signOut: (account: UserId) => bridge().invoke('account:signOut', { account }),
    retry: (account: UserId) => bridge().invoke('account:retry', { account }),
    startOver: (account: UserId) => bridge().invoke('account:startOver', { account }),
    choose: (account: UserId) => {
      chosen.value = account;
    },
    replace: (accounts: readonly Account[]) => {
      told.value = accounts;
    },
  };
});
