/** Who speaks in a call: a user on one device, (user id, party id). V1-06, V1-10, AN-11 */
import type { UserId } from '../../preload/contract/ids';

export interface Party {
  readonly user: UserId;
  /** Null for version 0 and for version 1 clients that leave it out. */
  readonly id: string | null;
}

export const sameParty = (a: Party, b: Party): boolean => a.user === b.user && a.id === b.id;

/** A key for maps; a space can be in neither part. */
export const partyKey = ({ user, id }: Party): string => `${user} ${id ?? ''}`;
