/** A connection that is lost and found again: NG-13, NG-14, V0-14. */
import { describe, expect, it } from 'vitest';
import { inCallWith } from './support/in-call';
import { elementAndroid, elementWeb, nheko, zero } from './support/other-client';
import { connected, phoneAnd } from './support/world';

describe('recovery', () => {
  it('NG-13: two seconds after the path is lost ICE is restarted; when it heals in time nothing is restarted', async () => {
    const { world, anna, ben } = await connected();
    world.network.cut();
    await world.pass(7000);
    expect([anna.state, ben.state]).toEqual(['reconnecting', 'reconnecting']);
    world.network.heal();
    await world.pass(3000);
    expect([anna.state, ben.state, world.count('m.call.negotiate')]).toEqual(['connected', 'connected', 0]);
    world.network.cut();
    await world.pass(9000);
    expect(world.count('m.call.negotiate')).toBeGreaterThan(0);
    world.network.heal();
    await world.pass(3000);
    expect([anna.state, ben.state]).toEqual(['connected', 'connected']);
    expect([anna.gets('audio'), ben.gets('audio')]).toEqual([true, true]);
  });

  it('NG-13: a path that is gone for 20 s is found again; gone for good, the call ends once, within a bound', async () => {
    const { world, anna, ben } = await connected();
    world.network.cut();
    await world.pass(20_000);
    world.network.heal();
    await world.pass(5000);
    expect([anna.state, ben.state]).toEqual(['connected', 'connected']);
    world.network.cut();
    await world.pass(45_000);
    expect([anna.outcome, ben.outcome].join()).toMatch(/ice_timeout/);
    expect(world.types(anna).filter((type) => type === 'm.call.hangup').length).toBeLessThanOrEqual(1);
  });

  it('NG-13: a call that recovered is not hung up by a timer of before', async () => {
    const { world, anna, ben } = await connected();
    for (let round = 0; round < 6; round++) {
      world.network.cut();
      await world.pass(9000);
      world.network.heal();
      await world.pass(3000);
    }
    await world.pass(120_000);
    expect([anna.state, ben.state]).toEqual(['connected', 'connected']);
  });

  it('NG-13: connecting has a bound as well', async () => {
    const { world, anna, other } = phoneAnd(elementWeb);
    world.network.patience = 1e9;
    void other.invite('call');
    await world.pass(200);
    other.live.close();
    anna.answer();
    await world.pass(31_000);
    expect(anna.outcome).toBe('ended: ice_failed by circumstance');
    expect(world.last('m.call.hangup').content.reason).toBe('ice_failed');
  });

  it('NG-14: another network, or waking up, restarts ICE at once, as often as it happens', async () => {
    const { world, anna, ben } = await connected();
    for (let turn = 0; turn < 8; turn++) {
      anna.wake();
      await world.pass(1000);
    }
    expect(anna.connections[0]?.restarts).toBe(8);
    await world.pass(60_000);
    expect([anna.state, ben.state]).toEqual(['connected', 'connected']);
    expect([anna.gets('audio'), ben.gets('audio')]).toEqual([true, true]);
  });

  it('NG-14: both wake up at the same moment', async () => {
    const { world, anna, ben } = await connected();
    anna.wake();
    ben.wake();
    await world.pass(2000);
    expect([anna.gets('audio'), ben.gets('audio')]).toEqual([true, true]);
    expect(anna.connections[0]?.signalingState).toBe('stable');
  });

  it.each([zero, nheko])(
    'NG-15, N5: another network does not endanger a call with a client that knows no restart',
    async (traits) => {
      const { world, anna, other } = await inCallWith(traits);
      for (let turn = 0; turn < 5; turn++) anna.wake();
      await world.pass(5000);
      expect([anna.state, other.hears, other.heard('m.call.negotiate')]).toEqual(['connected', true, 0]);
    },
  );

  it('NG-15: a version 0 call that loses its path waits for it, and ends by a hangup when it fails', async () => {
    const { world, anna, other } = await inCallWith(zero);
    world.network.cut();
    await world.pass(10_000);
    expect(anna.state).toBe('reconnecting');
    world.network.heal();
    await world.pass(1000);
    expect([anna.state, other.hears]).toEqual(['connected', true]);
    world.network.cut();
    await world.pass(20_000);
    expect(anna.outcome).toBe('ended: ice_timeout by circumstance');
    expect(other.heard('m.call.hangup')).toBe(1);
    expect(other.heard('m.call.negotiate')).toBe(0);
  });

  it('NG-15: a version 0 call that never connects ends by ice_failed', async () => {
    const { world, anna, other } = phoneAnd(zero);
    void other.invite('call');
    await world.pass(200);
    world.network.cut();
    anna.answer();
    await world.pass(40_000);
    expect(anna.outcome).toBe('ended: ice_failed by circumstance');
    expect(world.last('m.call.hangup').content.reason).toBe('ice_failed');
  });

  it('N5: a lost call is worth the risk of a negotiate', async () => {
    const { world, other } = await inCallWith({ ...nheko, onNegotiate: 'answers' });
    world.network.cut();
    await world.pass(10_000);
    world.network.heal();
    await world.pass(2000);
    expect(other.heard('m.call.negotiate')).toBeGreaterThan(0);
    expect(other.hears).toBe(true);
  });

  it('NG-12: ICE is restarted through negotiate, with Element Android as well', async () => {
    const { world, anna, other } = await inCallWith(elementAndroid);
    anna.wake();
    await world.pass(1000);
    expect([other.heard('m.call.negotiate'), other.hears]).toEqual([1, true]);
  });

  it('V0-14: an ICE restart uses the TURN servers of now', async () => {
    const { world, anna } = await connected();
    const [urls, username, credential] = [['turn:turn.carillon.test'], 'now', 'secret'];
    anna.turn = { urls, username, credential, expiresAt: world.clock.now() + 1e6 };
    anna.wake();
    await world.pass(500);
    expect(anna.connections[0]?.configurations.at(-1)?.iceServers).toEqual([{ urls, username, credential }]);
    expect(anna.connections[0]?.restarts).toBe(1);
  });
});
