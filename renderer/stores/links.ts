/** A link that the desktop wanted opened: whom it leads to is shown; a call is placed only when the person says so. */
import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import type { UserId } from '../../preload/contract/ids';
import type { Person } from '../../preload/contract/people';
import { bridge } from '../bridge';
import { classify, type InvalidReason } from '../composables/dialled';
import { asksForCall } from '../composables/link';
import { canCall, unknownPerson } from '../composables/person-words';
import { useAccounts } from './accounts';
import { useCalls } from './calls';
import { useDialling } from './dialling';
import { useNavigation } from './navigation';
import { usePeople } from './people';

export type LinkQuestion =
  | { readonly about: 'call'; readonly person: Person }
  /** Nobody is signed in who could follow it. */
  | { readonly about: 'signedOut' }
  | { readonly about: 'room' | 'self' }
  | { readonly about: 'nowhere'; readonly reason: InvalidReason | null };

export const useLinks = defineStore('links', () => {
  const question = shallowRef<LinkQuestion | null>(null);
  const early = shallowRef<string | null>(null);
  const accounts = useAccounts();
  const calls = useCalls();
  const dialling = useDialling();
  const navigation = useNavigation();
  const people = usePeople();

  function open(link: string): void {
    early.value = isEarly(link) ? link : null;
    if (early.value === null) question.value = accounts.list.length === 0 ? { about: 'signedOut' } : follow(link);
  }

  /** Right after the start it may be too early to know whom it leads to. */
  function isEarly(link: string): boolean {
    const target = classify(link);
    if (target.kind !== 'user' || !accounts.list.some(({ connection }) => connection === 'connecting')) return false;
    return !everybody().some(({ userId }) => userId === target.userId);
  }

  const everybody = (): readonly Person[] => accounts.list.flatMap((account) => people.of(account.userId));

  watch(
    () => [accounts.list, people.byAccount],
    () => {
      if (early.value !== null) open(early.value);
    },
  );

  /** @returns what the person must be asked or told. */
  function follow(link: string): LinkQuestion | null {
    const target = classify(link);
    switch (target.kind) {
      case 'user':
        if (accounts.list.some(({ userId }) => userId === target.userId)) return { about: 'self' };
        return lead(personOf(target.userId), asksForCall(link));
      case 'number':
        // Shown in the dial field: to call it is the person's decision (RFC 3966 §11).
        dialling.open(link);
        return null;
      case 'room':
        return { about: 'room' };
      case 'invalid':
        return { about: 'nowhere', reason: target.reason };
      default:
        return { about: 'nowhere', reason: null };
    }
  }

  function lead(person: Person, toCall: boolean): LinkQuestion | null {
    accounts.choose(person.account);
    if (toCall && canCall(person)) return { about: 'call', person };
    // Somebody who cannot be called: their page says why, and what to do.
    navigation.go({ name: 'people' });
    navigation.choose(person);
    calls.leave();
    return null;
  }

  /** As the current account knows them, else any other; else somebody with whom a conversation can be started. */
  function personOf(userId: UserId): Person {
    const current = accounts.current?.userId;
    const known = everybody()
      .filter((person) => person.userId === userId)
      .sort((a, b) => Number(b.account === current) - Number(a.account === current));
    return known.find(canCall) ?? known[0] ?? unknownPerson(current ?? userId, userId);
  }

  return {
    question: computed(() => question.value),
    open,
    /** Takes what waits in main. A link comes once, whichever page of ours asks. */
    take: async (): Promise<void> => {
      const link = await bridge().invoke('link:take', undefined);
      if (link !== null) open(link);
    },
    close: () => {
      question.value = null;
    },
  };
});

/** Follows main's links from now on. @returns a function that ends it. */
export function followLinks(): () => void {
  const links = useLinks();
  void links.take();
  return bridge().on('link:waiting', () => void links.take());
}
