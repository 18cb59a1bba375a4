/**
 * Who is there, for those on the screen. The sync brings no presence: in large rooms that would wake the program all the
 * time, also in the tray, for people whom nobody looks at. So each is asked for, and the answer good for a while.
 * Spec: client-server API, "Presence".
 */
import type { UserId } from '../../preload/contract/ids';
import type { Presence } from '../../preload/contract/people';

export interface PresenceEnv {
  /** The homeserver's answer. Rejects when it has none. */
  readonly ask: (userId: UserId) => Promise<unknown>;
  /** ms; see Clock. */
  readonly now: () => number;
}

/** ms for which an answer is good. */
const GOOD_FOR = 45_000;
/** ms for which nobody is asked when nobody's presence could be had: most homeservers have it off. */
const PAUSE = 600_000;
/** Requests at once. */
const LANES = 4;
/** Answers that are kept. */
const MOST = 1000;

/** @returns answers in the order of the question. Never rejects. */
export function makePresence({ ask, now }: PresenceEnv): (userIds: readonly UserId[]) => Promise<readonly Presence[]> {
  const known = new Map<UserId, { readonly presence: Presence; readonly at: number }>();
  let pausedUntil = -Infinity;

  async function askFor(userId: UserId): Promise<void> {
    const presence = await ask(userId).then(readPresence, () => null);
    known.delete(userId);
    known.set(userId, { presence, at: now() });
    for (const oldest of known.keys()) {
      if (known.size <= MOST) break;
      known.delete(oldest);
    }
  }

  async function lane(queue: UserId[]): Promise<void> {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await askFor(next);
  }

  return async (userIds) => {
    const old = userIds.filter((userId) => now() - (known.get(userId)?.at ?? -Infinity) >= GOOD_FOR);
    if (old.length > 0 && now() >= pausedUntil) {
      const queue = [...old];
      await Promise.all(Array.from({ length: LANES }, () => lane(queue)));
      const hasAny = [...known.values()].some(({ presence }) => presence !== null);
      pausedUntil = hasAny ? -Infinity : now() + PAUSE;
    }
    return userIds.map((userId) => known.get(userId)?.presence ?? null);
  };
}

/** A homeserver with presence off calls everybody offline, and cannot say since when: that says nothing. */
function readPresence(answer: unknown): Presence {
  if (typeof answer !== 'object' || answer === null || !('presence' in answer)) return null;
  const { presence } = answer;
  if (presence === 'online' || presence === 'unavailable') return presence;
  return presence === 'offline' && 'last_active_ago' in answer ? 'offline' : null;
}
