/** Answer, select_answer and reject, with several devices and things that cross: AN-01..AN-15. */
import { describe, expect, it } from 'vitest';
import { elementWeb, fluffyChat } from './support/other-client';
import { annas, bens, connected, phoneAnd, ringing, ringingTwice, twoPhones } from './support/world';

describe('before the answer', () => {
  it('AN-01: while it rings nothing leaves the callee, neither event nor packet', async () => {
    const { world, ben } = await ringing('video');
    await world.pass(5000);
    expect(world.types(ben)).toEqual([]);
    expect(ben.connections.map(({ probing }) => probing)).toEqual([false]);
    expect(ben.capture.openings).toBe(0);
  });

  it("AN-01: the caller's candidates make no packet leave while it rings", async () => {
    const { world, anna, ben } = twoPhones();
    world.network.candidates = [3, 1000];
    world.network.gathering = 2000;
    anna.place(bens);
    await world.pass(10_000);
    expect(world.count('m.call.candidates', anna)).toBeGreaterThan(0);
    expect(ben.connections[0]?.probing).toBe(false);
    ben.answer();
    await world.pass(400);
    expect([anna.state, ben.state]).toEqual(['connected', 'connected']);
  });

  it('AN-01: a negotiate while it rings makes no packet leave', async () => {
    const { world, anna, other } = phoneAnd(elementWeb);
    void other.invite('call');
    await world.pass(200);
    other.send('m.call.negotiate', {
      description: { type: 'offer', sdp: other.live.localDescription?.sdp },
      lifetime: 10_000,
    });
    await world.pass(1000);
    expect([anna.state, anna.connections[0]?.probing, world.types(anna).length]).toEqual(['ringing', false, 0]);
    anna.answer();
    await world.pass(400);
    expect(anna.state).toBe('connected');
  });
});

/** Chromium ends lines at a line feed alone: what others take for the end of a line it reads as a part of it. Seen there. */
describe.each([
  ['as it should be', '\r\n'],
  ['with a line separator before its end', ' x \u2028\r\n'],
  ['with a paragraph separator before its end', ' x \u2029\r\n'],
  ['with a second carriage return', ' x \r\r\n'],
  ['that ends with the description', ''],
])('an offer with a candidate %s', (_how, end) => {
  it('AN-01: nobody learns by it where the callee is, before the answer', async () => {
    const { world, anna, other } = phoneAnd(elementWeb);
    world.network.candidates = [5000];
    other.callId = 'call';
    void other.offer('voice').then((offer) => {
      const sdp = `${offer}a=candidate:1 1 udp 1 192.0.2.1 5000 typ host generation 0${end}`;
      other.send('m.call.invite', { lifetime: 60_000, offer: { type: 'offer', sdp }, sdp_stream_metadata: {} });
    });
    await world.pass(2000);
    expect([anna.state, anna.connections[0]?.probing, world.types(anna)]).toEqual(['ringing', false, []]);
    anna.answer();
    await world.pass(400);
    expect(anna.connections[0]?.probing).toBe(true);
  });
});

