/** Where the person is: one place at a time, plus whether the running call has the pane. */
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { HistoryEntry } from '../../preload/contract/history';
import type { UserId } from '../../preload/contract/ids';
import type { Person } from '../../preload/contract/people';

/** Parts of the settings. The window lists those that `views/settings/sections.ts` names. */
export type SettingsSection = 'general' | 'calls' | 'audioVideo' | 'keys' | 'notifications' | 'security' | 'advanced';

export type Place =
  | { readonly name: 'people' }
  | { readonly name: 'history' }
  | { readonly name: 'keypad' }
  /** With null the list of sections; where there is room, the first one stands beside it. */
  | { readonly name: 'settings'; readonly section: SettingsSection | null }
  /** A second account, or with `again` one that the server has signed out. */
  | { readonly name: 'signIn'; readonly again: UserId | null };

export const useNavigation = defineStore('navigation', () => {
  const place = shallowRef<Place>({ name: 'people' });
  const person = shallowRef<Person | null>(null);
  const call = shallowRef<HistoryEntry | null>(null);
  /** Does the call cover list and rail too? Kept from call to call. */
  const wide = shallowRef(false);

  return {
    place: computed(() => place.value),
    /** Who was chosen in the list, as known at that moment; the people store may know better since. */
    person: computed(() => person.value),
    /** Which call of the list was chosen, as known at that moment. */
    call: computed(() => call.value),
    wide: computed(() => wide.value),
    go: (to: Place) => {
      place.value = to;
    },
    choose: (chosen: Person | null) => {
      person.value = chosen;
    },
    chooseCall: (chosen: HistoryEntry | null) => {
      call.value = chosen;
    },
    setWide: (on: boolean) => {
      wide.value = on;
    },
  };
});
