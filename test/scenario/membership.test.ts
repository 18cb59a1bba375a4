/** People who leave the room of a call: RM-01..RM-06. */
import { describe, expect, it } from 'vitest';
import { annas, bens, connected, ringing } from './support/world';

describe('leaving', () => {
  it('RM-01: the far end leaves, is removed or banned: the call is over, and nothing more is sent', async () => {
    const { world, anna } = await connected();
    const before = world.types(anna).length;
    world.homeserver.leave(bens);
    await world.pass(200);
    expect([anna.outcome, anna.capture.live.length]).toEqual(['ended: left_room by them', 0]);
    await world.pass(60_000);
    expect(world.types(anna).length).toBe(before);
  });

  it('RM-01: the caller leaves while it rings', async () => {
    const { world, ben } = await ringing();
    world.homeserver.leave(annas);
    await world.pass(200);
    expect([ben.outcome, ben.alerts]).toEqual(['ended: left_room by them', 0]);
  });

  it('RM-02: whom we call leaves: nobody else could answer', async () => {
    const { world, anna } = await ringing();
    world.homeserver.leave(bens);
    await world.pass(200);
    expect(anna.outcome).toBe('ended: left_room by them');
  });

  it('RM-02: somebody else leaves: nothing changes', async () => {
    const { world, anna, ben } = await ringing();
    world.homeserver.join('@carl:x' as typeof annas);
    world.homeserver.leave('@carl:x');
    await world.pass(200);
    expect([anna.state, ben.state]).toEqual(['inviting', 'ringing']);
  });

  it.each(['connected', 'ringing', 'calling'])(
    'RM-04: we are removed while %s: ended here, and silent',
    async (when) => {
      const { world, anna, ben } = when === 'connected' ? await connected() : await ringing();
      const us = when === 'ringing' ? ben : anna;
      const before = world.types(us).length;
      world.homeserver.leave(us.user);
      await world.pass(500);
      expect([us.outcome, us.capture.live.length, us.alerts]).toEqual(['ended: left_room by us', 0, 0]);
      await world.pass(60_000);
      expect(world.types(us).length).toBe(before);
    },
  );

  it('RM-05: a new name or picture ends nothing', async () => {
    const { world, anna, ben } = await connected();
    world.homeserver.post(bens, 'm.room.member', { membership: 'join', displayname: 'Benjamin' }, { renamed: bens });
    await world.pass(200);
    expect([anna.state, ben.state]).toEqual(['connected', 'connected']);
  });

  it('RM-06: a room that is replaced while one talks: the call goes on in the old one', async () => {
    const { world, anna, ben } = await connected();
    world.homeserver.post(annas, 'm.room.tombstone', { replacement_room: '!new:x', body: '' });
    anna.camera(true);
    await world.pass(500);
    expect(ben.call().peerCameraOn).toBe(true);
    anna.hangUp();
    await world.pass(200);
    expect(ben.outcome).toBe('ended: user_hangup by them');
  });
});
