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
    /** Leads to one call, or to the list. */
    show: (entry: HistoryEntry | null) => {
      navigation.go({ name: 'history' });
      navigation.chooseCall(entry);
      calls.leave();
    },
  };
});
