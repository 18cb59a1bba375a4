/** What a test may ask of the far ends' pages: plain data, for it crosses from the browser. */

/** A signed-in device, as the homeserver's helpers make it. */
export interface Session {
  readonly baseUrl: string;
  readonly userId: string;
  readonly deviceId: string;
  readonly accessToken: string;
  /** With keys of its own: it can speak in encrypted rooms. */
  readonly crypto?: boolean;
}

export type Kind = 'voice' | 'video';

export interface PlaceOptions {
  /** User id; left out, as Element Web does, the call is for anybody in the room. */
  readonly invitee?: string;
  /** ms, instead of what the far end's software says in its invites. */
  readonly lifetime?: number;
  /** Instead of one that it makes up. */
  readonly callId?: string;
}

/** A stream of the other party, as matrix-js-sdk sees it. */
export interface Feed {
  readonly purpose: string;
  readonly audioMuted: boolean;
  readonly videoMuted: boolean;
  readonly hasVideo: boolean;
}

/** A call as matrix-js-sdk sees it; `state` and `hangup` in its own words. */
export interface SdkCall {
  readonly callId: string;
  readonly direction: string;
  readonly state: string;
  /** Of its RTCPeerConnection: `state` knows of ICE only. */
  readonly connection: RTCPeerConnectionState | null;
  readonly hangup: { readonly reason: string; readonly by: string } | null;
  readonly heldByUs: boolean;
  readonly heldByThem: boolean;
  readonly feeds: readonly Feed[];
  /** Error codes that the call gave to its application. */
  readonly errors: readonly string[];
}

/** matrix-js-sdk's `MatrixCall`. What acts on a call acts on the one that lives. */
export interface SdkPage {
  /** Resolves after the first sync. */
  readonly start: (session: Session) => Promise<void>;
  /** @returns the call's id as soon as there is one; the invite may not have left. */
  readonly place: (roomId: string, kind: Kind, options: PlaceOptions) => string;
  readonly answer: (kind: Kind) => Promise<void>;
  readonly reject: () => void;
  readonly hangUp: () => void;
  readonly hold: (held: boolean) => void;
  readonly muteMicrophone: (muted: boolean) => Promise<void>;
  /** Unmuting turns a voice call into a video call. */
  readonly muteCamera: (muted: boolean) => Promise<void>;
  readonly shareScreen: (shared: boolean) => Promise<void>;
  readonly dial: (digit: string) => void;
  readonly restartIce: () => void;
  /** All since the start, oldest first. */
  readonly calls: () => readonly SdkCall[];
}

export interface ZeroCall {
  readonly callId: string;
  readonly state: 'inviting' | 'ringing' | 'answered' | 'ended';
  /** Of the RTCPeerConnection. */
  readonly connection: RTCPeerConnectionState;
  readonly endedBy: 'us' | 'them' | null;
  /** Types of events about this call that version 0 does not know. */
  readonly strange: readonly string[];
}

/** A client of version 0: raw events and a peer connection, nothing else. */
export interface ZeroPage {
  readonly start: (session: Session) => Promise<void>;
  readonly place: (roomId: string, kind: Kind) => Promise<void>;
  readonly answer: (kind: Kind) => Promise<void>;
  /** Before an answer this is how version 0 declines. */
  readonly hangUp: () => Promise<void>;
  /** The newest. */
  readonly call: () => ZeroCall | null;
}

declare global {
  interface Window {
    sdk: SdkPage;
    zero: ZeroPage;
  }
}
