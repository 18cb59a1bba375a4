/** Digits, * and # of the keyboard, also of its numeric pad, dial into the call in front unless something else is typed. */
import { useEventListener } from '@vueuse/core';

/** Whatever takes characters itself: fields, and lists that find their entries by the first letters. */
const takers =
  'input, textarea, select, [contenteditable], [role=menu], [role=listbox], [role=dialog]:not([data-digits])';

/** @param press called with each digit while the component is on the screen. */
export function useDigitKeys(press: (digit: string) => void): void {
  useEventListener(document, 'keydown', (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.repeat || event.isComposing || !/^[0-9*#]$/.test(event.key)) return;
    // On some keyboards # is AltGr and another key, which Windows calls Ctrl and Alt.
    const isShortcut = (event.ctrlKey || event.altKey || event.metaKey) && !event.getModifierState('AltGraph');
    if (isShortcut || (event.target as Element).closest(takers) !== null) return;
    event.preventDefault();
    press(event.key);
  });
}
