/** What the call window says of each ringing call, as a pure function of what main knows. */
import type { CallReport } from '../../preload/contract/calls';
import type { UserId } from '../../preload/contract/ids';
import type { RingingCard } from '../../preload/contract/ringing';
import { nameOf } from '../calls/call-id';
import type { RingingCall } from './alert';

export interface CardFacts {
  readonly ringing: readonly RingingCall[];
  readonly calls: readonly CallReport[];
  readonly ofPerson: (account: UserId, user: UserId) => string;
  readonly pictureOf: (account: UserId, user: UserId) => string | null;
  /** Null when there is only one account. */
  readonly ofAccount: (account: UserId) => UserId | null;
}

export function ringingCards({ ringing, calls, ofPerson, pictureOf, ofAccount }: CardFacts): readonly RingingCard[] {
  const occupied = calls.find((call) => call.state !== 'ringing' && !call.held);
  return ringing.map((call) => ({
    ...nameOf(call),
    caller: call.caller,
    name: ofPerson(call.account, call.caller),
    picture: pictureOf(call.account, call.caller),
    kind: call.kind,
    forAccount: ofAccount(call.account),
    silenced: call.silenced,
    during: occupied === undefined ? null : ofPerson(occupied.account, occupied.peer),
  }));
}
