/**
 * The one place that listens for keys of the window. A component that can do what a key asks says so for as long as it is
 * on the screen; of several the latest is asked.
 */
import { useEventListener } from '@vueuse/core';
import { onScopeDispose } from 'vue';
import { windowKeys, type WindowKey } from '../../preload/contract/window-keys';
import { acceleratorOf } from './accelerator';

/** `help`: the list of all keys. */
export type Shortcut = WindowKey | 'help';

const handlers = new Map<Shortcut, (() => void)[]>();

/** Does `action` when the person presses the key, until the component is gone. */
export function onShortcut(shortcut: Shortcut, action: () => void): void {
  handlers.set(shortcut, [...(handlers.get(shortcut) ?? []), action]);
  onScopeDispose(() => {
    handlers.set(
      shortcut,
      (handlers.get(shortcut) ?? []).filter((other) => other !== action),
    );
  });
}

/** Whatever takes characters itself. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest(
    'textarea, select, [contenteditable], [role=listbox], [role=menu], ' +
      'input:not([type=checkbox], [type=radio], [type=range], [type=button])',
  ) !== null;

const byKey = new Map<string, Shortcut>(Object.entries(windowKeys).map(([name, key]) => [key, name as WindowKey]));

/**
 * To be called once, by the root component.
 * @param others what further keys mean.
 */
export function useShortcuts(others: (accelerator: string) => Shortcut | null): void {
  useEventListener(document, 'keydown', (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.repeat || event.isComposing) return;
    const shortcut = shortcutOf(event, others);
    const action = shortcut === null ? undefined : handlers.get(shortcut)?.at(-1);
    if (action === undefined) return;
    event.preventDefault();
    action();
  });
}

function shortcutOf(event: KeyboardEvent, others: (accelerator: string) => Shortcut | null): Shortcut | null {
  // AltGr writes characters on many keyboards, and Windows calls it Ctrl and Alt.
  if (event.getModifierState('AltGraph')) return null;
  if (event.key === '?' && !event.ctrlKey && !event.metaKey && !event.altKey) {
    return isTyping(event.target) || inDialog(event.target) ? null : 'help';
  }
  const accelerator = acceleratorOf(event);
  return accelerator === null ? null : (byKey.get(accelerator) ?? others(accelerator));
}

const inDialog = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[role=dialog], [role=alertdialog]') !== null;
