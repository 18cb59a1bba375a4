/** Whom a past call can be repeated with, and why not when it cannot. */
import { computed } from 'vue';
import type { HistoryEntry } from '../../preload/contract/history';
import type { Person } from '../../preload/contract/people';
import { useWords } from '../i18n';
import { useAccounts } from '../stores/accounts';
import { useCalls } from '../stores/calls';
import { usePeople } from '../stores/people';
import { canCall, unknownPerson, whyNoCall } from './person-words';

/** What a person is called now; where nobody knows any more, what they were called then. */
export function nameIn(people: Pick<ReturnType<typeof usePeople>, 'nameOf'>, entry: HistoryEntry): string {
  const now = people.nameOf(entry.account, entry.peer);
  return now === entry.peer && entry.peerName.trim() !== '' ? entry.peerName : now;
}

export function useCallBack(entry: () => HistoryEntry) {
  const { t } = useWords();
  const people = usePeople();
  const accounts = useAccounts();
  const calls = useCalls();

  /** As known now: best in the room of the call, else in any where they can be called. */
  const known = computed<Person | null>(() => {
    const { account, peer, roomId } = entry();
    const same = people.find(account, peer);
    const inRoom = same.find((one) => one.roomId === roomId);
    if (inRoom !== undefined && canCall(inRoom)) return inRoom;
    return same.find(canCall) ?? inRoom ?? same[0] ?? null;
  });
  /** Where nobody knows them any more, somebody with whom a conversation can be started anew. */
  const person = computed<Person>(() => {
    const { account, peer: userId } = entry();
    return known.value ?? unknownPerson(account, userId, name.value);
  });
  const name = computed(() => nameIn(people, entry()));
  /** The sentence to show; null when they can be called. */
  const why = computed(() => {
    const account = accounts.find(entry().account);
    if (account?.connection === 'signedOut') {
      return t('people.why.signedOut', { name: name.value, server: account.server });
    }
    if (known.value === null) {
      if (account?.connection === 'offline') return t('connection.offline', { server: account.server });
      if (account?.connection !== 'online') return t('people.why.settingUp');
      return t('history.unknownPerson', { name: name.value });
    }
    const key = whyNoCall(known.value);
    if (key !== null) return t(key, { name: name.value });
    return calls.ready ? null : t('people.why.settingUp');
  });

  function call(kind: 'voice' | 'video'): void {
    if (known.value !== null) calls.place(known.value, kind);
  }

  return { person, name, why, call };
}
