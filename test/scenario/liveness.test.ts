/** Which invites are alive, and until when: V0-08, LV-01..LV-15. Main's half runs as it is. */
import { describe, expect, it } from 'vitest';
import type { CallId } from '../../preload/contract/ids';
import { elementWeb } from './support/other-client';
import { annas, bens, connected, phoneAnd, ringing, twoPhones, World } from './support/world';

describe('age', () => {
  it('LV-01: what the way has taken is gone: an invite that was 70 s under way rings for 20 s', async () => {
    const { world, anna, ben } = twoPhones();
    world.homeserver.lag = (_event, to) => (to === ben ? 70_000 : 0);
    anna.place(bens);
    await world.pass(71_000);
    expect(ben.state).toBe('ringing');
    await world.pass(19_500);
    expect(ben.outcome).toMatch(/^ended: invite_timeout/);
  });

  it('V0-08: an invite that is older than its lifetime is not shown', async () => {
    const { world, anna, other } = phoneAnd(elementWeb);
    world.homeserver.lag = () => 61_000;
    void other.invite('call');
    await world.pass(62_000);
    expect(anna.state).toBe('none');
  });

  it('LV-03: with less than the time that a person needs, it does not ring', async () => {
    const { world, anna, other } = phoneAnd(elementWeb);
    world.homeserver.lag = () => 58_000;
    void other.invite('call');
    await world.pass(60_000);
    expect(anna.state).toBe('none');
  });

  it.each([
    { lifetime: 0, rings: 0 },
    { lifetime: -5000, rings: 0 },
    { lifetime: 1e12, rings: 600_000 },
    { lifetime: null, rings: 90_000 },
    { lifetime: undefined, rings: 90_000 },
    { lifetime: '60000', rings: 90_000 },
    { lifetime: 30_000.5, rings: 30_000 },
  ])('LV-12: a lifetime of $lifetime rings for $rings ms', async ({ lifetime, rings }) => {
    const { world, anna, other } = phoneAnd(elementWeb);
    void other.invite('call', 'voice', { lifetime });
    await world.pass(200);
    if (rings === 0) return expect(anna.state).toBe('none');
    await world.pass(rings - 1000);
    expect(anna.state).toBe('ringing');
    await world.pass(2000);
    expect(anna.outcome).toMatch(/^ended: invite_timeout/);
    expect(world.types(anna)).toEqual([]);
  });

  it('LV-12: an age below zero does not make it ring longer', async () => {
    const { world, anna, other } = phoneAnd(elementWeb);
    void other.invite('call');
    await world.pass(200);
    anna.hangUp();
    const [signal] = anna.received;
    if (signal?.kind !== 'event') throw new Error('no invite came');
    anna.receive({ ...signal, callId: 'other' as CallId, age: -3_600_000 });
    await world.pass(59_000);
    expect(anna.state).toBe('ringing');
    await world.pass(2000);
    expect(anna.outcome).toMatch(/^ended: invite_timeout/);
  });

  it('LV-14: the machine sleeps while it rings: a stale call is silent at once, a live one rings as long as is left', async () => {
    for (const slept of [40_000, 300_000]) {
      const { world, anna, other } = phoneAnd(elementWeb);
      void other.invite('call');
      await world.pass(1000);
      world.clock.suspend(slept);
      anna.wake();
      await world.pass(0);
      expect(anna.state).toBe(slept < 60_000 ? 'ringing' : 'ended');
      await world.pass(20_000);
      expect(anna.outcome).toMatch(/^ended: invite_timeout/);
    }
  });

  it('LV-14: a caller that slept past the lifetime of its invite hangs up when it wakes', async () => {
    const { world, anna, other } = phoneAnd(elementWeb);
    anna.place(bens);
    await world.pass(400);
    world.clock.suspend(200_000);
    anna.wake();
    await world.pass(200);
    expect(anna.outcome).toMatch(/^ended: invite_timeout/);
    expect(other.seen.at(-1)?.content.reason).toBe('invite_timeout');
  });
});

