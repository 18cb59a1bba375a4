/** Keys as they are pressed, written, and read out: Electron's accelerators on one side, people on the other. Pure. */

export const isMac = (): boolean => /mac/i.test(navigator.platform);

/** What the keyboard says of a press. */
export type Press = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

const named: Readonly<Record<string, string>> = {
  ' ': 'Space',
  Enter: 'Enter',
  Tab: 'Tab',
  Backspace: 'Backspace',
  Delete: 'Delete',
  Insert: 'Insert',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  Home: 'Home',
  End: 'End',
  PageUp: 'PageUp',
  PageDown: 'PageDown',
  PrintScreen: 'PrintScreen',
  ScrollLock: 'Scrolllock',
  MediaPlayPause: 'MediaPlayPause',
  MediaStop: 'MediaStop',
  MediaTrackNext: 'MediaNextTrack',
  MediaTrackPrevious: 'MediaPreviousTrack',
};

/** The key without its modifiers, by its place where the layout gives no Latin letter; null for a modifier alone. */
function keyOf({ key, code }: Press): string | null {
  // Shift and Alt change what a key writes, not which key it is.
  const [, place = ''] = /^(?:Key|Digit)([A-Z0-9])$/.exec(code) ?? [];
  if (/^[a-z]$/i.test(key)) return key.toUpperCase();
  if (place !== '') return place;
  if (/^[0-9]$/.test(key)) return key;
  if (/^F\d{1,2}$/.test(key)) return key;
  return named[key] ?? null;
}

/** @returns null while only modifiers are down, and for keys that have no name. */
export function acceleratorOf(press: Press, mac = isMac()): string | null {
  const key = keyOf(press);
  if (key === null) return null;
  const control = mac ? 'Control' : 'CommandOrControl';
  const meta = mac ? 'CommandOrControl' : 'Super';
  const modifiers = [
    ...(press.ctrlKey ? [control] : []),
    ...(press.metaKey ? [meta] : []),
    ...(press.altKey ? ['Alt'] : []),
    ...(press.shiftKey ? ['Shift'] : []),
  ];
  return [...modifiers, key].join('+');
}

/** Each key as it stands on the keyboard: `Ctrl`, `Shift`, `M`; `⌘`, `⇧`, `M` on a Mac. */
export function keyCaps(accelerator: string, words: KeyWords, mac = isMac()): string[] {
  const signs: Readonly<Record<string, string>> = mac
    ? { CommandOrControl: '⌘', Command: '⌘', Control: '⌃', Alt: '⌥', Shift: '⇧', Super: '⌘' }
    : { CommandOrControl: words.control, Control: words.control, Alt: 'Alt', Shift: words.shift, Super: words.super };
  const plain: Readonly<Record<string, string>> = { Up: '↑', Down: '↓', Left: '←', Right: '→', Space: words.space };
  return accelerator.split('+').map((part) => signs[part] ?? plain[part] ?? part);
}

/** What keys are called in the language of the screen. */
export interface KeyWords {
  readonly control: string;
  readonly shift: string;
  readonly super: string;
  readonly space: string;
}
