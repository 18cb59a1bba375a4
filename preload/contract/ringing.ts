/** The small window of ringing calls. It knows nothing by itself: main tells it all that it shows. */
import { z } from 'zod';
import type { CallReport } from './calls';
import type { UserId } from './ids';
import type { Settings } from './settings';
import { callKey, type CallKey } from './signalling';
import type { FarTrust } from './trust';

/** One ringing call as its card shows it. */
export interface RingingCard extends CallKey {
  readonly caller: UserId;
  readonly name: string;
  /** `app:` URL of the caller's picture; null where they have none. */
  readonly picture: string | null;
  readonly kind: CallReport['kind'];
  /** The account that is called; null when there is only one. */
  readonly forAccount: UserId | null;
  /** Its sound was stopped. RG-09 */
  readonly silenced: boolean;
  /** Name of the person in the call that an answer would interrupt; null without one. */
  readonly during: string | null;
  /** Who that is, and who can listen; null while nobody knows. */
  readonly far: FarTrust | null;
}

export interface CallWindowView {
  /** Another number with every view: a height that belongs to an older one says nothing. */
  readonly revision: number;
  /** Oldest first; empty while the window is not needed. */
  readonly calls: readonly RingingCard[];
  readonly language: Settings['language'];
  /** BCP 47 tag of the desktop. */
  readonly systemLanguage: string;
}

/** What its buttons do. `answer` holds the call that goes on, `endAndAnswer` ends it. */
export const RingingAnswer = z.strictObject({
  ...callKey,
  action: z.enum(['answer', 'answerWithVideo', 'endAndAnswer', 'decline', 'silence']),
});
export type RingingAnswer = z.infer<typeof RingingAnswer>;

/** CSS pixels that the view needs. */
export const CallWindowSize = z.strictObject({
  revision: z.number().int().min(0),
  height: z.number().int().min(1).max(10_000),
});
export type CallWindowSize = z.infer<typeof CallWindowSize>;
