/** The sections of the settings, in the order of the list: one line each. */
import { SlidersHorizontal } from '@lucide/vue';
import type { Component } from 'vue';
import type { SettingsSection } from '../../stores/navigation';
import GeneralSettings from './GeneralSettings.vue';

export interface ListedSection {
  readonly name: SettingsSection;
  readonly icon: Component;
  readonly page: Component;
}

export const sections = [
  { name: 'general', icon: SlidersHorizontal, page: GeneralSettings },
] as const satisfies readonly ListedSection[];
