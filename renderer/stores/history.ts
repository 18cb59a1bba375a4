/** The list of calls, which main keeps: how many missed ones are new, and that something has changed. */
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
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
    /** Asked for outside the window, where the person and the room cannot be chosen any more. */
    callBack: (entry: HistoryEntry | null) => {
      show(entry);
      if (entry !== null) calls.place({ ...entry, userId: entry.peer }, entry.kind ?? 'voice');
    },
  };
});
