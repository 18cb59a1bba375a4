/** `m.call.*` events in both directions, and what main adds to them. */
import { z } from 'zod';
import { CallId, opaqueId, RoomId, UserId } from './ids';

export const callEventTypes = [
  'm.call.invite',
  'm.call.answer',
  'm.call.candidates',
  'm.call.negotiate',
  'm.call.select_answer',
  'm.call.reject',
  'm.call.hangup',
  'm.call.sdp_stream_metadata_changed',
] as const;
export type CallEventType = (typeof callEventTypes)[number];
/** Only where somebody transfers a call: a room that forbids them can still be called in. MSC2747; X-01 */
const transferEventTypes = ['m.call.replaces', 'm.call.reject_replacement'] as const;
export const sentEventTypes = [...callEventTypes, ...transferEventTypes] as const;
export type SentEventType = (typeof sentEventTypes)[number];
/** Also taken, never sent: a bridge or exchange says who is really at the far end. X-02 */
export const receivedCallEventTypes = [...sentEventTypes, 'm.call.asserted_identity'] as const;
export type ReceivedCallEventType = (typeof receivedCallEventTypes)[number];

/** What names a call: the same call id in another room or account is another call. V1-09 */
export const callKey = { account: UserId, roomId: RoomId, callId: CallId };
export interface CallKey {
  readonly account: UserId;
  readonly roomId: RoomId;
  readonly callId: CallId;
}

/** An `m.call.*` event that the engine wants sent. Main never looks into `content`. */
export const OutgoingSignal = z.strictObject({
  ...callKey,
  /** Unique within the call; the transaction id follows from it, so that a repetition sends nothing twice. EN-04 */
  signalId: opaqueId,
  type: z.enum(sentEventTypes),
  content: z.record(z.string(), z.unknown()),
  /** Stop trying after this many ms: the lifetime of an invite, the retry bound of a hangup. AN-22 */
  giveUpAfter: z.number().int().min(1000).max(600_000),
});
export type OutgoingSignal = z.infer<typeof OutgoingSignal>;

/** What became of a signal. `cancelled`: a hangup overtook an invite that had not left yet; neither was sent. AN-19 */
export type SignalOutcome =
  | { readonly ok: true; readonly eventId: string }
  | {
      readonly ok: false;
      readonly reason: 'forbidden' | 'tooLarge' | 'rejected' | 'gaveUp' | 'cancelled' | 'signedOut' | 'untrusted';
    };

/** Main's answer to "may this invite ring?"; the reason is shown with the suppressed call. RG-04 */
export type RingVerdict =
  | { readonly ring: true }
  | {
      readonly ring: false;
      readonly why:
        | 'invitee' // for somebody else
        | 'ownUser' // placed by another device of ours, for anyone but us
        | 'expired'
        | 'settled' // answered, rejected or hung up before we saw it
        | 'publicRoom'
        | 'ignoredUser'
        | 'notJoined'
        | 'muted' // push rules or room settings
        | 'doNotDisturb'
        | 'notWanted' // of somebody whose calls do not ring here, by the person's own setting
        | 'tooMany' // as many ring as a person can bear
        | 'untrusted' // in clear text in an encrypted room, or under a name that is not the sender's
        | 'unverified'; // from a device or person whom the person here does not let call
    };

/** One thing that happened to a call, in the order in which it must be handled. EN-05 */
export type IncomingSignal =
  | {
      readonly kind: 'event';
      /** Position in this process's stream of signals: a renderer that appears late skips what its snapshot held. */
      readonly sequence: number;
      readonly account: UserId;
      readonly roomId: RoomId;
      readonly callId: CallId;
      readonly eventId: string;
      readonly sender: UserId;
      readonly type: ReceivedCallEventType;
      readonly content: Readonly<Record<string, unknown>>;
      /** ms since the event was sent, as the homeserver counted them, plus our own wait. LV-01 */
      readonly age: number;
      readonly encrypted: boolean;
      /** Joined and invited members of the room, ourselves included. GL-10, AN-20 */
      readonly members: number;
      /** With `m.call.invite` only. */
      readonly verdict?: RingVerdict;
    }
  | {
      /** A member left, was removed or banned; `userId` may be ourselves. RM-01, RM-04 */
      readonly kind: 'left';
      readonly sequence: number;
      readonly account: UserId;
      readonly roomId: RoomId;
      readonly userId: UserId;
    }
  | {
      /** The invite of a call was redacted. LV-15 */
      readonly kind: 'redacted';
      readonly sequence: number;
      readonly account: UserId;
      readonly roomId: RoomId;
      readonly callId: CallId;
      readonly eventId: string;
    };

export interface TurnServers {
  readonly urls: readonly string[];
  readonly username: string;
  readonly credential: string;
  /** ms since the epoch. */
  readonly expiresAt: number;
}
