/** The list of calls, which main keeps: how many missed ones are new, and that something has changed. */
import { defineStore } from 'pinia';
import { computed, nextTick, shallowRef } from 'vue';
import { callKeyOf } from '../../preload/contract/call-key';
import type { ExportResult, HistoryEntry, HistoryPage, HistoryQuery } from '../../preload/contract/history';
import { bridge } from '../bridge';
import { useCalls } from './calls';
import { useNavigation } from './navigation';

export const useHistory = defineStore('history', () => {
  const navigation = useNavigation();
  const calls = useCalls();
  const unseen = shallowRef(0);
  const version = shallowRef(0);
  const trouble = shallowRef<HistoryPage['trouble']>(null);

  /** Rejects when main could not answer. */
  async function ask(query: HistoryQuery): Promise<HistoryPage> {
    const page = await bridge().invoke('history:list', query);
    unseen.value = page.unseen;
    trouble.value = page.trouble;
    return page;
  }

  /** Leads to one call, or to the list. */
  function show(entry: HistoryEntry | null): void {
    navigation.go({ name: 'history' });
    navigation.chooseCall(entry);
    calls.leave();
  }

  return {
    /** Missed calls that nobody has looked at. */
    unseen: computed(() => unseen.value),
    /** Another number after every change: whoever shows calls asks anew. */
    version: computed(() => version.value),
    /** What is wrong with the file behind the list. */
    trouble: computed(() => trouble.value),
    ask,
    /** A number that cannot be had is told with the next change. */
    countUnseen: () => ask({ filter: 'missed', peer: null, before: null, limit: 1 }).catch(() => undefined),
    markSeen: async (): Promise<void> => {
      await bridge().invoke('history:seen', undefined);
    },
    /** @param id null: all. */
    remove: async (id: number | null): Promise<void> => {
      await bridge().invoke('history:delete', { id });
    },
    export: (): Promise<ExportResult> => bridge().invoke('history:export', undefined),
    changed: (told: { readonly unseen: number }) => {
      unseen.value = told.unseen;
      version.value++;
    },
    show,
    /** To a lost call where its end still stands in the window, with "Call again" at the next key. */
    returnTo: (entry: HistoryEntry | null) => {
      if (entry === null || !calls.visible.some((call) => callKeyOf(call) === callKeyOf(entry))) {
        show(entry);
        return;
      }
      calls.open(entry);
      if (navigation.place.name === 'signIn') navigation.go({ name: 'people' });
      void nextTick(() => document.querySelector<HTMLElement>('[data-again]')?.focus());
    },
    /** Asked for outside the window, where the person and the room cannot be chosen any more. */
    callBack: (entry: HistoryEntry | null) => {
      show(entry);
      if (entry !== null) calls.place({ ...entry, userId: entry.peer }, entry.kind ?? 'voice');
    },
  };
});
