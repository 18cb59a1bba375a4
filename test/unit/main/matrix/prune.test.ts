/** With the SDK's own rooms and events: it is their memory that is at stake. */
import { createClient, EventType, MatrixEvent, Room, RoomEvent } from 'matrix-js-sdk';
import { expect, it } from 'vitest';

import { pruneTimeline } from '../../../../main/matrix/prune';
import { TIMELINE_LIMIT } from '../../../../main/matrix/sync-filter';

const roomId = '!room:example.org';

async function roomWith(count: number): Promise<Room> {
  const client = createClient({ baseUrl: 'http://localhost:1', userId: '@alice:example.org' });
  const room = new Room(roomId, client, '@alice:example.org');
  await add(room, 0, count);
  return room;
}

const add = (room: Room, from: number, to: number): Promise<void> =>
  room.addLiveEvents(
    Array.from({ length: to - from }, (_, place) => {
      const number = from + place;
      return new MatrixEvent({
        event_id: `$${number}`,
        room_id: roomId,
        sender: '@bob:example.org',
        type: 'm.room.message',
        origin_server_ts: number,
        content: { body: String(number) },
      });
    }),
    { addToState: false },
  );

const idsIn = (room: Room) =>
  room
    .getLiveTimeline()
    .getEvents()
    .map((event) => event.getId());

it('leaves a room that is quiet as it is', async () => {
  const room = await roomWith(TIMELINE_LIMIT);
  pruneTimeline(room, () => false);
  expect(idsIn(room)).toHaveLength(TIMELINE_LIMIT);
});

it('keeps the latest events of a busy one, and no more however long it goes on', async () => {
  const room = await roomWith(0);
  for (let sync = 0; sync < 20; sync += 1) {
    await add(room, sync * TIMELINE_LIMIT, (sync + 1) * TIMELINE_LIMIT);
    pruneTimeline(room, () => false);
  }
  expect(idsIn(room)).toHaveLength(TIMELINE_LIMIT);
  expect(idsIn(room).at(-1)).toBe(`$${20 * TIMELINE_LIMIT - 1}`);
  expect(room.findEventById('$0')).toBeUndefined();
  expect(room.getLastActiveTimestamp()).toBe(20 * TIMELINE_LIMIT - 1);
});

it('keeps what is needed, and a redaction finds it', async () => {
  const room = await roomWith(TIMELINE_LIMIT + 10);
  pruneTimeline(room, (event) => event.getId() === '$3');
  expect(idsIn(room).slice(0, 2)).toEqual(['$3', '$10']);
  const redaction = new MatrixEvent({
    event_id: '$redaction',
    room_id: roomId,
    sender: '@bob:example.org',
    type: EventType.RoomRedaction,
    redacts: '$3',
    content: {},
  });
  await room.addLiveEvents([redaction], { addToState: false });
  expect(room.findEventById('$3')?.isRedacted()).toBe(true);
});

it('is no event of the timeline to those who listen for new ones', async () => {
  const room = await roomWith(TIMELINE_LIMIT + 1);
  const told: boolean[] = [];
  room.on(RoomEvent.Timeline, (_event, _room, _toStart, removed) => told.push(removed));
  pruneTimeline(room, () => false);
  expect(told).toEqual([true]);
});
