/** Everything the engine cannot do by itself. Two engines talk in a test because all of it comes in from outside. R4 */
import type { CallReport } from '../../preload/contract/calls';
import type { RoomId, UserId } from '../../preload/contract/ids';
import type { OutgoingSignal, SignalOutcome, TurnServers } from '../../preload/contract/signalling';
import type { CallNotice } from './call-view';

/** Ends what it was returned for; calling it twice does no harm. */
export type Cancel = () => void;

export interface Clock {
  /** Clock time, ms since the epoch. */
  readonly now: () => number;
  /** Runs `action` once, `ms` from now. */
  readonly after: (ms: number, action: () => void) => Cancel;
}

/** What the engine uses of an `RTCPeerConnection`. Its events come through `PeerConnectionEvents`. */
export type PeerConnection = Pick<
  RTCPeerConnection,
  | 'addIceCandidate'
  | 'addTransceiver'
  | 'close'
  | 'connectionState'
  | 'createAnswer'
  | 'createOffer'
  | 'getStats'
  | 'getTransceivers'
  | 'iceConnectionState'
  | 'iceGatheringState'
  | 'localDescription'
  | 'remoteDescription'
  | 'restartIce'
  | 'setConfiguration'
  | 'setLocalDescription'
  | 'setRemoteDescription'
  | 'signalingState'
>;

export interface PeerConnectionEvents {
  /** Null at the end of a generation of candidates. */
  readonly candidate: (candidate: RTCIceCandidateInit | null) => void;
  readonly gatheringStateChanged: () => void;
  readonly connectionStateChanged: () => void;
  readonly negotiationNeeded: () => void;
  readonly track: (track: MediaStreamTrack, streams: readonly MediaStream[]) => void;
  /** A keypad digit of the far end (RFC 4733), each once: from where `receivesDigits` says that they can be told apart. */
  readonly digit: (digit: string) => void;
}

export type CaptureDevice = 'microphone' | 'camera';
export type CaptureNotice = Extract<CallNotice, { about: CaptureDevice }>;

/** A track for each device that could be opened, a reason for each that could not. */
export interface Captured {
  readonly tracks: Partial<Readonly<Record<CaptureDevice, MediaStreamTrack>>>;
  readonly problems: readonly CaptureNotice[];
}

export interface Capture {
  /** A stream without tracks: it can be named in SDP before any device is open. */
  readonly newStream: () => MediaStream;
  /** Opens devices; never rejects. */
  readonly open: (devices: readonly CaptureDevice[]) => Promise<Captured>;
  /** Would `open` give something else now, another device or the same with other processing? */
  readonly isOutdated: (device: CaptureDevice, track: MediaStreamTrack) => boolean;
  /** Tells that devices came or went, or that the person chose others. */
  readonly watch: (listener: () => void) => Cancel;
}

/** User Timing marks of one call; design.md, "Handles". */
export type CallMark = 'call:invite-sent' | 'call:ringing' | 'call:connected' | 'call:first-audio';

export interface CallEnvironment {
  readonly clock: Clock;
  /** `length` random characters of [0-9A-Za-z]. */
  readonly randomId: (length: number) => string;
  readonly createPeerConnection: (configuration: RTCConfiguration, events: PeerConnectionEvents) => PeerConnection;
  readonly capture: Capture;
  /** Never rejects. Signals of one call leave in the order given, candidates last. */
  readonly send: (signal: OutgoingSignal) => Promise<SignalOutcome>;
  /** Null where the homeserver offers none: the call goes on without (V0-13). */
  readonly turn: (account: UserId) => Promise<TurnServers | null>;
  /** ms that an invite of ours is worth answering. LV-09 */
  readonly inviteLifetime: () => number;
  /** Calls go through a relay or not at all: the far end learns no address of ours. V0-15 */
  readonly relayOnly: () => boolean;
  /** Connections tell received digits, so the far end may be offered to send them. DT-02 */
  readonly receivesDigits: boolean;
  /** The room in which a person of the account can be called, made if there is none; null where that cannot be. X-01 */
  readonly roomWith: (account: UserId, peer: UserId) => Promise<RoomId | null>;
  readonly report: (report: CallReport) => void;
  readonly mark: (mark: CallMark, callId: string) => void;
  /** One line for the debug log: which rule, and why. Never SDP, addresses or names. */
  readonly log: (rule: string, reason: string) => void;
}
