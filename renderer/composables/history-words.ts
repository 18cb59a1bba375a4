/** What a past call is called in the list, and the sentence that explains it. Pure. */
import type { HistoryEntry } from '../../preload/contract/history';
import type { MessageKey } from '../i18n/messages';

/** How it came out, in a word or two. */
export function outcomeOf({ outcome, direction }: HistoryEntry): MessageKey {
  const incoming = direction === 'incoming';
  switch (outcome) {
    case 'answered':
      return incoming ? 'history.incoming' : 'history.outgoing';
    case 'declined':
      return incoming ? 'history.outcome.declinedByUs' : 'history.outcome.declinedByThem';
    case 'cancelled':
      return incoming ? 'history.outcome.takenBack' : 'history.outcome.cancelled';
    case 'busy':
      return incoming ? 'history.outcome.busyUs' : 'history.outcome.busyThem';
    default:
      return `history.outcome.${outcome}`;
  }
}

/** Takes `{name}`; null where the outcome says it all. */
export function explanationOf({ outcome, direction, cause }: HistoryEntry): MessageKey | null {
  if (cause !== null) return causeOf(cause);
  const incoming = direction === 'incoming';
  switch (outcome) {
    case 'answered':
    case 'answeredElsewhere':
    case 'declinedElsewhere':
      return null;
    case 'declined':
      return incoming ? 'ended.declinedByUs' : 'ended.declinedByThem';
    case 'cancelled':
      return incoming ? 'history.why.takenBack' : 'ended.cancelled';
    case 'busy':
      return incoming ? 'ended.busyUs' : 'ended.busy';
    case 'suppressed':
    case 'failed':
      return 'ended.unknown';
    default:
      return `ended.${outcome}`;
  }
}

function causeOf(cause: NonNullable<HistoryEntry['cause']>): MessageKey {
  switch (cause) {
    case 'notSent':
    case 'ownMedia':
    case 'theirMedia':
    case 'leftRoom':
    case 'unknown':
      return `ended.${cause}`;
    case 'noConnection':
      return 'ended.iceFailed';
    case 'connectionLost':
      return 'ended.lost';
    default:
      return `history.why.${cause}`;
  }
}

/** ms of talk; null when there was none, or nobody saw its end. */
export function talkOf({ connectedAt, endedAt }: HistoryEntry): number | null {
  return connectedAt === null || endedAt === null ? null : Math.max(0, endedAt - connectedAt);
}

/** ms that it rang; null when that is not known. */
export function ringOf({ startedAt, answeredAt, endedAt, outcome }: HistoryEntry): number | null {
  if (outcome === 'suppressed') return null;
  const until = answeredAt ?? endedAt;
  return until === null ? null : Math.max(0, until - startedAt);
}
