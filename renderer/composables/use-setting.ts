/** One setting as a form control wants it: what holds, and a change that holds at once. */
import { computed, type WritableComputedRef } from 'vue';
import type { Settings } from '../../preload/contract/settings';
import { useSettings } from '../stores/settings';

/** A change that main could not keep is undone; the frame of the settings says so. */
export function useSetting<N extends keyof Settings>(name: N): WritableComputedRef<Settings[N]> {
  const store = useSettings();
  return computed<Settings[N]>({
    get: () => store.settings[name],
    set: (value) => {
      store.change({ [name]: value }).catch(() => undefined);
    },
  });
}
