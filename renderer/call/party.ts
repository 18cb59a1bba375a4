/** Who speaks in a call: a user on one device, (user id, party id). V1-06, V1-10, AN-11 */
import type { UserId } from '../../preload/contract/ids';

export interface Party {
  readonly user: UserId;
  /** Null for version 0 and for version 1 clients that leave it out. */
  readonly id: string | null;
}

export const sameParty = (a: Party, b: Party): boolean => a.user === b.user && a.id === b.id;

/** As far as one that names no party, in version 0 or by mistake, can be told from another of that user. V1-10 */
export const maybeSameParty = (a: Party, b: Party): boolean =>
  a.user === b.user && (a.id === b.id || a.id === null || b.id === null);

/** A key for maps; a space can be in neither part. */
export const partyKey = ({ user, id }: Party): string => `${user} ${id ?? ''}`;
