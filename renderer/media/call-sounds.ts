/** Which sound belongs to what is on the screen. Pure: the same calls give the same sound. */
import type { CallView } from '../call/call-view';
import type { Tone } from './tones';

/**
 * The tone that should sound now. Ringing comes first; while the person is in another call it is only a soft sign, and a
 * call that was silenced has none. "Calling" is heard once the homeserver has taken the invite, not before.
 */
export function lastingTone(
  calls: readonly CallView[],
  isSilenced: (call: CallView) => boolean,
): Tone | 'ringtone' | null {
  const talking = calls.some(
    ({ state, heldByUs }) => !heldByUs && ['answering', 'connecting', 'connected', 'reconnecting'].includes(state.name),
  );
  const rings = calls.some(
    (call) => call.direction === 'incoming' && call.state.name === 'ringing' && call.verdict.ring && !isSilenced(call),
  );
  if (rings) return talking ? 'waiting' : 'ringtone';
  if (calls.some(({ state }) => state.name === 'inviting')) return 'ringback';
  // Whoever holds hears nothing anyway, and wants nothing said.
  const held = calls.some(({ state, heldByPeer, heldByUs }) => state.name === 'connected' && heldByPeer && !heldByUs);
  return held ? 'held' : null;
}

/** The tone with which a call ends, if its end should be heard: not where another device took it, nor after a glare. RG-11 */
export function endingTone(call: CallView): Tone | null {
  if (call.state.name !== 'ended') return null;
  const { reason, by } = call.state;
  if (reason === 'answered_elsewhere' || reason === 'rejected_elsewhere' || reason === 'glare') return null;
  if (call.connectedAt !== null) return isFailure(reason) ? 'lost' : 'ended';
  if (isFailure(reason)) return 'congestion';
  return call.direction === 'outgoing' && by !== 'us' ? 'busy' : null;
}

/** Nobody decided that it ends. */
function isFailure(reason: Extract<CallView['state'], { name: 'ended' }>['reason']): boolean {
  switch (reason) {
    case 'ice_failed':
    case 'ice_timeout':
    case 'not_sent':
    case 'unknown_error':
    case 'user_media_failed':
      return true;
    default:
      return false;
  }
}
