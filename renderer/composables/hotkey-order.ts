/** Global keys in the order in which they are listed. */
import type { HotkeyName } from '../../preload/contract/hotkeys';

export const hotkeyOrder: readonly HotkeyName[] = ['mute', 'talk', 'answer', 'hangUp'];
