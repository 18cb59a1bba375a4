/** Who is there, of those whom the screen has shown. Main asks the homeserver; nothing is asked while nobody looks. */
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { UserId } from '../../preload/contract/ids';
import type { Person, Presence } from '../../preload/contract/people';
import { usePeople } from './people';

type Whose = Pick<Person, 'account' | 'userId'>;
const keyOf = ({ account, userId }: Whose): string => `${account} ${userId}`;

/** The most that main is asked about at once. */
const most = 100;

export const usePresence = defineStore('presence', () => {
  const people = usePeople();
  const known = shallowRef<ReadonlyMap<string, Presence>>(new Map());

  async function ask(account: UserId, userIds: readonly UserId[]): Promise<void> {
    // Presence is no news that anybody waits for: a failure leaves what was known.
    const told = await people.presence(account, userIds).catch(() => null);
    if (told === null) return;
    const changed = userIds.flatMap((userId, at) => {
      const presence = told[at] ?? null;
      return (known.value.get(keyOf({ account, userId })) ?? null) === presence
        ? []
        : [[keyOf({ account, userId }), presence] as const];
    });
    if (changed.length > 0) known.value = new Map([...known.value, ...changed]);
  }

  return {
    /** Null: nobody knows, or nobody has asked. */
    of: (whose: Whose): Presence => known.value.get(keyOf(whose)) ?? null,
    learn: async (whom: readonly Whose[]): Promise<void> => {
      const byAccount = Map.groupBy(whom.slice(0, most), ({ account }) => account);
      await Promise.all(
        [...byAccount].map(([account, all]) =>
          ask(
            account,
            all.map(({ userId }) => userId),
          ),
        ),
      );
    },
  };
});
