/** What stands in the dial field, kept while one looks elsewhere, and what was dialled last. */
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { UserId } from '../../preload/contract/ids';
import type { NumberResult, NumberSupport } from '../../preload/contract/numbers';
import { bridge } from '../bridge';
import { numberIn } from '../composables/phone-number';
import { useCalls } from './calls';
import { useNavigation } from './navigation';

/** UTF-16 units; longer than any address or number. */
export const longestDialled = 512;

export const useDialling = defineStore('dialling', () => {
  const navigation = useNavigation();
  const calls = useCalls();
  const text = shallowRef('');
  const last = shallowRef('');
  const support = shallowRef<ReadonlyMap<UserId, NumberSupport>>(new Map());

  function set(to: string): void {
    text.value = to.slice(0, longestDialled);
  }

  return {
    text: computed(() => text.value),
    /** Dialled last in this window; empty before. */
    last: computed(() => last.value),
    /** Whether an account can call numbers; null until its homeserver has said so. */
    supportOf: (account: UserId) => support.value.get(account) ?? null,
    set,
    /** One key of the pad. */
    press: (key: string) => set(text.value + key),
    erase: () => set(text.value.replace(/.$/su, '')),
    /** It is being called: the field is free for the next one. */
    dialled: (what: string) => {
      last.value = what;
      text.value = '';
    },
    /** Shows an address, a number or a link in the dial field; to call is the person's decision (RFC 3966 §11). */
    open: (link: string) => {
      const number = numberIn(link);
      set(number.ok ? number.number : link.trim());
      navigation.go({ name: 'keypad' });
      calls.leave();
    },
    /** Asks whether the account's homeserver leads to the telephone network; what is known is not asked again. */
    learnSupport: async (account: UserId): Promise<void> => {
      const known = support.value.get(account);
      if (known === 'yes') return;
      const told = await bridge()
        .invoke('number:support', { account })
        .catch(() => 'unknown' as const);
      support.value = new Map(support.value).set(account, told);
    },
    find: (account: UserId, number: string): Promise<NumberResult> =>
      bridge().invoke('number:find', { account, number }),
  };
});
