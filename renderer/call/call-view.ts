/** What the screen may know of a call: read-only, replaced whole with every change. */
import type { UserId } from '../../preload/contract/ids';
import type { CallKey, RingVerdict } from '../../preload/contract/signalling';
import type { CallState } from './call-state';
import type { Identity } from './events';
import type { Sample } from './quality';
import type { TransferTarget } from './transfer-events';

/** Voice or video: what a call was placed as, or answered with. */
export type CallKind = 'voice' | 'video';

/** Why no microphone or camera could be had. */
export type CaptureProblem = 'none' | 'denied' | 'busy' | 'failed';

/** Why a signal did not get through. `untrusted`: it may not be encrypted for those who are there. EN-02 */
export type SendProblem = 'forbidden' | 'gaveUp' | 'untrusted';

/** Something the user should be told while the call goes on. */
export type CallNotice =
  | { readonly about: 'microphone' | 'camera'; readonly problem: CaptureProblem }
  | { readonly about: 'signalling'; readonly problem: SendProblem };

/**
 * A call that is to go on with `target`. Who is `asked` to go decides; who `asks` waits for that.
 *
 *   them asking us    asked ──yes──▶ going ──answered──▶ (this call ends)
 *                       │              └──not answered──▶ failed
 *                       └──no──▶ (nothing)
 *   we asking them    asking ──▶ (this call ends), or refused, or silent: nothing came of it for a minute
 *   with the target   promised: we asked `target` to call them. awaited: `target` will call us, instead of this call
 */
export interface TransferView {
  readonly step: 'asked' | 'going' | 'failed' | 'asking' | 'refused' | 'silent' | 'promised' | 'awaited';
  readonly target: TransferTarget;
}

export interface CallView extends CallKey {
  readonly direction: 'incoming' | 'outgoing';
  readonly peer: UserId;
  /** What the caller offered, or asked for; it does not change when cameras do. */
  readonly kind: CallKind;
  readonly state: CallState;
  /** Only an incoming call that may not ring is `ring: false`; it is listed, never sounded. RG-04 */
  readonly verdict: RingVerdict;
  /** Clock time in ms at which media first flowed, or null before. */
  readonly connectedAt: number | null;
  /** Clock time in ms at which the call ended, or null before. */
  readonly endedAt: number | null;
  readonly microphoneMuted: boolean;
  readonly cameraOn: boolean;
  /** False where the far end knows no change of a running call and the call carries no picture. NG-15, N5 */
  readonly canUseCamera: boolean;
  /** The far end said that its microphone is muted. SM-07 */
  readonly peerMuted: boolean;
  readonly peerCameraOn: boolean;
  readonly heldByUs: boolean;
  readonly heldByPeer: boolean;
  /** We hold, but the far end cannot be told: it hears silence and sees no picture. The screen must say so. NG-15, N5 */
  readonly holdIsLocal: boolean;
  readonly canShareScreen: boolean;
  /** Our screen while it is shared. */
  readonly localScreen: MediaStream | null;
  /** The far end's screen while it is shared. */
  readonly remoteScreen: MediaStream | null;
  /** The far end said that it takes keypad digits; others may still be sent them, at the person's word. DT-02 */
  readonly peerTakesDigits: boolean;
  /** Keypad digits of the far end, oldest first; the last hundred. DT-01 */
  readonly receivedDigits: string;
  /** Who the far end says it is, behind a bridge; its own word, to be shown as such. X-02 */
  readonly peerIdentity: Identity | null;
  readonly localStream: MediaStream | null;
  readonly remoteStream: MediaStream | null;
  /** The far end says that it can be transferred, and may be asked now. X-01 */
  readonly canTransfer: boolean;
  readonly transfer: TransferView | null;
  readonly notice: CallNotice | null;
}

/** What the screen may ask of the calls. Every function is safe to call at any time; what no longer fits does nothing. */
export interface CallControls {
  /** Somebody is likely to call `peer` next: makes ready what can be. Costs nothing to say twice. */
  readonly expect: (target: PlaceTarget, kind: CallKind) => void;
  /**
   * Calls `peer` in a direct room. Returns the new call, or the running one with that person: no second call is placed,
   * and one of theirs that rings is answered. Other running calls go on hold.
   */
  readonly place: (target: PlaceTarget, kind: CallKind) => CallKey;
  /** Other running calls go on hold. RG-10 */
  readonly answer: (call: CallKey, kind: CallKind) => void;
  readonly decline: (call: CallKey) => void;
  readonly hangUp: (call: CallKey) => void;
  readonly setMicrophoneMuted: (call: CallKey, muted: boolean) => void;
  readonly setCameraOn: (call: CallKey, on: boolean) => void;
  /** Holds or resumes; to resume one call holds the others. NG-09 */
  readonly setHeld: (call: CallKey, held: boolean) => void;
  /** Sends keypad digits (0-9, A-D, *, #, and a comma for a pause), after those still being sent. DT-01 */
  readonly sendDigits: (call: CallKey, digits: string) => void;
  /** Shares what the picker gave. The stream belongs to the call from now on: its tracks are stopped when that ends. */
  readonly shareScreen: (call: CallKey, screen: MediaStream) => void;
  readonly stopSharing: (call: CallKey) => void;
  /** Asks the far end to call `target` instead: a blind transfer. It may refuse. X-01 */
  readonly transfer: (call: CallKey, target: TransferTarget) => void;
  /** Asks the far ends of two calls to talk to each other instead: an attended transfer. X-01 */
  readonly connect: (call: CallKey, to: CallKey) => void;
  /** What the person says to being transferred: this one is asked first. X-01 */
  readonly acceptTransfer: (call: CallKey) => void;
  readonly declineTransfer: (call: CallKey) => void;
  /** One look at what WebRTC counts, for `quality.ts` to compare with the one before; null where there is no connection. */
  readonly sample: (call: CallKey) => Promise<Sample | null>;
  /** Takes an ended call off the screen. */
  readonly dismiss: (call: CallKey) => void;
}

export interface PlaceTarget {
  readonly account: UserId;
  readonly roomId: CallKey['roomId'];
  readonly peer: UserId;
}
