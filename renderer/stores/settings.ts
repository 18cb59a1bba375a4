/** The person's choices; main keeps them, and what it answers is what holds. */
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { CommandArgument, Settings, Snapshot } from '../../preload/contract';
import { bridge } from '../bridge';
import { chooseLanguage } from '../i18n';

export const useSettings = defineStore('settings', () => {
  const settings = shallowRef<Settings>({ language: 'system', theme: 'system', closeToTray: true });
  const desktop = shallowRef<Pick<Snapshot, 'systemLanguage' | 'secretsProtected'>>({
    systemLanguage: navigator.language,
    secretsProtected: true,
  });

  return {
    settings: computed(() => settings.value),
    language: computed(() => chooseLanguage(settings.value.language, desktop.value.systemLanguage)),
    secretsProtected: computed(() => desktop.value.secretsProtected),
    /** Rejects when main could not keep the change; then nothing has changed. */
    change: async (change: CommandArgument<'settings:change'>): Promise<void> => {
      settings.value = await bridge().invoke('settings:change', change);
    },
    replace: (told: Settings) => {
      settings.value = told;
    },
    learnDesktop: (snapshot: Snapshot) => {
      desktop.value = snapshot;
    },
  };
});
