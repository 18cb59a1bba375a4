/** Calls as far as somebody has asked for them, newest first, kept as they are now in main. */
import { shallowRef, watch } from 'vue';
import type { HistoryEntry, HistoryQuery } from '../../preload/contract/history';
import { useHistory } from '../stores/history';

type Which = Pick<HistoryQuery, 'filter' | 'peer'>;

/** The most that main gives at once. */
const largestPage = 1000;

/** @param page rows that are asked for at first. @param further rows each time more are wanted. */
export function useCallList(which: () => Which, page: number, further: number) {
  const history = useHistory();
  const entries = shallowRef<readonly HistoryEntry[]>([]);
  const more = shallowRef(false);
  const state = shallowRef<'loading' | 'ready' | 'failed'>('loading');
  let latest = 0;

  /** Up to `wanted` calls, of which the first are known. What was asked earlier and is still on its way is dropped. */
  async function read(wanted: number, known: readonly HistoryEntry[]): Promise<void> {
    const mine = ++latest;
    let found = known;
    let hasMore = true;
    try {
      while (hasMore && found.length < wanted) {
        const last = found.at(-1);
        const before = last === undefined ? null : { startedAt: last.startedAt, id: last.id };
        const limit = Math.min(largestPage, wanted - found.length);
        const answer = await history.ask({ ...which(), before, limit });
        if (mine !== latest) return;
        found = [...found, ...answer.entries];
        hasMore = answer.more;
      }
      entries.value = found;
      more.value = hasMore;
      state.value = 'ready';
    } catch {
      if (mine === latest) state.value = 'failed';
    }
  }

  const again = (): Promise<void> => read(Math.max(page, entries.value.length), []);
  watch(
    () => {
      const { filter, peer } = which();
      return `${filter} ${peer?.account ?? ''} ${peer?.userId ?? ''}`;
    },
    () => {
      state.value = 'loading';
      void read(page, []);
    },
    { immediate: true },
  );
  watch(() => history.version, again);

  return {
    entries,
    /** Older ones can be had. */
    more,
    state,
    again,
    readMore: async (): Promise<void> => {
      if (more.value) await read(entries.value.length + further, entries.value);
    },
  };
}