describe('what one sync brings', () => {
  const away = async (): Promise<ReturnType<typeof twoPhones>> => {
    const phones = twoPhones();
    phones.world.homeserver.offline(phones.ben);
    phones.anna.place(bens);
    await phones.world.pass(400);
    return phones;
  };

  it('LV-04, LV-05: an invite with its hangup never rings', async () => {
    const { world, anna, ben } = await away();
    anna.hangUp();
    await world.pass(100);
    world.homeserver.online(ben);
    expect([ben.state, ben.alerts, ben.marks]).toEqual(['none', 0, []]);
  });

  it.each(['answer', 'reject', 'select_answer'] as const)(
    'LV-05: an invite that another device of ours has settled (%s) never rings',
    async (how) => {
      const world = new World();
      const [anna, ben, tablet] = [world.phone(annas), world.phone(bens), world.phone(bens)];
      world.homeserver.offline(ben);
      anna.place(bens);
      await world.pass(400);
      if (how === 'reject') tablet.decline();
      else tablet.answer();
      await world.pass(how === 'answer' ? 60 : 400);
      world.homeserver.online(ben);
      expect([ben.state, ben.alerts]).toEqual(['none', 0]);
    },
  );

  it('LV-06: after a sleep, what is still alive rings, and what is over does not', async () => {
    const { world, anna, ben } = await away();
    await world.pass(20_000);
    world.homeserver.online(ben);
    await world.pass(100);
    expect(ben.state).toBe('ringing');
    anna.hangUp();
    await world.pass(100);
    expect(ben.state).toBe('ended');
  });

  it('LV-06: a hangup that fell into a gap of the timeline ends the call', async () => {
    const { world, anna, ben } = await connected();
    world.homeserver.offline(ben);
    anna.hangUp();
    await world.pass(100);
    for (let chatter = 0; chatter < 30; chatter++) world.homeserver.post(annas, 'm.room.message', { body: 'hello' });
    await world.pass(100);
    world.homeserver.online(ben, 20);
    await world.pass(0);
    expect(ben.outcome).toBe('ended: user_hangup by them');
  });

  it('LV-06: an invite whose hangup is in the gap before it, by order of the room, is another call and rings', async () => {
    const { world, anna, ben } = await away();
    anna.hangUp();
    await world.pass(100);
    anna.place(bens);
    await world.pass(400);
    world.homeserver.online(ben, 1);
    await world.pass(0);
    expect(ben.views.map(({ state }) => state.name)).toEqual(['ringing']);
  });
});

describe('what comes late or not at all', () => {
  it('LV-13: what was decrypted before its invite counts when that comes: a hangup', async () => {
    const { world, anna, ben } = twoPhones();
    world.homeserver.offline(ben);
    anna.place(bens);
    await world.pass(400);
    anna.hangUp();
    await world.pass(100);
    const [invite, hangup] = [world.last('m.call.invite'), world.last('m.call.hangup')];
    ben.takeSync([hangup], []);
    await world.pass(5000);
    ben.takeSync([invite], []);
    expect(ben.state).toBe('none');
  });

  it('LV-13: what was decrypted before its invite counts when that comes: our own answer on another device', async () => {
    const world = new World();
    const [anna, ben, tablet] = [world.phone(annas), world.phone(bens), world.phone(bens)];
    world.homeserver.offline(ben);
    anna.place(bens);
    await world.pass(400);
    tablet.answer();
    await world.pass(100);
    ben.takeSync([world.last('m.call.answer')], []);
    ben.takeSync([world.last('m.call.invite')], []);
    expect(ben.state).toBe('none');
  });

  it('LV-13: a stranger cannot end a call before it begins', async () => {
    const { world, anna, ben } = twoPhones();
    world.homeserver.offline(ben);
    anna.place(bens);
    await world.pass(400);
    const invite = world.last('m.call.invite');
    const content = { call_id: invite.callId, party_id: invite.content.party_id, version: '1', reason: 'user_hangup' };
    world.homeserver.post('@carl:x', 'm.call.hangup', content);
    const forged = world.homeserver.events.at(-1);
    if (forged !== undefined) ben.takeSync([forged], []);
    ben.takeSync([invite], []);
    expect(ben.state).toBe('ringing');
  });

  it('LV-15: a redacted invite stops ringing', async () => {
    const { world, ben } = await ringing();
    const redacts = world.last('m.call.invite').eventId;
    world.homeserver.post(annas, 'm.room.redaction', {}, { redacts });
    await world.pass(100);
    expect(ben.outcome).toBe('ended: user_hangup by them');
    expect(world.types(ben)).toEqual([]);
  });

  it('LV-15: a redacted invite does not end the call that came of it', async () => {
    const { world, anna, ben } = await connected();
    const redacts = world.last('m.call.invite').eventId;
    world.homeserver.post(annas, 'm.room.redaction', {}, { redacts });
    await world.pass(100);
    expect([anna.state, ben.state]).toEqual(['connected', 'connected']);
  });
});
