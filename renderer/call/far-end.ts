/** What the other client can do, read from its invite or answer. NG-15, SM-04, DT-02, N5 */
import type { Answer, CallVersion, Invite } from './events';

export interface FarEnd {
  readonly version: CallVersion;
  /** Its first description came with stream metadata: several streams and mute states mean something to it. SM-04 */
  readonly knowsStreams: boolean;
  /** It says that it takes keypad digits. DT-02 */
  readonly takesDigits: boolean;
  /** It says that it goes on with somebody else when it is asked to. X-01 */
  readonly transferee: boolean;
  /**
   * May the running call be changed by `m.call.negotiate`? Version 0 has no such event. A version 1 client that shows
   * neither stream metadata nor capabilities may hang up on one, so only a call that is lost anyway risks it (N5).
   */
  readonly renegotiates: 'yes' | 'atTheLast' | 'no';
}

/** Before an answer: nothing is known, and nothing may be asked. */
export const unknownFarEnd: FarEnd = {
  version: '1',
  knowsStreams: false,
  takesDigits: false,
  transferee: false,
  renegotiates: 'no',
};

export function farEndOf({ version, metadata, capabilities }: Invite | Answer): FarEnd {
  const knowsStreams = version !== 0 && metadata !== null;
  const modern = knowsStreams || capabilities !== null;
  return {
    version,
    knowsStreams,
    takesDigits: capabilities?.dtmf ?? false,
    transferee: capabilities?.transferee ?? false,
    renegotiates: version === 0 ? 'no' : modern ? 'yes' : 'atTheLast',
  };
}
