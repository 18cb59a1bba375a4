/** Calls with clients from before party ids: V0-01..V0-09, AN-14, AN-20, NG-15. */
import { describe, expect, it } from 'vitest';
import { zero } from './support/other-client';
import { annas, bens, phoneAnd, World } from './support/world';

const placed = async (): Promise<ReturnType<typeof phoneAnd>> => {
  const found = phoneAnd(zero);
  found.anna.place(bens);
  await found.world.pass(400);
  return found;
};

describe('called by version 0', () => {
  it('V0-01, V0-03, V0-09: its invite rings, our answer connects', async () => {
    const { world, anna, other } = phoneAnd(zero);
    void other.invite('call', 'video');
    await world.pass(300);
    expect(anna.call()).toMatchObject({ state: { name: 'ringing' }, kind: 'video' });
    anna.answer('video');
    await world.pass(600);
    expect([anna.state, anna.gets('audio'), anna.gets('video'), other.hears]).toEqual(['connected', true, true, true]);
    expect(world.count('m.call.select_answer')).toBe(0);
  });

  it('V0-02: its candidates are taken before and after the answer, ours follow the answer', async () => {
    const { world, anna, other } = phoneAnd({ ...zero, gathersFor: 100 });
    void other.invite('call');
    await world.pass(300);
    anna.answer();
    await world.pass(3000);
    expect([anna.state, other.heard('m.call.answer'), other.heard('m.call.candidates')]).toEqual(['connected', 1, 1]);
  });

  it('AN-14, V0-05: it is declined by a hangup, which it understands', async () => {
    const { world, anna, other } = phoneAnd(zero);
    void other.invite('call');
    await world.pass(300);
    anna.decline();
    await world.pass(100);
    expect(world.types(anna)).toEqual(['m.call.hangup']);
    expect([anna.outcome, other.live.closed]).toEqual(['ended: rejected by us', true]);
  });

  it('AN-14: a refusal on another device of ours is a hangup, too, and stops the ringing here', async () => {
    const world = new World();
    const [anna, tablet] = [world.phone(annas), world.phone(annas)];
    const other = world.other(bens, zero);
    void other.invite('call');
    await world.pass(300);
    tablet.decline();
    await world.pass(100);
    expect(anna.outcome).toBe('ended: rejected_elsewhere by us');
  });

  it('V0-04, V0-06, V0-07: it hangs up before or after the beginning, with a reason or without', async () => {
    for (const reason of [undefined, 'ice_failed', 'invite_timeout']) {
      const { world, anna, other } = phoneAnd(zero);
      void other.invite('call');
      await world.pass(300);
      if (reason === 'ice_failed') anna.answer();
      await world.pass(500);
      other.send('m.call.hangup', { reason });
      await world.pass(100);
      expect(anna.outcome).toBe(`ended: ${reason ?? 'user_hangup'} by them`);
    }
  });

  it('two devices of ours answer: the first one stays, the other leaves without a hangup that would end the call', async () => {
    const world = new World();
    const [anna, tablet] = [world.phone(annas), world.phone(annas)];
    const other = world.other(bens, zero);
    void other.invite('call');
    await world.pass(300);
    anna.answer();
    await world.pass(5);
    tablet.answer();
    await world.pass(60_000);
    const connected = [anna, tablet].filter(({ state }) => state === 'connected');
    expect(connected.length).toBe(1);
    expect([anna.outcome, tablet.outcome]).toContain('ended: answered_elsewhere by us');
    expect([other.hears, world.count('m.call.hangup')]).toEqual([true, 0]);
  });
});

describe('calling version 0', () => {
  it('V0-03: its answer without a party is taken, and nothing is selected', async () => {
    const { world, anna, other } = await placed();
    void other.answer();
    await world.pass(500);
    expect([anna.state, other.hears, world.count('m.call.select_answer')]).toEqual(['connected', true, 0]);
  });

  it('V0-05, AN-20: its hangup before an answer is a refusal', async () => {
    const { world, anna, other } = await placed();
    other.callId = anna.call().callId;
    other.send('m.call.hangup');
    await world.pass(100);
    expect(anna.outcome).toBe('ended: rejected by them');
    expect(world.types(anna)).not.toContain('m.call.hangup');
  });

  it('AN-20: in a larger room it is not: somebody else may still answer', async () => {
    const { world, anna, other } = await placed();
    world.homeserver.join('@carl:x' as typeof annas);
    other.callId = anna.call().callId;
    other.send('m.call.hangup');
    await world.pass(100);
    expect(anna.state).toBe('inviting');
  });

  it('NG-15: no negotiate is ever sent to it', async () => {
    const { world, anna, other } = await placed();
    void other.answer();
    await world.pass(500);
    anna.camera(true);
    anna.controls.setHeld(anna.call(), true);
    anna.controls.shareScreen(anna.call(), anna.capture.screen());
    anna.wake();
    await world.pass(5000);
    world.network.cut();
    await world.pass(5000);
    expect(other.heard('m.call.negotiate')).toBe(0);
    expect(anna.call()).toMatchObject({ canUseCamera: false, canShareScreen: false, holdIsLocal: true });
  });

  it('NG-01: a negotiate of it is ignored', async () => {
    const { world, anna, other } = await placed();
    void other.answer();
    await world.pass(500);
    void other.negotiate();
    await world.pass(200);
    expect(anna.rules).toContain('NG-01');
    expect(world.count('m.call.negotiate', anna)).toBe(0);
  });

  it('V0-04: it hangs up the running call', async () => {
    const { world, anna, other } = await placed();
    void other.answer();
    await world.pass(500);
    other.send('m.call.hangup');
    await world.pass(100);
    expect(anna.outcome).toBe('ended: user_hangup by them');
  });
});
