/** Relays: V0-12..V0-15. */
import { describe, expect, it } from 'vitest';
import type { TurnServers } from '../../preload/contract/signalling';
import { elementWeb } from './support/other-client';
import { bens, phoneAnd, twoPhones } from './support/world';

const turn: TurnServers = { urls: ['turn:turn.x?transport=udp'], username: 'u', credential: 'c', expiresAt: 1e15 };

describe('relays', () => {
  it('V0-12, V0-13: what the homeserver offers is used, as WebRTC wants it', async () => {
    const { world, anna } = twoPhones();
    anna.turn = turn;
    anna.place(bens);
    await world.pass(400);
    expect(anna.connections[0]?.configurations[0]).toMatchObject({
      iceServers: [{ urls: turn.urls, username: 'u', credential: 'c' }],
      iceTransportPolicy: 'all',
    });
  });

  it.each([null, { ...turn, urls: [] }])('V0-13: without a relay (%j) the call goes on', async (none) => {
    const { world, anna, ben } = twoPhones();
    anna.turn = ben.turn = none;
    anna.place(bens);
    await world.pass(400);
    ben.answer();
    await world.pass(400);
    expect([anna.state, ben.state]).toEqual(['connected', 'connected']);
    expect(anna.connections[0]?.configurations[0]?.iceServers).toEqual([]);
  });

  it('IC-01: with a relay the invite waits for its candidate, but no longer than 200 ms', async () => {
    const { world, anna } = twoPhones();
    anna.turn = turn;
    world.network.candidates = [3];
    world.network.gathering = 40_000;
    anna.place(bens);
    await world.pass(190);
    expect(world.sent.length).toBe(0);
    await world.pass(60);
    expect(world.count('m.call.invite')).toBe(1);
  });

  it('V0-15: relays only, on both sides, when the person wants it', async () => {
    const { world, anna, ben } = twoPhones();
    for (const phone of [anna, ben]) {
      phone.turn = turn;
      phone.relayOnly = true;
    }
    anna.place(bens);
    await world.pass(400);
    ben.answer();
    await world.pass(400);
    for (const phone of [anna, ben]) expect(phone.connections[0]?.configurations[0]?.iceTransportPolicy).toBe('relay');
    anna.wake();
    await world.pass(400);
    expect(anna.connections[0]?.configurations.at(-1)?.iceTransportPolicy).toBe('relay');
  });

  it('V0-15: relays only and none to be had: placed or answered, the call fails at once and shows no address', async () => {
    const { world, anna, other } = phoneAnd(elementWeb);
    anna.relayOnly = true;
    anna.place(bens);
    await world.pass(400);
    expect([anna.outcome, world.sent.length]).toEqual(['ended: ice_failed by circumstance', 0]);
    void other.invite('call');
    await world.pass(300);
    anna.answer();
    await world.pass(300);
    expect([anna.outcome, world.types(anna).length]).toEqual(['ended: ice_failed by circumstance', 0]);
    expect([anna.connections.length, anna.capture.live.length]).toEqual([0, 0]);
  });

  it.each([true, false])(
    'V0-15: who decides while it rings that relays only is %j is answered for by that',
    async (only) => {
      const { world, anna, other } = phoneAnd(elementWeb);
      anna.turn = turn;
      anna.relayOnly = !only;
      void other.invite('call');
      await world.pass(300);
      anna.relayOnly = only;
      anna.answer();
      await world.pass(600);
      const [before, inUse] = anna.connections;
      expect([before?.closed, inUse?.configurations[0]?.iceTransportPolicy]).toEqual([true, only ? 'relay' : 'all']);
      expect([anna.state, anna.gets('audio'), other.hears]).toEqual(['connected', true, true]);
    },
  );

  it('V0-15: a relay that came while it rang is used', async () => {
    const { world, anna, other } = phoneAnd(elementWeb);
    anna.relayOnly = true;
    void other.invite('call');
    await world.pass(300);
    anna.turn = turn;
    anna.answer();
    await world.pass(600);
    expect(anna.state).toBe('connected');
  });
});
