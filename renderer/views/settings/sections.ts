/** The sections of the settings, in the order of the list: one line each. */
import { Bell, Headphones, Keyboard, Phone, ShieldCheck, SlidersHorizontal, Wrench } from '@lucide/vue';
import type { Component } from 'vue';
import type { SettingsSection } from '../../stores/navigation';
import AdvancedSettings from './AdvancedSettings.vue';
import AudioVideoSettings from './AudioVideoSettings.vue';
import CallsSettings from './CallsSettings.vue';
import GeneralSettings from './GeneralSettings.vue';
import KeySettings from './KeySettings.vue';
import NotificationSettings from './NotificationSettings.vue';
import SecuritySettings from './SecuritySettings.vue';

export interface ListedSection {
  readonly name: SettingsSection;
  readonly icon: Component;
  readonly page: Component;
}

export const sections = [
  { name: 'general', icon: SlidersHorizontal, page: GeneralSettings },
  { name: 'calls', icon: Phone, page: CallsSettings },
  { name: 'audioVideo', icon: Headphones, page: AudioVideoSettings },
  { name: 'keys', icon: Keyboard, page: KeySettings },
  { name: 'notifications', icon: Bell, page: NotificationSettings },
  { name: 'security', icon: ShieldCheck, page: SecuritySettings },
  { name: 'advanced', icon: Wrench, page: AdvancedSettings },
] as const satisfies readonly ListedSection[];
