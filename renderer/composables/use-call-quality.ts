/** Looks at the shown call every two seconds, for as long as it is shown and connected. */
import { useIntervalFn } from '@vueuse/core';
import { computed, shallowRef, watch, type ComputedRef } from 'vue';
import { callKeyOf } from '../../preload/contract/call-key';
import type { CallView } from '../call/call-view';
import { figuresOf, SteadyWeakness, weaknessOf, type Figures, type Sample, type Weakness } from '../call/quality';
import { isTalking, useCalls } from '../stores/calls';

/** ms */
const every = 2000;

export interface CallQuality {
  readonly figures: ComputedRef<Figures | null>;
  /** Null also while nothing flows, as on hold: silence is no fault. */
  readonly weakness: ComputedRef<Weakness | null>;
}

export function useCallQuality(call: () => CallView): CallQuality {
  const calls = useCalls();
  const figures = shallowRef<Figures | null>(null);
  const weakness = shallowRef<Weakness | null>(null);
  let before: Sample | null = null;
  let steady = new SteadyWeakness();

  async function look(): Promise<void> {
    const shown = call();
    const now = await calls.sample(shown);
    if (now === null || callKeyOf(shown) !== callKeyOf(call()) || !isTalking(call())) return;
    figures.value = figuresOf(before, now);
    if (before !== null) weakness.value = steady.take(weaknessOf(figures.value));
    before = now;
  }

  const { pause, resume } = useIntervalFn(() => void look(), every, { immediate: false });
  watch(
    () => isTalking(call()),
    (talking) => {
      // Counters stand still on hold: the next two looks begin anew.
      before = null;
      steady = new SteadyWeakness();
      weakness.value = null;
      pause();
      if (!talking) return;
      resume();
      void look();
    },
    { immediate: true },
  );

  return { figures: computed(() => figures.value), weakness: computed(() => weakness.value) };
}
