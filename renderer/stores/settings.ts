/** The person's choices; main keeps them, and what it answers is what holds. */
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { Snapshot } from '../../preload/contract';
import { defaultSettings } from '../../preload/contract/default-settings';
import type { Settings } from '../../preload/contract/settings';
import { bridge } from '../bridge';
import { chooseLanguage } from '../i18n';

export const useSettings = defineStore('settings', () => {
  const settings = shallowRef<Settings>(defaultSettings);
  const failed = shallowRef(false);
  const desktop = shallowRef<
    Pick<Snapshot, 'systemLanguage' | 'secretsProtected' | 'accountsLost' | 'settingsTrouble'>
  >({
    systemLanguage: navigator.language,
    secretsProtected: true,
    accountsLost: false,
    settingsTrouble: null,
  });
  const troubleSeen = shallowRef(false);

  return {
    settings: computed(() => settings.value),
    /** Main could not keep the latest change. */
    failed: computed(() => failed.value),
    language: computed(() => chooseLanguage(settings.value.language, desktop.value.systemLanguage)),
    secretsProtected: computed(() => desktop.value.secretsProtected),
    /** The accounts of before could not be read: they have to be signed in again. */
    accountsLost: computed(() => desktop.value.accountsLost),
    /** What was wrong with their file at the start, until the person has seen it. */
    trouble: computed(() => (troubleSeen.value ? null : desktop.value.settingsTrouble)),
    hideTrouble: () => {
      troubleSeen.value = true;
    },
    /** Holds at once. Rejects when main could not keep the change, or the desktop did not take it; main's word holds. */
    change: async (change: Partial<Settings>): Promise<void> => {
      const before = settings.value;
      settings.value = { ...before, ...change };
      failed.value = false;
      try {
        settings.value = await bridge().invoke('settings:change', change);
      } catch (error) {
        settings.value = before;
        failed.value = true;
        throw error;
      }
      const asked = Object.entries(change) as [keyof Settings, unknown][];
      const held = asked.every(([name, value]) => JSON.stringify(settings.value[name]) === JSON.stringify(value));
      if (held) return;
      failed.value = true;
      throw new Error('a setting was not taken');
    },
    replace: (told: Settings) => {
      settings.value = told;
    },
    learnDesktop: (snapshot: Snapshot) => {
      desktop.value = snapshot;
    },
  };
});
