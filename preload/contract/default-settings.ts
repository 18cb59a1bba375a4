/** What holds until the person chooses. Apart from the schema: the page needs these values, and never parses. */
import type { DevicePreference } from './device-choice';
import type { Settings } from './settings';

const system: DevicePreference = { followSystem: true, order: [] };

export const defaultSettings: Settings = {
  language: 'system',
  theme: 'system',
  closeToTray: true,
  autostart: false,
  startHidden: true,
  hotkeys: { mute: 'CommandOrControl+Shift+M', answer: null, hangUp: null, talk: null },
  spaceToTalk: false,
  inviteLifetime: 90,
  relayOnly: false,
  devices: { microphone: system, speaker: system, ringer: system, camera: system },
  sound: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
};
