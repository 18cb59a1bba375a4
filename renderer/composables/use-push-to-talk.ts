/**
 * Push to talk in the window, where both ends of a press are seen: the muted microphone is open for as long as the key is
 * held. Space does it when nothing has the focus that Space would press; the global key does it anywhere in the window.
 */
import { useEventListener } from '@vueuse/core';
import { callNameOf } from '../../preload/contract/call-key';
import type { CallKey } from '../../preload/contract/signalling';
import { useCalls } from '../stores/calls';
import { useSettings } from '../stores/settings';
import { acceleratorOf } from './accelerator';
import { isTyping } from './shortcuts';
import { callInFront } from './use-call-shortcuts';

/** Whatever Space presses, opens or scrolls. */
const pressable =
  'button, a[href], summary, input, textarea, select, [contenteditable], [role=button], [role=switch], [role=radio], ' +
  '[role=tab], [role=option], [role=menuitem], [role=menuitemcheckbox], [role=menuitemradio], [role=slider], [role=dialog], ' +
  '[role=alertdialog]';

/** To be called once, by the root component. */
export function usePushToTalk(): void {
  const calls = useCalls();
  const settings = useSettings();
  /** The key that is held, and the call whose microphone it opened. */
  let held: { readonly code: string; readonly call: CallKey } | null = null;

  function isTalkKey(event: KeyboardEvent): boolean {
    const { hotkeys, spaceToTalk } = settings.settings;
    if (hotkeys.talk !== null && acceleratorOf(event) === hotkeys.talk) return true;
    if (!spaceToTalk || event.key !== ' ' || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey)
      return false;
    const target = event.target instanceof Element ? event.target : null;
    return target?.closest(pressable) === null && !isTyping(target);
  }

  function letGo(): void {
    if (held === null) return;
    calls.setMuted(held.call, true);
    held = null;
  }

  useEventListener(document, 'keydown', (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || !isTalkKey(event)) return;
    const call = callInFront(calls);
    if (call === null) return;
    // Also when it repeats: Space would scroll.
    event.preventDefault();
    if (event.repeat || held !== null || !call.microphoneMuted) return;
    held = { code: event.code, call: callNameOf(call) };
    calls.setMuted(call, false);
  });
  // The key itself or one of its modifiers: either way the press is over.
  useEventListener(document, 'keyup', (event: KeyboardEvent) => {
    if (held === null) return;
    const isModifier = ['Control', 'Shift', 'Alt', 'Meta'].includes(event.key);
    if (event.code === held.code || (isModifier && held.code !== 'Space')) letGo();
  });
  // A window that loses the keyboard is not told when the key is let go.
  useEventListener(window, 'blur', letGo);
}
