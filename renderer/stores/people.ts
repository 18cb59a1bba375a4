/** The people of every account as main last told; searches and invitations pass through to main. */
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { CommandResults } from '../../preload/contract';
import type { RoomId, UserId } from '../../preload/contract/ids';
import type { Person, PersonResult, Presence, SearchResult } from '../../preload/contract/people';
import { bridge } from '../bridge';

export const usePeople = defineStore('people', () => {
  const told = shallowRef<ReadonlyMap<UserId, readonly Person[]>>(new Map());
  const none: readonly Person[] = [];

  const of = (account: UserId): readonly Person[] => told.value.get(account) ?? none;

  /** Made with the first question about a list; lists of thousands are asked about by every row of the history. */
  const index = new WeakMap<readonly Person[], ReadonlyMap<UserId, readonly Person[]>>();

  /** All that is known of one person: several rooms, at times. */
  function find(account: UserId, userId: UserId): readonly Person[] {
    const people = of(account);
    const byId = index.get(people) ?? Map.groupBy(people, (person) => person.userId);
    index.set(people, byId);
    return byId.get(userId) ?? none;
  }

  /** The name to show for a user id: theirs if we know them, else the id itself. */
  function nameOf(account: UserId, userId: UserId): string {
    const name = find(account, userId)[0]?.name.trim();
    return name === undefined || name === '' ? userId : name;
  }

  /** `app:` URL of somebody's picture; null where none is known. */
  const avatarOf = (account: UserId, userId: UserId): string | null => find(account, userId)[0]?.avatar ?? null;

  function replace(account: UserId, people: readonly Person[]): void {
    told.value = new Map(told.value).set(account, people);
  }

  function show(account: UserId, roomId: RoomId, favourite: boolean): void {
    const people = of(account).map((person) => (person.roomId === roomId ? { ...person, favourite } : person));
    replace(account, people);
  }

  return {
    byAccount: computed(() => told.value),
    of,
    find,
    nameOf,
    avatarOf,
    search: (account: UserId, term: string): Promise<SearchResult> =>
      bridge().invoke('people:search', { account, term }),
    start: (account: UserId, userId: UserId): Promise<PersonResult> =>
      bridge().invoke('people:start', { account, userId }),
    accept: (account: UserId, roomId: RoomId): Promise<PersonResult> =>
      bridge().invoke('people:accept', { account, roomId }),
    /** Shown at once; taken back when the homeserver does not take it. Rejects when main could not be asked. */
    setFavourite: async (
      account: UserId,
      roomId: RoomId,
      favourite: boolean,
    ): Promise<CommandResults['people:favourite']> => {
      show(account, roomId, favourite);
      try {
        const result = await bridge().invoke('people:favourite', { account, roomId, favourite });
        if (!result.ok) show(account, roomId, !favourite);
        return result;
      } catch (error) {
        show(account, roomId, !favourite);
        throw error;
      }
    },
    /** In the order of the question. */
    presence: (account: UserId, userIds: readonly UserId[]): Promise<readonly Presence[]> =>
      bridge().invoke('people:presence', { account, userIds: [...userIds] }),
    decline: (account: UserId, roomId: RoomId): Promise<CommandResults['people:decline']> =>
      bridge().invoke('people:decline', { account, roomId }),
    replace,
  };
});
