/** The headset whose buttons are obeyed, as the screen knows it; its lamps follow the calls from here. */
import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import { callKeyOf } from '../../preload/contract/call-key';
import type { CallView } from '../call/call-view';
import type { HeadsetCommand } from '../headset/buttons';
import type { Lamps } from '../headset/hid';
import type { Headsets, HeadsetState } from '../headset/headsets';
import { useCalls } from './calls';
import { useDevices } from './devices';
import { useSettings } from './settings';

/** The call that is talked in, else the one on the screen, else any: what the buttons and lamps of a headset are about. */
export function talkedIn(calls: Pick<ReturnType<typeof useCalls>, 'running' | 'opened'>): CallView | null {
  const active = calls.running.filter((call) => !call.heldByUs);
  const among = active.length > 0 ? active : calls.running;
  return among.find((call) => call === calls.opened) ?? among[0] ?? null;
}

export const useHeadset = defineStore('headset', () => {
  const calls = useCalls();
  const devices = useDevices();
  const settings = useSettings();
  const state = shallowRef<HeadsetState>({ name: 'off' });
  const access = shallowRef<Headsets | null>(null);
  let obey: (command: HeadsetCommand) => void = () => undefined;

  const lamps = computed<Lamps>(() => ({
    mute: talkedIn(calls)?.microphoneMuted ?? false,
    offHook: calls.running.length > 0,
    // Many headsets ring aloud with it.
    ring: calls.ringing.some((call) => !calls.silenced.has(callKeyOf(call))),
    hold: calls.running.some((call) => call.heldByUs),
  }));

  function connect(to: Headsets): () => void {
    access.value = to;
    const look = (): void => {
      state.value = to.state();
    };
    const ends = [
      to.watch(look, (command) => obey(command)),
      watch(lamps, to.show, { immediate: true, flush: 'sync' }),
      watch(
        () => [devices.labelOf('microphone'), devices.labelOf('speaker')].join('\n'),
        (labels) => to.prefer(labels.split('\n')),
        { immediate: true },
      ),
      watch(() => settings.settings.headsetButtons, to.use, { immediate: true }),
    ];
    return () => {
      for (const end of ends) end();
      to.use(false);
      access.value = null;
    };
  }

  return {
    state: computed(() => state.value),
    connect,
    retry: () => access.value?.retry(),
    /** What the buttons do, from now on. */
    onCommand: (to: (command: HeadsetCommand) => void) => {
      obey = to;
    },
  };
});

/** Hands the headsets to the screen, once. @returns a function that takes them away again. */
export function installHeadsets(headsets: Headsets): () => void {
  return useHeadset().connect(headsets);
}
