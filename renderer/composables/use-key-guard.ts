/**
 * Somebody who is typing when a call comes in must not answer or decline it by accident: Enter and Space do nothing until
 * the keyboard has been quiet for a moment.
 */
import { onScopeDispose } from 'vue';

/** ms without a key after which the next key is meant for what is on the screen. */
export const quiet = 500;

/** @returns handlers for keydown and keyup; to be attached in the capture phase, around what they guard. */
export function useKeyGuard(): { readonly onKey: (event: KeyboardEvent) => void } {
  let armed = false;
  let timer = setTimeout(arm, quiet);
  onScopeDispose(() => {
    clearTimeout(timer);
  });

  function arm(): void {
    armed = true;
  }

  return {
    onKey: (event) => {
      if (event.key === 'Tab' || armed) return;
      if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        event.stopPropagation();
      }
      clearTimeout(timer);
      timer = setTimeout(arm, quiet);
    },
  };
}
