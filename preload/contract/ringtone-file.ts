/** A sound file of the person's own, on its way to become their ringtone. */
import type { Settings } from './settings';

/** Bytes that a file may have. */
export const largestRingtone = 5_000_000;

/** `notSound`: it cannot be decoded. `notKept`: the disk cannot be written. */
export type RingtoneFailure = 'unreadable' | 'tooLarge' | 'notSound' | 'notKept';

/** `sound`: the whole file in base64. Nothing is kept yet: the page finds out whether it is sound. */
export type ChosenRingtone =
  | { readonly ok: true; readonly name: string; readonly sound: string }
  | { readonly ok: false; readonly reason: RingtoneFailure | 'cancelled' };

export type KeptRingtone =
  { readonly ok: true; readonly settings: Settings } | { readonly ok: false; readonly reason: RingtoneFailure };
