/** What holds until the person chooses. Apart from the schema: the page needs these values, and never parses. */
import type { DevicePreference } from './device-choice';
import type { Settings } from './settings';

const system: DevicePreference = { followSystem: true, order: [] };

export const defaultSettings: Settings = {
  language: 'system',
  theme: 'system',
  closeToTray: true,
  ringing: { tone: 'carillon', ownTone: null, volume: 0.8, rises: true, alsoSpeaker: true },
  whoMayRing: 'everyone',
  autoAnswer: [],
  doNotDisturb: {
    byHand: 'off',
    times: { on: false, days: [0, 1, 2, 3, 4, 5, 6], from: 22 * 60, to: 7 * 60 },
    timesFrom: 0,
  },
  notifications: { callWindow: true, ringing: true, missed: true, hideNames: false },
  trayPanel: 'system',
  autostart: false,
  startHidden: true,
  hotkeys: { mute: 'CommandOrControl+Shift+M', answer: null, hangUp: null, talk: null },
  spaceToTalk: false,
  inviteLifetime: 90,
  relayOnly: false,
  callTrust: 'all',
  withoutKeyring: false,
  devices: { microphone: system, speaker: system, ringer: system, camera: system },
  sound: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  headsetButtons: true,
};
