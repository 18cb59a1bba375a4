/** Where the window starts: the page is on the screen first, and filled as soon as main has answered. */
import '@fontsource-variable/inter/wght.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/dialogs.css';
import './styles/menus.css';
import './styles/views.css';

import { createPinia } from 'pinia';
import { createApp, h, shallowRef } from 'vue';

import { defaultSettings } from '../preload/contract/default-settings';
import App from './App.vue';
import { bridge, installBridge } from './bridge';
import { clock } from './clock';
import { makeEngine } from './engine';
import { makeHeadsets } from './headset/headsets';
import { i18n } from './i18n';
import { makeCapture } from './media/capture';
import { watchDevices } from './media/devices';
import { makeOutputs } from './media/outputs';
import { decodeSound, makeOwnSound } from './media/own-sound';
import { makeRinger } from './media/ringer';
import { TonePlayer } from './media/tone-player';
import { playCallSounds } from './sounds';
import { installCalls } from './stores/calls';
import { installDevices, useDevices } from './stores/devices';
import { installHeadsets } from './stores/headset';
import { followHotkeys } from './stores/hotkeys';
import { followLinks } from './stores/links';
import { useRingtones } from './stores/ringtones';
import { useSettings } from './stores/settings';
import { followMain } from './stores/snapshot';

installBridge(window.carillon);
const pinia = createPinia();
const { mediaDevices } = navigator;
const devices = watchDevices(mediaDevices, defaultSettings.devices);
const capture = makeCapture({ source: mediaDevices, devices, processing: defaultSettings.sound });
const outputs = makeOutputs();
const engine = makeEngine(bridge(), capture, () => useSettings(pinia).settings);
const start = shallowRef<'running' | 'ready' | 'failed'>('running');

createApp({ render: () => h(App, { start: start.value, onRetry: () => void begin() }) })
  .use(pinia)
  .use(i18n)
  .mount('#app');
installCalls(engine.switchboard);
installDevices({ devices, capture, outputs });
installHeadsets(makeHeadsets({ hid: navigator.hid ?? null, clock, log: (line) => console.debug(line) }));
const ownSound = makeOwnSound({
  load: () => bridge().invoke('ringtone:load', undefined),
  decode: (base64) => decodeSound(base64, outputs.contextFor('ringer')),
});
const ringer = makeRinger({
  outputs,
  settings: () => useSettings().settings.ringing,
  ownSound: ownSound.get,
  speakerIsOther: () => useDevices().used('speaker')?.id !== useDevices().used('ringer')?.id,
  after: clock.after,
});
useRingtones().connect({ preview: ringer.preview, stop: ringer.stop, take: ownSound.take });
playCallSounds(new TonePlayer(outputs, ringer));
void begin();

async function begin(): Promise<void> {
  start.value = 'running';
  try {
    const snapshot = await followMain();
    start.value = 'ready';
    engine.follow(snapshot);
    followLinks();
    followHotkeys();
  } catch {
    start.value = 'failed';
  }
}
