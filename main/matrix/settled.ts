/** An invite that was over before we read of it must not ring. Spec: Voice over IP, "Liveness"; checklist LV-05. */
import type { ReceivedCallEventType } from '../../preload/contract/signalling';

export interface CallMove {
  readonly callId: string;
  readonly type: ReceivedCallEventType;
  readonly sender: string;
  readonly content: Readonly<Record<string, unknown>>;
}

/**
 * Did what was read together with `invite` settle it? The caller's device ends it by hanging up or by choosing somebody's
 * answer (AN-21); a device of ours by answering, rejecting or, in version 0, hanging up (AN-12, AN-13, AN-14).
 * @param others events of the same room
 * @param account our user id
 */
export function isSettled(invite: CallMove, others: readonly CallMove[], account: string): boolean {
  return others.some((other) => {
    if (other.callId !== invite.callId) return false;
    if (isByCaller(invite, other)) return other.type === 'm.call.hangup' || other.type === 'm.call.select_answer';
    if (other.sender !== account) return false;
    const isRefusal = other.type === 'm.call.hangup' && invite.content.version === 0;
    return isRefusal || other.type === 'm.call.answer' || other.type === 'm.call.reject';
  });
}

/** A hangup of theirs without a party, or where the invite had none, leaves nobody who waits. V1-10 */
function isByCaller(invite: CallMove, other: CallMove): boolean {
  if (other.sender !== invite.sender) return false;
  const [theirs, own] = [party(other), party(invite)];
  return theirs === own || (other.type === 'm.call.hangup' && (theirs === null || own === null));
}

/** The null party of version 0, or of a sloppy version 1, has no name. V1-10 */
function party({ content }: CallMove): string | null {
  return typeof content.party_id === 'string' ? content.party_id : null;
}
