/** What a call is called at each moment: its state, why it ended, and what can be done then. Pure. */
import type { EndedBy } from '../call/call-state';
import type { CallView } from '../call/call-view';
import type { MessageKey } from '../i18n/messages';

export interface EndWords {
  readonly cause: MessageKey;
  /** What to do next, where the cause alone does not say it. */
  readonly hint: MessageKey | null;
  /** Something went wrong, as opposed to somebody having decided. */
  readonly failed: boolean;
}

/** The word of the `status` element (design, "Handles"). `call.status.heldBy` takes `{name}`. */
export function statusOf(call: CallView): MessageKey {
  switch (call.state.name) {
    case 'preparing':
    case 'inviting':
      return 'call.status.calling';
    case 'ringing':
      return 'call.status.ringing';
    case 'answering':
    case 'connecting':
      return 'call.status.connecting';
    case 'connected':
      if (call.heldByUs) return 'call.status.onHold';
      return call.heldByPeer ? 'call.status.heldBy' : 'call.status.connected';
    case 'reconnecting':
      return 'call.status.reconnecting';
    case 'ended':
      return 'call.status.ended';
  }
}

/** One quiet sentence below the name: the most telling of what is so. All take `{name}`. */
export function hintOf(call: CallView): MessageKey | null {
  switch (call.state.name) {
    case 'preparing':
    case 'inviting':
      return call.heldByUs ? 'call.hold.early' : 'call.calling';
    case 'answering':
    case 'connecting':
      return call.heldByUs ? 'call.hold.early' : 'call.connecting';
    case 'reconnecting':
      return 'call.reconnecting';
    case 'connected':
      return holdHintOf(call);
    case 'ringing':
    case 'ended':
      return null;
  }
}

function holdHintOf({ heldByUs, heldByPeer, holdIsLocal }: CallView): MessageKey | null {
  if (heldByUs && holdIsLocal) return 'call.hold.local';
  if (heldByUs && heldByPeer) return 'call.hold.both';
  if (heldByUs) return 'call.hold.byUs';
  return heldByPeer ? 'call.hold.byPeer' : null;
}

const decided = (cause: MessageKey, hint: MessageKey | null = null): EndWords => ({ cause, hint, failed: false });
const failed = (cause: MessageKey, hint: MessageKey | null = null): EndWords => ({ cause, hint, failed: true });

/** Why the call ended, from where this person stands; null while it lives. */
export function endOf(call: CallView): EndWords | null {
  if (call.state.name !== 'ended') return null;
  const { reason, by } = call.state;
  const incoming = call.direction === 'incoming';
  const wasConnected = call.connectedAt !== null;
  switch (reason) {
    case 'user_hangup':
      return hungUp(incoming, wasConnected, by);
    case 'rejected':
      return incoming ? decided('ended.declinedByUs') : decided('ended.declinedByThem');
    case 'invite_timeout':
      return incoming ? decided('ended.missed') : decided('ended.noAnswer', 'ended.hint.noAnswer');
    case 'user_busy':
      return incoming ? decided('ended.busyUs') : decided('ended.busy', 'ended.hint.busy');
    case 'ice_failed':
    case 'ice_timeout':
      if (wasConnected) return failed('ended.lost', 'ended.hint.lost');
      return failed(reason === 'ice_failed' ? 'ended.iceFailed' : 'ended.iceTimeout', 'ended.hint.network');
    case 'user_media_failed':
      if (by === 'them') return failed('ended.theirMedia', 'ended.hint.theirMedia');
      return failed('ended.ownMedia', unlessNoticed(call, 'ended.hint.ownMedia'));
    case 'not_sent':
      return failed('ended.notSent', unlessNoticed(call, 'ended.hint.notSent'));
    case 'unknown_error':
      return failed('ended.unknown', unlessNoticed(call, 'ended.hint.unknown'));
    case 'answered_elsewhere':
      return decided('ended.answeredElsewhere');
    case 'rejected_elsewhere':
      return decided('ended.declinedElsewhere');
    case 'glare':
      return decided('ended.glare');
    case 'left_room':
      return decided('ended.leftRoom', 'ended.hint.leftRoom');
    case 'no_codec':
      return failed('ended.noCodec', 'ended.hint.noCodec');
    case 'transferred':
      return decided('ended.transferred');
  }
}

function hungUp(incoming: boolean, wasConnected: boolean, by: EndedBy): EndWords {
  if (by === 'us' && !wasConnected) return decided(incoming ? 'ended.declinedByUs' : 'ended.cancelled');
  if (incoming && !wasConnected) return decided('ended.missed');
  if (by === 'circumstance') return decided('ended.finished');
  return decided(by === 'us' ? 'ended.byUs' : 'ended.byThem');
}

/** A notice names the cause and the way out more exactly than a reason can. */
const unlessNoticed = (call: CallView, hint: MessageKey): MessageKey | null => (call.notice === null ? hint : null);
