/**
 * What a ringing call must know, and which signals end its ringing. Pure: the alert itself is in alert.ts.
 * Spec: client-server API, Voice over IP; checklist AN-12, AN-13, AN-21, LV-01, LV-11, LV-15, RM-01, RM-04.
 */
import { callKeyOf } from '../../preload/contract/call-key';
import type { UserId } from '../../preload/contract/ids';
import type { CallKey, IncomingSignal } from '../../preload/contract/signalling';
import type { UnnumberedSignal } from '../account/contract';
import { inviteLifetime } from './policy';

export type Invite = Extract<UnnumberedSignal, { kind: 'event' }>;

export interface RingingFacts extends CallKey {
  readonly caller: UserId;
  /** Null for version 0, and for callers that leave it out (V1-10). */
  readonly callerParty: string | null;
  /** Such a call is refused by a hangup. AN-14 */
  readonly ofVersion0: boolean;
  /** ms from the moment the invite reached us until it expires. */
  readonly remaining: number;
}

/** Why a call does not ring any longer. */
export type RingingEnd =
  | 'answered'
  | 'declined'
  | 'answeredElsewhere'
  | 'rejectedElsewhere'
  | 'hungUp'
  | 'expired'
  | 'callerLeft'
  | 'weLeft'
  | 'redacted'
  | 'signedOut'
  | 'ended'; // by the engine, for a reason that needs no sign: glare, failure

/** The endings after which a person wants to know that somebody called. LV-11 */
export const isMissed = (end: RingingEnd): boolean => end === 'hungUp' || end === 'expired' || end === 'callerLeft';

export function ringingFacts(invite: Invite): RingingFacts {
  const { party_id: party, lifetime, version } = invite.content;
  return {
    account: invite.account,
    roomId: invite.roomId,
    callId: invite.callId,
    caller: invite.sender,
    callerParty: typeof party === 'string' ? party : null,
    ofVersion0: version === 0,
    remaining: Math.max(0, inviteLifetime(lifetime) - Math.max(0, invite.age)),
  };
}

/** @returns why `signal` ends the ringing of this call, or null when it does not. */
export function endsRinging(call: RingingFacts, signal: UnnumberedSignal | IncomingSignal): RingingEnd | null {
  if (signal.account !== call.account || signal.roomId !== call.roomId) return null;
  if (signal.kind === 'left') return endByLeaving(call, signal.userId);
  if (callKeyOf(signal) !== callKeyOf(call)) return null;
  if (signal.kind === 'redacted') return 'redacted';
  return fromCaller(call, signal) ? endByCaller(signal.type) : endByOwnDevice(call, signal);
}

function endByLeaving(call: RingingFacts, who: UserId): RingingEnd | null {
  if (who === call.account) return 'weLeft'; // RM-04
  return who === call.caller ? 'callerLeft' : null; // RM-01
}

/**
 * The caller's own device, not merely the caller: another device of theirs has no say (AN-21). A hangup without a party
 * can come from a version 0 caller or from a sloppy one; either way nobody waits any more (V1-10).
 */
function fromCaller(call: RingingFacts, { sender, type, content }: Invite): boolean {
  const party = typeof content.party_id === 'string' ? content.party_id : null;
  if (sender !== call.caller) return false;
  return party === call.callerParty || (type === 'm.call.hangup' && (party === null || call.callerParty === null));
}

function endByCaller(type: Invite['type']): RingingEnd | null {
  if (type === 'm.call.hangup') return 'hungUp';
  // We have not answered, so the caller chose somebody else's answer.
  return type === 'm.call.select_answer' ? 'answeredElsewhere' : null;
}

/** A member of a larger room who answers or refuses for themselves ends nothing here: only our own devices do. */
function endByOwnDevice(call: RingingFacts, signal: Invite): RingingEnd | null {
  if (signal.sender !== call.account) return null;
  if (signal.type === 'm.call.answer') return 'answeredElsewhere'; // AN-12
  // AN-13, AN-14. In version 1 a device of ours that hangs up could not take the call, which others may. N6
  const refuses = signal.type === 'm.call.reject' || (signal.type === 'm.call.hangup' && call.ofVersion0);
  return refuses ? 'rejectedElsewhere' : null;
}
