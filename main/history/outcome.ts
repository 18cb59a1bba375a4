/**
 * What came of a call, from each of those who can tell: the engine's last report, the end of its ringing, the verdict on
 * its invite. Pure. Spec: Voice over IP; checklist GL-15, LV-05, LV-11, RG-04, RM-01, RM-04.
 */
import type { CallReport } from '../../preload/contract/calls';
import type { CallCause, CallOutcome, HistoryEntry } from '../../preload/contract/history';
import type { RingVerdict } from '../../preload/contract/signalling';
import type { RingingEnd } from '../ringing/alert-rules';

export interface Ending {
  readonly outcome: CallOutcome;
  readonly cause: CallCause | null;
}

type Past = Pick<HistoryEntry, 'direction' | 'answeredAt' | 'connectedAt'>;

const ending = (outcome: CallOutcome, cause: CallCause | null = null): Ending => ({ outcome, cause });

/** @returns null for a call that gave way to one from the other side: the person knows of one call only. GL-15 */
export function endingOfReport({ reason, by }: Pick<CallReport, 'reason' | 'by'>, past: Past): Ending | null {
  if (reason === 'glare') return null;
  const cause = causeOf(reason, by, past);
  if (past.connectedAt !== null) return ending('answered', cause);
  if (cause !== null) return ending('failed', cause);
  if (past.answeredAt !== null) return ending('failed', 'endedEarly');
  return past.direction === 'incoming' ? incomingEnding(reason, by) : outgoingEnding(reason, by);
}

/** What went wrong; null when somebody decided. */
function causeOf(reason: string | undefined, by: CallReport['by'], { connectedAt }: Past): CallCause | null {
  switch (reason) {
    case 'user_hangup':
    case 'rejected':
    case 'invite_timeout':
    case 'user_busy':
    case 'answered_elsewhere':
    case 'rejected_elsewhere':
    case 'transferred':
      return null;
    case 'ice_failed':
    case 'ice_timeout':
      return connectedAt === null ? 'noConnection' : 'connectionLost';
    case 'user_media_failed':
      return by === 'them' ? 'theirMedia' : 'ownMedia';
    case 'not_sent':
      return 'notSent';
    case 'left_room':
      return 'leftRoom';
    default:
      return 'unknown';
  }
}

function incomingEnding(reason: string | undefined, by: CallReport['by']): Ending {
  switch (reason) {
    case 'rejected':
      return ending('declined');
    case 'answered_elsewhere':
      return ending('answeredElsewhere');
    case 'rejected_elsewhere':
      return ending('declinedElsewhere');
    case 'user_busy':
      return ending('busy');
    case 'user_hangup':
      return ending(by === 'us' ? 'declined' : 'missed');
    default:
      return ending('missed');
  }
}

function outgoingEnding(reason: string | undefined, by: CallReport['by']): Ending {
  switch (reason) {
    case 'rejected':
      return ending('declined');
    case 'user_busy':
      return ending('busy');
    case 'invite_timeout':
      return ending('noAnswer');
    default:
      return ending(by === 'them' ? 'declined' : 'cancelled');
  }
}

/** @returns null for what does not end the call, but only its ringing. */
export function endingOfRinging(end: RingingEnd): Ending | null {
  switch (end) {
    case 'answered':
      return null;
    case 'declined':
    case 'answeredElsewhere':
      return ending(end);
    case 'rejectedElsewhere':
      return ending('declinedElsewhere');
    case 'hungUp':
    case 'expired':
    case 'callerLeft':
      return ending('missed');
    case 'redacted':
      return ending('cancelled');
    case 'weLeft':
      return ending('failed', 'leftRoom');
    case 'signedOut':
      return ending('failed', 'signedOut');
    case 'ended':
      return ending('failed', 'unknown');
  }
}

/**
 * For an invite that may not ring. `later`: it was over before we saw it, and how is told by the signals behind it.
 * `notOurs`: nobody called this person.
 */
export function endingOfVerdict(why: Extract<RingVerdict, { ring: false }>['why']): Ending | 'later' | 'notOurs' {
  switch (why) {
    case 'invitee':
    case 'ownUser':
      return 'notOurs';
    case 'settled':
      return 'later';
    case 'expired':
      return ending('missed');
    default:
      return ending('suppressed', why);
  }
}

/** For a call whose end nobody saw: the window crashed, or the program was killed. */
export function endingOfInterrupted({ direction, answeredAt, connectedAt }: Past): Ending {
  if (connectedAt !== null) return ending('answered', 'interrupted');
  return direction === 'incoming' && answeredAt === null ? ending('missed') : ending('failed', 'interrupted');
}

/** For a call that main hung up itself: at the end of the program, or when its account signs out. AN-27 */
export function endingOfHangup({ direction, answeredAt, connectedAt }: Past): Ending {
  if (connectedAt !== null) return ending('answered');
  return direction === 'outgoing' && answeredAt === null ? ending('cancelled') : ending('failed', 'endedEarly');
}

/** Would the person have wanted to speak? Who asks not to be disturbed wants to know later who called. */
export const isMissed = ({ outcome, cause }: Ending): boolean =>
  outcome === 'missed' || (outcome === 'suppressed' && cause === 'doNotDisturb');