describe('the choice', () => {
  it('AN-02, AN-03, AN-06: of two answers the first is chosen and named; the other device ends and sends nothing more', async () => {
    const { world, anna, ben, tablet } = await ringingTwice();
    ben.answer();
    tablet.answer();
    await world.pass(1000);
    const [first, second] = world.sent.filter(({ type }) => type === 'm.call.answer');
    expect(world.count('m.call.select_answer')).toBe(1);
    expect(world.last('m.call.select_answer').content.selected_party_id).toBe(first?.content.party_id);
    const [winner, loser] = first?.device === ben.device ? [ben, tablet] : [tablet, ben];
    expect([anna.state, winner.state]).toEqual(['connected', 'connected']);
    expect(loser.outcome).toBe('ended: answered_elsewhere by us');
    expect(loser.capture.live).toEqual([]);
    expect(second?.device).toBe(loser.device);
    expect(world.types(loser)).not.toContain('m.call.hangup');
    const sent = world.types(loser).length;
    await world.pass(60_000);
    expect(world.types(loser).length).toBe(sent);
  });

  it.each(['rejectFirst', 'answerFirst'] as const)(
    'AN-02, AN-04, AN-05, AN-07: one device answers, the other declines (%s): the first event counts',
    async (order) => {
      const { world, anna, ben, tablet } = await ringingTwice();
      world.homeserver.lag = (_event, to) => (to === anna ? 0 : 500); // the two do not see each other in time
      const [decline, answer] = [() => tablet.decline(), () => ben.answer()];
      if (order === 'rejectFirst') decline();
      else answer();
      await world.pass(100);
      if (order === 'rejectFirst') answer();
      else decline();
      await world.pass(2000);
      const selected = world.last('m.call.select_answer').content.selected_party_id;
      if (order === 'rejectFirst') {
        expect(selected).toBe(world.last('m.call.reject').content.party_id);
        expect(anna.outcome).toBe('ended: rejected by them');
        expect(ben.outcome).toBe('ended: rejected_elsewhere by us');
      } else {
        expect(selected).toBe(world.last('m.call.answer').content.party_id);
        expect([anna.state, ben.state]).toEqual(['connected', 'connected']);
      }
      expect([...ben.capture.live].length).toBe(order === 'rejectFirst' ? 0 : 1);
    },
  );

  it.each([
    ['nobody', { selected_party_id: null }, {}],
    ['nothing', {}, {}],
    ['a stranger', { selected_party_id: 'somebody' }, { sender: '@carl:x' }],
    ['another device of the caller', { selected_party_id: 'somebody' }, { party: 'otherParty' }],
    ['another device of the callee', { selected_party_id: 'somebody' }, { sender: bens, party: 'otherParty' }],
  ] as const)('AN-08: select_answer of %s is ignored', async (_who, content, { sender, party }: Faked) => {
    const { world, anna, ben } = await connected();
    const { call_id, party_id } = world.last('m.call.invite').content;
    const common = { call_id, party_id: party ?? party_id, version: '1' };
    world.homeserver.post(sender ?? annas, 'm.call.select_answer', { ...common, ...content });
    await world.pass(100);
    expect([anna.state, ben.state]).toEqual(['connected', 'connected']);
  });

  interface Faked {
    readonly sender?: string;
    readonly party?: string;
  }

  it('AN-08: on a call that we placed, select_answer is ignored', async () => {
    const { world, anna, other } = phoneAnd(elementWeb);
    anna.place(bens);
    await world.pass(400);
    void other.answer();
    await world.pass(400);
    other.send('m.call.select_answer', { selected_party_id: 'somebody' });
    await world.pass(100);
    expect(anna.state).toBe('connected');
  });

  it('AN-09: sound flows before select_answer is seen, and without it', async () => {
    const { world, anna, ben } = await ringing();
    world.homeserver.refuse = ({ type }) => (type === 'm.call.select_answer' ? { reason: 'forbidden' } : null);
    ben.answer();
    await world.pass(400);
    expect([anna.gets('audio'), ben.gets('audio')]).toEqual([true, true]);
    await world.pass(60_000);
    expect([anna.state, ben.state]).toEqual(['connected', 'connected']);
  });

  it('AN-12: our other device answers while this one rings: it stops', async () => {
    const { world, ben, tablet } = await ringingTwice();
    world.homeserver.refuse = ({ type }) => (type === 'm.call.select_answer' ? { reason: 'forbidden' } : null);
    tablet.answer();
    await world.pass(200);
    expect(ben.outcome).toBe('ended: answered_elsewhere by us');
  });

  it('AN-12, AN-13: once we answered, an answer or reject of our other device waits for select_answer', async () => {
    const { world, anna, ben, tablet } = await ringingTwice();
    world.homeserver.lag = (event, to) => (to === anna && event.type === 'm.call.answer' ? 500 : 0);
    ben.answer();
    await world.pass(45); // the answer is with the homeserver
    const { call_id } = world.last('m.call.answer').content;
    world.homeserver.post(bens, 'm.call.reject', { call_id, party_id: 'thirdParty', version: '1' });
    await world.pass(300);
    expect(['answering', 'connecting']).toContain(ben.state);
    await world.pass(1000);
    expect([anna.state, ben.state, tablet.state]).toEqual(['connected', 'connected', 'ended']);
  });
});

describe('declining', () => {
  it('AN-14, AN-15: a version 1 call is declined by a reject, without a reason', async () => {
    const { world, anna, ben } = await ringing();
    ben.decline();
    await world.pass(100);
    expect(world.last('m.call.reject').content).not.toHaveProperty('reason');
    expect(anna.outcome).toBe('ended: rejected by them');
  });

  it('AN-14: to hang up while it rings is to decline', async () => {
    const { world, ben } = await ringing();
    ben.hangUp();
    await world.pass(100);
    expect(world.types(ben)).toEqual(['m.call.reject']);
  });

  it('AN-14: to hang up while the devices open is to decline: nobody has heard of an answer', async () => {
    const { world, ben } = await ringing();
    ben.capture.delay = 5000;
    ben.answer();
    await world.pass(100);
    ben.hangUp();
    await world.pass(6000);
    expect(world.types(ben)).toEqual(['m.call.reject']);
    expect(ben.capture.live).toEqual([]);
  });

  it('AN-15: a reject with a reason is a reject (FluffyChat sends user_busy)', async () => {
    const { world, anna, other } = phoneAnd(fluffyChat);
    anna.place(bens);
    await world.pass(400);
    other.callId = anna.call().callId;
    other.send('m.call.reject', { reason: 'user_busy' });
    await world.pass(100);
    expect(anna.outcome).toBe('ended: rejected by them');
    expect(world.last('m.call.select_answer').content.selected_party_id).toBe('FLUFFYCHAT');
  });
});
