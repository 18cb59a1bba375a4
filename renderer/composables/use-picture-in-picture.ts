/**
 * The large picture in a small window of the system's own, above all others. It is the video element's own picture in
 * picture: a document in such a window, with our buttons in it, is nothing that Electron gives to its pages.
 */
import { useEventListener } from '@vueuse/core';
import { ref, type Ref } from 'vue';

export interface PictureInPicture {
  /** The system can do it at all. */
  readonly offered: boolean;
  readonly isOut: Readonly<Ref<boolean>>;
  readonly toggle: () => void;
}

/** @param element whose large picture is meant; asked at each press. */
export function usePictureInPicture(element: () => HTMLElement | null): PictureInPicture {
  const isOut = ref(false);
  useEventListener(element, ['enterpictureinpicture', 'leavepictureinpicture'], () => {
    isOut.value = document.pictureInPictureElement !== null;
  });
  return {
    offered: document.pictureInPictureEnabled,
    isOut,
    toggle: () => {
      const video = element()?.querySelector<HTMLVideoElement>('.stage > video.picture') ?? null;
      if (document.pictureInPictureElement !== null) void document.exitPictureInPicture().catch(() => undefined);
      // Before its first frame there is nothing to show; the person may press again.
      else void video?.requestPictureInPicture().catch(() => undefined);
    },
  };
}
