/** What of the own screen is shared with whom: the stream itself does not say it in words. */
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { callKeyOf } from '../../preload/contract/call-key';
import type { ScreenSource } from '../../preload/contract/screens';
import type { CallKey } from '../../preload/contract/signalling';

/** Null where the desktop asked by itself, and tells nobody what was chosen. */
export type Shared = Pick<ScreenSource, 'kind' | 'name'> | null;

export const useShares = defineStore('shares', () => {
  const known = shallowRef<ReadonlyMap<string, Shared>>(new Map());

  return {
    /** What was shared last in this call. */
    of: (call: CallKey): Shared => known.value.get(callKeyOf(call)) ?? null,
    remember: (call: CallKey, shared: Shared) => {
      known.value = new Map(known.value).set(callKeyOf(call), shared);
    },
  };
});
