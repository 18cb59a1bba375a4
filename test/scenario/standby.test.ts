/** A call that is expected is ready before the click, and costs nobody anything if the click does not come. */
import { describe, expect, it } from 'vitest';
import { roomId } from './support/homeserver';
import { twoPhones } from './support/world';

const target = (anna: { user: string }, ben: { user: string }) =>
  ({ account: anna.user, roomId, peer: ben.user }) as never;

describe('standing by', () => {
  it('AN-01: sends nothing and opens no device', async () => {
    const { world, anna, ben } = twoPhones();
    anna.controls.expect(target(anna, ben), 'voice');
    await world.pass(5000);
    expect(world.sent).toEqual([]);
    expect([anna.capture.openings, anna.views, anna.reports]).toEqual([0, [], []]);
  });

  it('IC-01: the invite leaves with its candidates as soon as the devices are open', async () => {
    const { world, anna, ben } = twoPhones();
    anna.controls.expect(target(anna, ben), 'voice');
    await world.pass(1000);
    const clicked = world.clock.now();
    anna.place(ben.user);
    await world.pass(400);
    const invite = world.last('m.call.invite');
    expect(invite.at - clicked).toBeLessThanOrEqual(anna.capture.delay + world.homeserver.delay);
    expect(JSON.stringify(invite.content)).toContain('candidate:');
    ben.answer();
    await world.pass(400);
    expect([anna.state, ben.state, anna.gets('audio'), ben.gets('audio')]).toEqual([
      'connected',
      'connected',
      true,
      true,
    ]);
    expect(anna.connections).toHaveLength(1);
  });

  it('V0-15: shows no address where the person has decided meanwhile to show none', async () => {
    const { world, anna, ben } = twoPhones();
    anna.turn = { urls: ['turn:relay.test'], username: 'u', credential: 'c', expiresAt: Infinity };
    anna.controls.expect(target(anna, ben), 'voice');
    await world.pass(1000);
    anna.relayOnly = true;
    anna.place(ben.user);
    await world.pass(3000);
    expect(anna.connections.map(({ closed }) => closed)).toEqual([true, false]);
    expect(anna.connections[1]?.configurations[0]?.iceTransportPolicy).toBe('relay');
    const first = anna.connections[0]?.localDescription?.sdp.match(/ufrag:(\S+)/)?.[1] ?? 'none';
    expect(JSON.stringify(world.sentBy(anna))).not.toContain(`${first}.local`);
  });

  it('IC-05, IC-06: end-of-candidates still follows, once', async () => {
    const { world, anna, ben } = twoPhones();
    anna.controls.expect(target(anna, ben), 'voice');
    await world.pass(1000);
    anna.place(ben.user);
    await world.pass(5000);
    const ends = world.sent.filter(({ type }) => type === 'm.call.candidates');
    expect(ends.map(({ content }) => content.candidates)).toEqual([[{ candidate: '' }]]);
  });

  it('another kind or another person gives up what waited; so does a minute, and a change of network', async () => {
    const { world, anna, ben } = twoPhones();
    anna.controls.expect(target(anna, ben), 'voice');
    anna.controls.expect(target(anna, ben), 'voice');
    await world.pass(1000);
    expect(anna.connections.map(({ closed }) => closed)).toEqual([false]);
    anna.controls.expect(target(anna, ben), 'video');
    await world.pass(1000);
    expect(anna.connections.map(({ closed }) => closed)).toEqual([true, false]);
    await world.pass(60_000);
    expect(anna.connections.map(({ closed }) => closed)).toEqual([true, true]);
  });

  it('what could not be made ready is tried again by the click', async () => {
    const { world, anna, ben } = twoPhones();
    anna.failsToConnect = true;
    anna.controls.expect(target(anna, ben), 'voice');
    await world.pass(1000);
    anna.failsToConnect = false;
    anna.place(ben.user);
    await world.pass(400);
    expect(ben.state).toBe('ringing');
  });
});
