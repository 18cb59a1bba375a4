/** Keeps the presence of those on the screen fresh, as long as somebody can see the window. */
import { useDocumentVisibility, useIntervalFn, watchDebounced } from '@vueuse/core';
import { computed } from 'vue';
import type { Person } from '../../preload/contract/people';
import { usePresence } from '../stores/presence';

/** ms */
const interval = 60_000;
/** ms for which a list must stand still: whoever scrolls through it asks for nobody. */
const pause = 400;

/** @param people on the screen; only those with whom one shares a conversation are asked about. */
export function usePresenceOf(people: () => readonly Person[]): void {
  const presence = usePresence();
  const visibility = useDocumentVisibility();
  const wanted = computed(() =>
    visibility.value === 'visible' ? people().filter(({ standing }) => standing === 'joined') : [],
  );
  const learn = (): void => {
    if (wanted.value.length > 0) void presence.learn(wanted.value);
  };
  watchDebounced(() => wanted.value.map(({ userId }) => userId).join(), learn, { debounce: pause, immediate: true });
  useIntervalFn(learn, interval);
}
