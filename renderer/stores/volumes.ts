/** How loud each person is played, for as long as the window lives: kept from call to call, written nowhere. */
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { CallView } from '../call/call-view';

/** As it comes is 1. */
export const loudest = 2;

type Whose = Pick<CallView, 'account' | 'peer'>;
const keyOf = ({ account, peer }: Whose): string => `${account} ${peer}`;

export const useVolumes = defineStore('volumes', () => {
  const known = shallowRef<ReadonlyMap<string, number>>(new Map());

  return {
    /** 0 is silence, 1 as it comes, 2 twice that. */
    of: (whose: Whose) => known.value.get(keyOf(whose)) ?? 1,
    set: (whose: Whose, volume: number) => {
      known.value = new Map(known.value).set(keyOf(whose), Math.min(Math.max(volume, 0), loudest));
    },
  };
});
