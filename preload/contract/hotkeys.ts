/** Keys that reach Carillon while another program has the keyboard. */
import { z } from 'zod';

/** `talk`: opens the muted microphone, and mutes it again. */
export const hotkeyNames = ['mute', 'answer', 'hangUp', 'talk'] as const;
export type HotkeyName = (typeof hotkeyNames)[number];

/** As Electron writes it: modifiers, then one key, for example `CommandOrControl+Shift+M`. */
export const Accelerator = z
  .string()
  .regex(/^(?:(?:CommandOrControl|Control|Command|Alt|Shift|Super)\+){0,4}[A-Za-z0-9][A-Za-z0-9]{0,19}$/);

/** Null: no key. */
export const Hotkeys = z.strictObject({
  mute: Accelerator.nullable(),
  answer: Accelerator.nullable(),
  hangUp: Accelerator.nullable(),
  talk: Accelerator.nullable(),
});
export type Hotkeys = z.infer<typeof Hotkeys>;

/** Why a key cannot be had. */
export type HotkeyRefusal =
  | { readonly reason: 'ours'; readonly holder: HotkeyName }
  /** Carillon uses it in its window for something else. */
  | { readonly reason: 'inWindow' }
  /** The desktop keeps it for itself. */
  | { readonly reason: 'reserved' }
  /** Without a modifier it could not be typed any more in any program. */
  | { readonly reason: 'bare' }
  /** The system refused it; `holder` names who has it, where that can be found out. */
  | { readonly reason: 'taken'; readonly holder: string | null }
  /** This desktop has no such keys. */
  | { readonly reason: 'unsupported' };

export type HotkeyState =
  | { readonly state: 'off' | 'works' }
  /** It is chosen, and does nothing now. */
  | { readonly state: 'refused'; readonly refusal: HotkeyRefusal };

export interface HotkeysReport {
  readonly states: Readonly<Record<HotkeyName, HotkeyState>>;
  /** `portal`: the desktop asks the person to confirm each key, and may give another one (Wayland). */
  readonly by: 'system' | 'portal';
}

export type HotkeyResult = { readonly ok: true } | { readonly ok: false; readonly refusal: HotkeyRefusal };
