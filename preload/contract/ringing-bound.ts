/** How many calls may ring at once. The signs of main and the calls of the engine keep to one bound. RG-10 */
import type { RoomId, UserId } from './ids';

/** From one person in one room, and at all. More is a nuisance or an attack. */
const most = { fromOne: 3, atAll: 20 } as const;

/** Who calls whom, and where. */
export interface Ringing {
  readonly account: UserId;
  readonly roomId: RoomId;
  readonly caller: UserId;
}

/** Another call beside those that ring already would be more than a person can bear. */
export function wouldBeTooMany(ringing: readonly Ringing[], next: Ringing): boolean {
  const ofOne = ringing.filter(
    ({ account, roomId, caller }) => account === next.account && roomId === next.roomId && caller === next.caller,
  );
  return ringing.length >= most.atAll || ofOne.length >= most.fromOne;
}
