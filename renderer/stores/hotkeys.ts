/** The keys that work while another program has the keyboard, as main last told. */
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { HotkeyName, HotkeyResult, HotkeysReport } from '../../preload/contract/hotkeys';
import type { WindowKey } from '../../preload/contract/window-keys';
import { bridge } from '../bridge';
import { useSettings } from './settings';

export const useHotkeys = defineStore('hotkeys', () => {
  const settings = useSettings();
  const report = shallowRef<HotkeysReport | null>(null);

  return {
    /** Null until main has told. */
    report: computed(() => report.value),
    replace: (told: HotkeysReport) => {
      report.value = told;
    },
    /** What a key that the system refused does in our window all the same. Push to talk sees to itself. */
    inWindow: (accelerator: string): WindowKey | null => {
      const name = (['mute', 'answer', 'hangUp'] as const).find(
        (each) => settings.settings.hotkeys[each] === accelerator && report.value?.states[each].state === 'refused',
      );
      return name === undefined ? null : name === 'mute' ? 'microphone' : name;
    },
    ask: async (): Promise<void> => {
      report.value = await bridge().invoke('hotkeys:report', undefined);
    },
    set: (name: HotkeyName, accelerator: string | null): Promise<HotkeyResult> =>
      bridge().invoke('hotkeys:set', { name, accelerator }),
    /** While on, keys are only recorded. */
    setRecording: async (on: boolean): Promise<void> => {
      await bridge().invoke('hotkeys:recording', { on });
    },
  };
});

/** Follows main from now on. @returns a function that ends it. */
export function followHotkeys(): () => void {
  const hotkeys = useHotkeys();
  void hotkeys.ask().catch(() => undefined);
  return bridge().on('hotkeys:changed', hotkeys.replace);
}
