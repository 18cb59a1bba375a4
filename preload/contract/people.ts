/** People who can be called. */
import type { RoomId, UserId } from './ids';

/**
 * Where a direct room stands. `invitesUs`: they wait for our yes. `invited`: we wait for theirs.
 * `joined`: calls can be placed. `left`: they left. `none`: no room yet (search results).
 */
export type Standing = 'joined' | 'invited' | 'invitesUs' | 'left' | 'none';

export interface Person {
  readonly account: UserId;
  readonly userId: UserId;
  readonly name: string;
  readonly roomId: RoomId | null;
  readonly standing: Standing;
  /** Why no call can be placed in the room although `standing` is `joined`. RG-08 */
  readonly barred: 'powerLevel' | 'encrypted' | null;
}

export type PersonFailure =
  'notFound' | 'malformed' | 'self' | 'forbidden' | 'unreachable' | 'rateLimited' | 'signedOut';

export type PersonResult =
  { readonly ok: true; readonly person: Person } | { readonly ok: false; readonly reason: PersonFailure };

export type SearchResult =
  { readonly ok: true; readonly people: readonly Person[] } | { readonly ok: false; readonly reason: PersonFailure };
