/**
 * The SDK keeps every event that a room ever brought while the program runs, which may be for weeks. Nobody here reads
 * them again: what a call needs is told when it comes, and the history has a file of its own.
 */
import type { MatrixEvent, Room } from 'matrix-js-sdk';

import { TIMELINE_LIMIT } from './sync-filter';

/**
 * Leaves the latest events, as many as one sync brings: by those the SDK sees where a sync goes on from, a redaction finds
 * what it takes back, and the room knows when it was last active.
 * @param isNeeded whatever its age: a redaction must find it.
 */
export function pruneTimeline(room: Room, isNeeded: (event: MatrixEvent) => boolean): void {
  const old = room.getLiveTimeline().getEvents().slice(0, -TIMELINE_LIMIT);
  for (const event of old) {
    const eventId = event.getId();
    if (eventId !== undefined && !isNeeded(event)) room.removeEvent(eventId);
  }
}
