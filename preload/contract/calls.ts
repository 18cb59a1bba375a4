/** Calls as main knows them. */
import { z } from 'zod';
import { PartyId, UserId } from './ids';
import { callKey } from './signalling';

/** What the engine reports of each call, so that main can ring, show, and hang up for a window that died. R1, AN-27 */
export const CallReport = z.strictObject({
  ...callKey,
  partyId: PartyId,
  /** What a hangup on our behalf must say. V1-01, AN-14 */
  version: z.union([z.literal(0), z.literal('1')]),
  direction: z.enum(['incoming', 'outgoing']),
  peer: UserId,
  kind: z.enum(['voice', 'video']),
  state: z.enum(['preparing', 'inviting', 'ringing', 'answering', 'connecting', 'connected', 'reconnecting', 'ended']),
  /** The homeserver has our invite or answer: only then does the far end know of us. AN-19 */
  announced: z.boolean(),
  muted: z.boolean(),
  /** By us: nobody talks here now. NG-09 */
  held: z.boolean(),
  /** Somebody sees a picture: a camera or a screen, ours or theirs. */
  picture: z.boolean(),
  /** Our screen is seen by the far end. */
  sharing: z.boolean(),
  /** With `ended` only: an `EndReason` of renderer/call/call-state.ts. */
  reason: z.string().max(64).optional(),
  /** With `ended` only: whose doing it was. */
  by: z.enum(['us', 'them', 'circumstance']).optional(),
});
export type CallReport = z.infer<typeof CallReport>;

/** What main asks of the engine for a person at the tray, a notification or a hotkey. */
export type CallAction =
  | 'answer'
  | 'answerWithVideo'
  /** In place of the call that goes on now. */
  | 'endAndAnswer'
  /** By the person's own list, without their hand: as a voice call, and with a tone. */
  | 'autoAnswer'
  | 'decline'
  | 'hangUp'
  | 'toggleMute'
  /** A call that was not connected yet stays as it is. */
  | 'toggleHold'
  | 'stopSharing'
  | 'silence';
