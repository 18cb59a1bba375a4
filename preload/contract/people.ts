/** People who can be called. */
import { z } from 'zod';
import { type RoomId, UserId } from './ids';

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
  readonly barred: 'powerLevel' | null;
  /** Marked as such by the person, here or in another client: `m.favourite` on the room. */
  readonly favourite: boolean;
  /** `app:` URL of their picture; null where they have none. */
  readonly avatar: string | null;
}

/** As the homeserver tells it; null where it does not know, or does not say. Spec: client-server API, "Presence". */
export type Presence = 'online' | 'unavailable' | 'offline' | null;

/** Whom the screen shows now. */
export const PresenceQuery = z.strictObject({ account: UserId, userIds: z.array(UserId).max(100) });

export type PersonFailure =
  'notFound' | 'malformed' | 'self' | 'forbidden' | 'unreachable' | 'rateLimited' | 'signedOut';

export type PersonResult =
  { readonly ok: true; readonly person: Person } | { readonly ok: false; readonly reason: PersonFailure };

export type SearchResult =
  { readonly ok: true; readonly people: readonly Person[] } | { readonly ok: false; readonly reason: PersonFailure };
