/** Who speaks, in which version, about which call: V1-01..V1-13. */
import { describe, expect, it } from 'vitest';
import { elementWeb, zero } from './support/other-client';
import { annas, bens, connected, phoneAnd, ringing, twoPhones, World } from './support/world';

describe('versions', () => {
  it('V1-01: each of our events says version "1", its call and its party', async () => {
    const { world, anna, ben } = await connected('video');
    anna.controls.setHeld(anna.call(), true);
    ben.mute(true);
    await world.pass(400);
    ben.hangUp();
    await world.pass(400);
    expect(new Set(world.sent.map(({ type }) => type)).size).toBeGreaterThan(6);
    for (const { content, callId } of world.sent) {
      expect(content).toMatchObject({ version: '1', call_id: callId });
      expect(content.party_id).toMatch(/^[0-9A-Za-z._~-]{8,255}$/);
    }
  });

  it.each([1, '2', 'org.foo', null, undefined, 0.5, { major: 1 }])(
    'V1-02: version %j behaves as "1": the call is refused by a reject',
    async (version) => {
      const { world, anna, other } = phoneAnd(elementWeb);
      void other.invite('call', 'voice', { version });
      await world.pass(200);
      anna.decline();
      await world.pass(200);
      expect(world.types(anna)).toEqual(['m.call.reject']);
    },
  );

  it('V1-03: the string "0" is version 1, with no party if it names none', async () => {
    const { world, anna, other } = phoneAnd({ ...elementWeb, version: '0', party: null });
    void other.invite('call');
    await world.pass(200);
    anna.answer();
    await world.pass(400);
    expect(anna.state).toBe('connected');
    other.send('m.call.hangup', { reason: 'user_hangup' });
    await world.pass(100);
    expect(anna.outcome).toBe('ended: user_hangup by them');
  });
});

describe('ids', () => {
  it.each(['', 'a b', 'é', 'x'.repeat(256), 7, { id: 'x' }, 'a\u0000b'])(
    'V1-04: an event of party %j is ignored',
    async (party) => {
      const { world, anna, other } = phoneAnd(elementWeb);
      void other.invite('call', 'voice', { party_id: party });
      await world.pass(200);
      expect(anna.state).toBe('none');
    },
  );

  it.each(['', 'a b', 'x'.repeat(256), 7])('V1-04: an event of call %j is ignored', async (callId) => {
    const { world, anna, other } = phoneAnd(elementWeb);
    void other.invite('call', 'voice', { call_id: callId });
    await world.pass(200);
    expect(anna.state).toBe('none');
  });

  it('V1-04: ids of 255 characters are taken', async () => {
    const { world, anna, other } = phoneAnd({ ...elementWeb, party: 'p'.repeat(255) });
    void other.invite('c'.repeat(255));
    await world.pass(200);
    expect(anna.state).toBe('ringing');
  });

  it('V1-05: our party is new in each call, so that nobody learns our devices', async () => {
    const { world, anna } = await connected();
    const first = world.last('m.call.invite').content.party_id;
    anna.hangUp();
    await world.pass(100);
    anna.place(bens);
    await world.pass(400);
    expect(world.last('m.call.invite').content.party_id).not.toBe(first);
  });
});

describe('ourselves', () => {
  it('V1-06: our own events come back and change nothing', async () => {
    const { world, anna, ben } = await connected();
    for (const { type, content, sender } of [...world.sent]) world.homeserver.post(sender, type, content);
    await world.pass(200);
    expect([anna.state, ben.state]).toEqual(['connected', 'connected']);
    expect([anna.views.length, ben.views.length]).toEqual([1, 1]);
  });

  it('V1-07: a call to oneself rings on the other devices, and connects', async () => {
    const world = new World();
    const [desk, laptop, old] = [world.phone(annas), world.phone(annas), world.phone(annas)];
    desk.place(annas);
    await world.pass(400);
    expect([desk.state, laptop.state, old.state]).toEqual(['inviting', 'ringing', 'ringing']);
    laptop.answer();
    await world.pass(400);
    expect([desk.state, laptop.state]).toEqual(['connected', 'connected']);
    expect(old.outcome).toBe('ended: answered_elsewhere by us');
    expect([desk.gets('audio'), laptop.gets('audio')]).toEqual([true, true]);
    desk.hangUp();
    await world.pass(100);
    expect(laptop.outcome).toBe('ended: user_hangup by them');
  });

  it('V1-06, V1-07: a call to oneself is refused by another device of oneself', async () => {
    const world = new World();
    const [desk, laptop] = [world.phone(annas), world.phone(annas)];
    desk.place(annas);
    await world.pass(400);
    laptop.decline();
    await world.pass(100);
    expect(desk.outcome).toBe('ended: rejected by them');
  });

  it('V1-08: what another device of ours places, for anybody, does not ring here', async () => {
    const world = new World();
    const [anna, tablet] = [world.phone(annas), world.other(annas, elementWeb)];
    void tablet.invite('call');
    await world.pass(200);
    expect(anna.state).toBe('none');
  });
});

