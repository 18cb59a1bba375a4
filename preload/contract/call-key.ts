/** A call by its name: the same call id in another room or account is another call (V1-09). */
import type { CallKey } from './signalling';

/** For maps and sets: ids hold no spaces. */
export const callKeyOf = ({ account, roomId, callId }: CallKey): string => `${account} ${roomId} ${callId}`;

/** The name alone, without what else the object carries. */
export const callNameOf = ({ account, roomId, callId }: CallKey): CallKey => ({ account, roomId, callId });
