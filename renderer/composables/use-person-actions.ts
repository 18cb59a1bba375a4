/** Starting, accepting and declining conversations: one at a time per person, with the outcome in words. */
import { shallowRef } from 'vue';
import type { Person, PersonFailure } from '../../preload/contract/people';
import { useWords } from '../i18n';
import { useAccounts } from '../stores/accounts';
import { useNavigation } from '../stores/navigation';
import { usePeople } from '../stores/people';
import { announce } from './announcer';

export type PersonAction = 'start' | 'accept' | 'decline';

/** An example address to show, which belongs to nobody. */
export const exampleAddress = '@anna:example.org';

export function usePersonActions() {
  const { t } = useWords();
  const people = usePeople();
  const accounts = useAccounts();
  const navigation = useNavigation();
  const busyWith = shallowRef<string | null>(null);
  const failure = shallowRef<{ readonly userId: string; readonly words: string } | null>(null);

  async function act(person: Person, action: PersonAction): Promise<void> {
    if (busyWith.value !== null) return;
    busyWith.value = person.userId;
    failure.value = null;
    try {
      const result = await ask(person, action);
      if (!result.ok) fail(person, result.reason);
      else if (result.person === null) navigation.choose(null);
      else {
        navigation.choose(result.person);
        if (action === 'start') announce(t('people.started', { name: person.name }), 'polite');
      }
    } catch {
      fail(person, 'unexpected');
    } finally {
      busyWith.value = null;
    }
  }

  /** A failure is told where the person is shown. */
  async function setFavourite(person: Person, favourite: boolean): Promise<void> {
    if (person.roomId === null) return;
    failure.value = null;
    try {
      const result = await people.setFavourite(person.account, person.roomId, favourite);
      if (!result.ok) fail(person, result.reason);
      else announce(t(favourite ? 'people.isFavourite' : 'people.isNoFavourite', { name: person.name }), 'polite');
    } catch {
      fail(person, 'unexpected');
    }
  }

  async function ask(
    person: Person,
    action: PersonAction,
  ): Promise<{ ok: true; person: Person | null } | { ok: false; reason: PersonFailure }> {
    const { account, userId, roomId } = person;
    if (action === 'start') return people.start(account, userId);
    if (roomId === null) return { ok: false, reason: 'notFound' };
    if (action === 'accept') return people.accept(account, roomId);
    const declined = await people.decline(account, roomId);
    return declined.ok ? { ok: true, person: null } : declined;
  }

  function fail({ account, userId }: Person, reason: PersonFailure | 'unexpected'): void {
    const server = accounts.find(account)?.server ?? '';
    const words = t(`people.failure.${reason}`, { server, address: userId, example: exampleAddress });
    failure.value = { userId, words };
  }

  return { busyWith, failure, act, setFavourite };
}
