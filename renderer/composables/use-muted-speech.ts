/** Tells a person who speaks while nobody can hear it. */
import { computed, ref, watch, type Ref } from 'vue';
import type { CallView } from '../call/call-view';
import { watchSpeech } from '../media/speech';
import { isTalking } from '../stores/calls';

/** @param call as it is now. @returns true while its muted microphone is spoken into. */
export function useMutedSpeech(call: () => CallView): Readonly<Ref<boolean>> {
  const speaking = ref(false);
  const muted = computed(() => {
    const view = call();
    return view.microphoneMuted && isTalking(view) ? (view.localStream?.getAudioTracks()[0] ?? null) : null;
  });
  watch(
    muted,
    (microphone, _before, onCleanup) => {
      speaking.value = false;
      if (microphone === null) return;
      onCleanup(
        watchSpeech(microphone, (now) => {
          speaking.value = now;
        }),
      );
    },
    { immediate: true },
  );
  return speaking;
}
