/** Whether a wait has become one that wants a word of its own. */
import { type Ref, shallowRef, watch } from 'vue';

/** @param patience ms for which it goes without saying. */
export function useTakesLong(waiting: () => boolean, patience: number): Readonly<Ref<boolean>> {
  const long = shallowRef(false);
  watch(
    waiting,
    (now, _before, onCleanup) => {
      long.value = false;
      if (!now) return;
      const timer = setTimeout(() => {
        long.value = true;
      }, patience);
      onCleanup(() => {
        clearTimeout(timer);
      });
    },
    { immediate: true },
  );
  return long;
}
