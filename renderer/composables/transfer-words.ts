/** Whom a transfer is about, in words: as this person knows them, and else by what the transferor says. */
import type { UserId } from '../../preload/contract/ids';
import type { TransferTarget } from '../call/transfer-events';
import { usePeople } from '../stores/people';

export function targetName(account: UserId, { user, name }: TransferTarget): string {
  const known = usePeople().nameOf(account, user);
  return known === user ? (name ?? user) : known;
}