describe('one call', () => {
  it('V1-09: the same id in another room is another call', async () => {
    const { world, anna } = await connected();
    const room = world.room('other', annas, '@carl:x');
    const { callId } = anna.call();
    const content = { call_id: callId, party_id: 'ELEMENTWEB', version: '1', reason: 'user_hangup' };
    world.homeserver.post('@carl:x', 'm.call.hangup', content, { room });
    world.homeserver.post(bens, 'm.call.hangup', content, { room });
    await world.pass(100);
    expect(anna.state).toBe('connected');
  });

  it('V1-09: one id in two rooms rings as two calls', async () => {
    const { world, anna, other } = phoneAnd(elementWeb);
    const room = world.room('other', annas, bens);
    void other.invite('call');
    await world.pass(200);
    world.homeserver.post(bens, 'm.call.invite', world.last('m.call.invite').content, { room });
    await world.pass(200);
    expect(anna.views.map(({ state }) => state.name)).toEqual(['ringing', 'ringing']);
  });

  it('V1-10: a version 0 caller has no party, and neither has a version 1 caller that leaves it out', async () => {
    for (const traits of [zero, { ...elementWeb, party: null }]) {
      const { world, anna, other } = phoneAnd(traits);
      void other.invite('call');
      await world.pass(200);
      anna.answer();
      await world.pass(400);
      expect([anna.state, other.hears]).toEqual(['connected', true]);
    }
  });

  it('V1-10: a caller who hangs up without naming a party stops the ringing, on the screen as in the tray', async () => {
    const { world, ben } = await ringing();
    const { call_id } = world.last('m.call.invite').content;
    world.homeserver.post(annas, 'm.call.hangup', { call_id, version: '1' });
    await world.pass(200);
    expect([ben.outcome, ben.alerts]).toEqual(['ended: user_hangup by them', 0]);
  });

  it('V1-10: versions that change within a call do no harm', async () => {
    const { world, anna, other } = phoneAnd(elementWeb);
    void other.invite('call');
    await world.pass(200);
    other.send('m.call.candidates', { version: 0, candidates: [{ candidate: '' }] });
    other.send('m.call.candidates', { version: 0, party_id: undefined, candidates: [{ candidate: '' }] });
    anna.answer();
    await world.pass(400);
    other.send('m.call.negotiate', { version: 0, description: 7 });
    await world.pass(200);
    expect(anna.state).toBe('connected');
  });

  it('V1-11: the invite of a living call, once more, changes nothing', async () => {
    const { world, anna, ben } = await ringing();
    world.homeserver.post(annas, 'm.call.invite', world.last('m.call.invite').content);
    await world.pass(100);
    expect(ben.views.length).toBe(1);
    ben.answer();
    await world.pass(400);
    world.homeserver.post(annas, 'm.call.invite', world.last('m.call.invite').content);
    await world.pass(100);
    expect([anna.state, ben.state, ben.views.length]).toEqual(['connected', 'connected', 1]);
  });

  it('V1-12: the invite of an ended call, once more, does not ring, dismissed or not', async () => {
    const { world, anna, ben } = await ringing();
    anna.hangUp();
    await world.pass(100);
    const { content } = world.last('m.call.invite');
    world.homeserver.post(annas, 'm.call.invite', content);
    await world.pass(100);
    ben.controls.dismiss(ben.call());
    world.homeserver.post(annas, 'm.call.invite', content);
    await world.pass(100);
    expect(ben.views).toEqual([]);
  });

  it.each([
    ['m.call.invite', { offer: { type: 'offer' } }],
    ['m.call.invite', { offer: 'v=0' }],
    ['m.call.answer', { answer: { sdp: 7 } }],
    ['m.call.answer', {}],
    ['m.call.candidates', { candidates: { candidate: '' } }],
    ['m.call.candidates', { candidates: [7, null, 'x', {}, { candidate: 7 }, { candidate: 'candidate:1' }] }],
    ['m.call.negotiate', { description: { type: 7, sdp: 'v=0' } }],
    ['m.call.select_answer', { selected_party_id: 7 }],
    ['m.call.sdp_stream_metadata_changed', { sdp_stream_metadata: 'none' }],
    ['m.call.sdp_stream_metadata_changed', { sdp_stream_metadata: { a: 7, b: null, c: { purpose: 7 } } }],
  ])('V1-13: %s with %j is ignored', async (type, content) => {
    const { world, anna, ben } = await connected();
    const { call_id, party_id } = world.last('m.call.answer').content;
    world.homeserver.post(bens, type, { call_id, party_id, version: '1', ...content, unknown: true });
    await world.pass(200);
    expect([anna.state, ben.state]).toEqual(['connected', 'connected']);
  });

  it('V1-13: a lifetime in a string is no lifetime, and does not matter', async () => {
    const { world, anna, other } = phoneAnd(elementWeb);
    void other.invite('call', 'voice', { lifetime: '60000', unknown: [] });
    await world.pass(200);
    expect(anna.state).toBe('ringing');
    await world.pass(88_000);
    expect(anna.state).toBe('ringing');
    await world.pass(3000);
    expect(anna.outcome).toBe('ended: invite_timeout by circumstance');
  });
});

describe('several people', () => {
  it('AN-11: two users with one party id are two parties', async () => {
    const { world, anna } = await connected();
    const { call_id, party_id } = world.last('m.call.answer').content;
    world.homeserver.post('@carl:x', 'm.call.hangup', { call_id, party_id, version: '1', reason: 'user_hangup' });
    await world.pass(100);
    expect(anna.state).toBe('connected');
  });

  it('AN-10: only the invitee may answer, refuse or hang up', async () => {
    const { world, anna, ben } = twoPhones();
    const carl = world.other('@carl:x', elementWeb);
    anna.place(ben.user);
    await world.pass(400);
    await Promise.all([carl.answer(), world.pass(100)]);
    carl.send('m.call.reject');
    carl.send('m.call.hangup', { reason: 'user_hangup' });
    await world.pass(100);
    expect(anna.state).toBe('inviting');
    ben.answer();
    await world.pass(400);
    expect(anna.state).toBe('connected');
  });
});
