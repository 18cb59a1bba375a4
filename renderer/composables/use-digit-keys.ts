/** Digits, * and # of the keyboard, also of its numeric pad, dial into the call in front unless something else is typed. */
import { useEventListener } from '@vueuse/core';
import { isTyping } from './shortcuts';

/** Another thing is in front. */
const others = '[role=menu], [role=dialog]:not([data-digits])';

/** @param press called with each digit while the component is on the screen. */
export function useDigitKeys(press: (digit: string) => void): void {
  useEventListener(document, 'keydown', (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.repeat || event.isComposing || !/^[0-9*#]$/.test(event.key)) return;
    // On some keyboards # is AltGr and another key, which Windows calls Ctrl and Alt.
    const isShortcut = (event.ctrlKey || event.altKey || event.metaKey) && !event.getModifierState('AltGraph');
    if (isShortcut || isTyping(event.target) || (event.target as Element).closest(others) !== null) return;
    event.preventDefault();
    press(event.key);
  });
}
