/** The people of every account as main last told; searches and invitations pass through to main. */
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { CommandResults } from '../../preload/contract';
import type { RoomId, UserId } from '../../preload/contract/ids';
import type { Person, PersonResult, SearchResult } from '../../preload/contract/people';
import { bridge } from '../bridge';

export const usePeople = defineStore('people', () => {
  const told = shallowRef<ReadonlyMap<UserId, readonly Person[]>>(new Map());
  const none: readonly Person[] = [];

  const of = (account: UserId): readonly Person[] => told.value.get(account) ?? none;

  /** The name to show for a user id: theirs if we know them, else the id itself. */
  function nameOf(account: UserId, userId: UserId): string {
    const name = of(account)
      .find((person) => person.userId === userId)
      ?.name.trim();
    return name === undefined || name === '' ? userId : name;
  }

  return {
    byAccount: computed(() => told.value),
    of,
    nameOf,
    search: (account: UserId, term: string): Promise<SearchResult> =>
      bridge().invoke('people:search', { account, term }),
    start: (account: UserId, userId: UserId): Promise<PersonResult> =>
      bridge().invoke('people:start', { account, userId }),
    accept: (account: UserId, roomId: RoomId): Promise<PersonResult> =>
      bridge().invoke('people:accept', { account, roomId }),
    decline: (account: UserId, roomId: RoomId): Promise<CommandResults['people:decline']> =>
      bridge().invoke('people:decline', { account, roomId }),
    replace: (account: UserId, people: readonly Person[]) => {
      told.value = new Map(told.value).set(account, people);
    },
  };
});
