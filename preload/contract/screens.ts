/** What can be shared of the screen. */
import { z } from 'zod';

/** A screen or a window that can be shared. Pictures are `data:` URLs, null where there is none. */
export interface ScreenSource {
  readonly id: string;
  readonly name: string;
  readonly kind: 'screen' | 'window';
  readonly picture: string | null;
  /** Of the program whose window it is. */
  readonly icon: string | null;
}

/** `system`: the desktop asks by itself as soon as the page captures. `denied`: it keeps the screen from us. */
export type ScreenSources =
  | {
      readonly kind: 'ours';
      readonly sources: readonly ScreenSource[];
      /** The sound of the computer can be shared too. */
      readonly systemAudio: boolean;
    }
  | { readonly kind: 'system' }
  | { readonly kind: 'denied' };

/** `id` null: leave it to the desktop. */
export const ScreenChoice = z.strictObject({ id: z.string().max(255).nullable(), systemAudio: z.boolean() });
export type ScreenChoice = z.infer<typeof ScreenChoice>;
