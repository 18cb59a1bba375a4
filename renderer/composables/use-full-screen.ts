/**
 * The whole window on the whole screen. The document and not the call: menus, dialogs and what rings are moved to its
 * body, and would be missing from the screen of any smaller element.
 */
import { useEventListener } from '@vueuse/core';
import { ref, type Ref } from 'vue';

export interface FullScreen {
  readonly isFull: Readonly<Ref<boolean>>;
  readonly toggle: () => void;
}

export function useFullScreen(): FullScreen {
  const isFull = ref(document.fullscreenElement !== null);
  useEventListener(document, 'fullscreenchange', () => (isFull.value = document.fullscreenElement !== null));
  return {
    isFull,
    toggle: () => {
      // A desktop that refuses leaves all as it is.
      const done = isFull.value ? document.exitFullscreen() : document.documentElement.requestFullscreen();
      void done.catch(() => undefined);
    },
  };
}
