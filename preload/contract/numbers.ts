/** Telephone numbers, which a homeserver's bridge may lead to. */
import { z } from 'zod';
import { UserId } from './ids';
import type { Person, PersonFailure } from './people';

/** `unknown`: the homeserver could not be asked yet. */
export type NumberSupport = 'yes' | 'no' | 'unknown';

/** Digits with `+` in front of an international number, `*` and `#`: what renderer/composables/phone-number.ts makes. */
export const NumberQuery = z.strictObject({ account: UserId, number: z.string().regex(/^\+?[0-9*#]{1,32}$/) });

export type NumberFailure =
  | PersonFailure
  | 'noBridge' // the homeserver leads to no telephone network
  | 'unknownNumber' // its bridge knows nobody of that number
  | 'bridgeSilent'; // whoever stands for the number does not come into the room

export type NumberResult =
  { readonly ok: true; readonly person: Person } | { readonly ok: false; readonly reason: NumberFailure };
