/** What the call window says of each ringing call, as a pure function of what main knows. */
import { callNameOf } from '../../preload/contract/call-key';
import type { CallReport } from '../../preload/contract/calls';
import type { UserId } from '../../preload/contract/ids';
import type { RingingCard } from '../../preload/contract/ringing';
import type { FarTrust } from '../../preload/contract/trust';
import type { RingingCall } from './alert';

export interface CardFacts {
  readonly ringing: readonly RingingCall[];
  readonly calls: readonly CallReport[];
  readonly ofPerson: (account: UserId, user: UserId) => string;
  readonly pictureOf: (account: UserId, user: UserId) => string | null;
  /** Null when there is only one account. */
  readonly ofAccount: (account: UserId) => UserId | null;
  readonly trustOf: (call: Pick<RingingCall, 'account' | 'caller' | 'roomId'>) => FarTrust | null;
}

export function ringingCards(facts: CardFacts): readonly RingingCard[] {
  const { ringing, calls, ofPerson, pictureOf, ofAccount, trustOf } = facts;
  const occupied = calls.find((call) => call.state !== 'ringing' && !call.held);
  return ringing.map((call) => ({
    ...callNameOf(call),
    caller: call.caller,
    name: ofPerson(call.account, call.caller),
    picture: pictureOf(call.account, call.caller),
    kind: call.kind,
    forAccount: ofAccount(call.account),
    silenced: call.silenced,
    during: occupied === undefined ? null : ofPerson(occupied.account, occupied.peer),
    far: trustOf(call),
  }));
}
