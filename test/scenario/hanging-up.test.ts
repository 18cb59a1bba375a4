/** Who ends a call, when, and with what reason: AN-16..AN-23. */
import { describe, expect, it } from 'vitest';
import { elementWeb, nheko } from './support/other-client';
import { annas, bens, connected, phoneAnd, ringing, twoPhones } from './support/world';

describe('hanging up', () => {
  it('AN-16, AN-18: the caller gives up before an answer: a hangup with a reason', async () => {
    const { world, anna, ben } = await ringing();
    anna.hangUp();
    await world.pass(100);
    expect(world.last('m.call.hangup').content.reason).toBe('user_hangup');
    expect(ben.outcome).toBe('ended: user_hangup by them');
  });

  it.each([
    'replaced',
    'new_session',
    'signalling_timeout',
    'no_user_media',
    'answered_elsewhere',
    'x'.repeat(1000),
    7,
  ])('AN-17: reason %j of others is an end like any other, and is not repeated by us', async (reason) => {
    const { world, anna, other } = phoneAnd(elementWeb);
    void other.invite('call');
    await world.pass(200);
    anna.answer();
    await world.pass(400);
    other.send('m.call.hangup', { reason });
    await world.pass(100);
    expect(anna.outcome).toBe(`ended: ${typeof reason === 'string' ? 'unknown_error' : 'user_hangup'} by them`);
    expect(world.types(anna)).not.toContain('m.call.hangup');
  });

  it('V0-07: a hangup without a reason is that of a person', async () => {
    const { world, anna, other } = phoneAnd(elementWeb);
    void other.invite('call');
    await world.pass(200);
    other.send('m.call.hangup');
    await world.pass(100);
    expect(anna.outcome).toBe('ended: user_hangup by them');
  });

  it('AN-19: hung up while the devices open, nothing was ever sent', async () => {
    const { world, anna } = twoPhones();
    anna.capture.delay = 3000;
    anna.place(bens);
    await world.pass(500);
    anna.hangUp();
    await world.pass(5000);
    expect([world.sent.length, anna.capture.live.length]).toEqual([0, 0]);
  });

  it('AN-19: an invite that waits for its turn is taken back with its hangup', async () => {
    const { world, anna, ben } = twoPhones();
    world.homeserver.refuse = () => ({ reason: 'rateLimited', retryAfter: 5000 });
    anna.place(bens);
    await world.pass(1000);
    anna.hangUp();
    world.homeserver.refuse = () => null;
    await world.pass(20_000);
    expect([world.sent.length, ben.state]).toEqual([0, 'none']);
  });

  it('AN-19: a hangup while the invite is under way follows it', async () => {
    const { world, anna, ben } = twoPhones();
    world.homeserver.slowResponse = ({ type }) => (type === 'm.call.invite' ? 3000 : 0);
    anna.place(bens);
    await world.pass(400);
    expect([anna.state, ben.state]).toEqual(['preparing', 'ringing']);
    anna.hangUp();
    expect(anna.state).toBe('ended');
    await world.pass(5000);
    expect(world.types(anna)).toEqual(['m.call.invite', 'm.call.hangup']);
    expect(ben.outcome).toBe('ended: user_hangup by them');
  });

  it('AN-20: a hangup of a version 1 party that was not chosen does not end the call (nheko sends such)', async () => {
    const { world, anna } = twoPhones();
    const carl = world.other('@carl:x', nheko);
    const { callId } = anna.place(bens);
    await world.pass(400);
    carl.callId = callId;
    carl.send('m.call.hangup', { reason: 'invite_timeout' });
    world.homeserver.post(bens, 'm.call.hangup', {
      call_id: callId,
      party_id: 'nhekoPty',
      version: '1',
      reason: 'invite_timeout',
    });
    await world.pass(100);
    expect(anna.state).toBe('inviting');
  });

  it('AN-21: while it rings only the device that calls can end it', async () => {
    const { world, ben } = await ringing();
    const { call_id } = world.last('m.call.invite').content;
    const hangup = { call_id, version: '1', reason: 'user_hangup' };
    world.homeserver.post(annas, 'm.call.hangup', { ...hangup, party_id: 'otherDevice' });
    world.homeserver.post('@carl:x', 'm.call.hangup', { ...hangup, party_id: 'otherDevice' });
    world.homeserver.post(bens, 'm.call.hangup', { ...hangup, party_id: 'otherDevice' });
    await world.pass(100);
    expect(ben.state).toBe('ringing');
  });

  it('AN-22: offline, the screen says "ended" at once, and the hangup leaves when the network is back', async () => {
    const { world, anna, ben } = await connected();
    world.homeserver.refuse = () => ({ reason: 'unreachable' });
    anna.hangUp();
    expect([anna.outcome, anna.capture.live.length]).toEqual(['ended: user_hangup by us', 0]);
    await world.pass(30_000);
    world.homeserver.refuse = () => null;
    await world.pass(10_000);
    expect(world.count('m.call.hangup', anna)).toBe(1);
    expect(ben.state).toBe('ended');
  });

  it('AN-22: a hangup that is not wanted is not tried for ever', async () => {
    const { world, anna } = await connected();
    let tries = 0;
    world.homeserver.refuse = () => {
      tries += 1;
      return { reason: 'unreachable' };
    };
    anna.hangUp();
    await world.pass(300_000);
    const bounded = tries;
    await world.pass(300_000);
    expect(tries).toBe(bounded);
  });

  it('AN-23: lost after it was connected once: ice_timeout; never connected: ice_failed', async () => {
    const lost = await connected();
    lost.world.network.cut();
    await lost.world.pass(90_000);
    expect(lost.world.last('m.call.hangup').content.reason).toBe('ice_timeout');
    expect(lost.anna.outcome).toMatch(/^ended: ice_timeout/);

    const never = await ringing();
    never.world.network.cut();
    never.ben.answer();
    await never.world.pass(60_000);
    expect(never.world.last('m.call.hangup').content.reason).toBe('ice_failed');
  });

  it('a hangup and an answer that cross leave nothing behind', async () => {
    const { world, anna, ben } = await ringing();
    ben.answer();
    await world.pass(35);
    anna.hangUp();
    await world.pass(1000);
    expect([anna.outcome, ben.outcome]).toEqual(['ended: user_hangup by us', 'ended: user_hangup by them']);
    expect([...anna.capture.live, ...ben.capture.live]).toEqual([]);
    expect(world.types(anna).at(-1)).toBe('m.call.hangup');
  });

  it('two hangups that cross are two ends of one call', async () => {
    const { world, anna, ben } = await connected();
    anna.hangUp();
    ben.hangUp();
    await world.pass(200);
    expect([anna.outcome, ben.outcome]).toEqual(['ended: user_hangup by us', 'ended: user_hangup by us']);
  });

  it('an answer at the very last moment meets the hangup of a caller who gave up', async () => {
    const { world, anna, ben } = await ringing();
    await world.pass(89_635);
    ben.answer();
    await world.pass(2000);
    expect([anna.state, ben.state]).toEqual(['ended', 'ended']);
    expect([...anna.capture.live, ...ben.capture.live]).toEqual([]);
  });
});
