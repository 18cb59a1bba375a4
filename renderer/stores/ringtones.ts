/** The person's ringtone: heard before it is chosen, and their own file, which main keeps once it has proved to be sound. */
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { Ringing } from '../../preload/contract/ringing-settings';
import type { RingtoneFailure } from '../../preload/contract/ringtone-file';
import { bridge } from '../bridge';
import { useSettings } from './settings';

/** What can be heard in this window. */
export interface RingtoneSounds {
  readonly preview: (tone: Ringing['tone'], done: () => void) => void;
  readonly stop: () => void;
  /** Takes a sound file's content, in base64, for the own ringtone. @returns whether it can be played. */
  readonly take: (base64: string) => Promise<boolean>;
}

export const useRingtones = defineStore('ringtones', () => {
  const settings = useSettings();
  const sounds = shallowRef<RingtoneSounds | null>(null);
  const heard = shallowRef<Ringing['tone'] | null>(null);

  function preview(tone: Ringing['tone']): void {
    sounds.value?.preview(tone, () => {
      if (heard.value === tone) heard.value = null;
    });
    heard.value = tone;
  }

  /** @returns null when it was done, or the person changed their mind. */
  async function chooseFile(): Promise<RingtoneFailure | null> {
    const chosen = await bridge().invoke('ringtone:choose', undefined);
    if (!chosen.ok) return chosen.reason === 'cancelled' ? null : chosen.reason;
    if (sounds.value === null || !(await sounds.value.take(chosen.sound))) return 'notSound';
    const kept = await bridge().invoke('ringtone:keep', undefined);
    if (!kept.ok) return kept.reason;
    settings.replace(kept.settings);
    preview('own');
    return null;
  }

  return {
    /** The ringtone that is heard now, by way of trial. */
    heard: computed(() => heard.value),
    preview,
    stop: () => sounds.value?.stop(),
    chooseFile,
    /** @returns a function that takes the sounds away again. */
    connect: (to: RingtoneSounds) => {
      sounds.value = to;
      return () => {
        sounds.value = null;
      };
    },
  };
});
