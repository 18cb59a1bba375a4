/** Words for screen readers about things that happen outside the focus. Said by components/LiveAnnouncer.vue. */
import { computed, shallowRef } from 'vue';

const polite = shallowRef('');
const assertive = shallowRef('');

export const announcements = { polite: computed(() => polite.value), assertive: computed(() => assertive.value) };

/** `assertive` interrupts: for incoming calls and lost ones only. */
export function announce(words: string, urgency: 'polite' | 'assertive'): void {
  const region = urgency === 'polite' ? polite : assertive;
  // The same words twice would be no change, and so be silent.
  region.value = region.value === words ? `${words}\u00a0` : words;
}
