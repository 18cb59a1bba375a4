/** Which pictures of a call are on the screen. Pure. */
import type { CallView } from '../call/call-view';

export interface CallPictures {
  /** Shown large: a shared screen is there to be read. */
  readonly large: MediaStream | null;
  /** Stays, unseen, while the call is on hold: a new element would be black until its first frame. */
  readonly kept: MediaStream | null;
  /** The person beside the screen that they share. */
  readonly beside: MediaStream | null;
  /** Our own. */
  readonly own: MediaStream | null;
}

const none: CallPictures = { large: null, kept: null, beside: null, own: null };

export function picturesOf(call: CallView): CallPictures {
  if (call.state.name === 'ended') return none;
  const person = call.peerCameraOn ? call.remoteStream : null;
  const kept = call.remoteScreen ?? person;
  const own = !call.heldByUs && call.cameraOn ? call.localStream : null;
  if (call.heldByUs || call.heldByPeer) return { ...none, kept, own };
  return { large: kept, kept, beside: call.remoteScreen === null ? null : person, own };
}
