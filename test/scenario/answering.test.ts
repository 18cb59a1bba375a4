/** Answer, select_answer, reject and hangup, with several devices and things that cross: AN-01..AN-28. */
import { describe, expect, it } from 'vitest';
import { elementAndroid, elementWeb, fluffyChat, nheko, zero } from './support/other-client';
import type { Phone } from './support/phone';
import { annas, bens, connected, phoneAnd, ringing, twoPhones, World } from './support/world';

interface Three {
  readonly world: World;
  readonly anna: Phone;
  readonly ben: Phone;
  readonly tablet: Phone;
}

/** Anna's call rings on two phones of Ben's. */
async function ringingTwice(): Promise<Three> {
  const world = new World();
  const [anna, ben, tablet] = [world.phone(annas), world.phone(bens), world.phone(bens)];
  anna.place(bens);
  await world.pass(400);
  return { world, anna, ben, tablet };
}

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

describe('failures', () => {
  it('AN-24: devices that fail when placing end the call at once; nobody has heard of it', async () => {
    const { world, anna } = twoPhones();
    anna.capture.problems = { microphone: 'denied' };
    anna.place(bens);
    await world.pass(400);
    expect([anna.outcome, world.sent.length]).toEqual(['ended: user_media_failed by us', 0]);
  });

  it('AN-24: devices that fail when answering leave it ringing here and on the other devices', async () => {
    const { world, ben, tablet } = await ringingTwice();
    ben.capture.problems = { microphone: 'denied' };
    ben.answer();
    await world.pass(200);
    expect([ben.state, tablet.state, world.types(ben).length]).toEqual(['ringing', 'ringing', 0]);
    expect(ben.call().notice).toEqual({ about: 'microphone', problem: 'denied' });
    tablet.answer();
    await world.pass(400);
    expect([ben.state, tablet.state]).toEqual(['ended', 'connected']);
  });

  it('AN-24: devices that take longer to open than the call lives end it without a word', async () => {
    const { world, ben } = await ringing();
    ben.capture.delay = 200_000;
    ben.answer();
    await world.pass(300_000);
    expect(ben.state).toBe('ended');
    expect([world.types(ben), ben.capture.live]).toEqual([[], []]);
  });

  it('AN-25: an answer that cannot be sent rings again and can be tried again; its candidates are kept', async () => {
    const { world, anna, ben } = await ringing();
    world.network.candidates = [3, 1000];
    world.homeserver.refuse = ({ type }) => (type === 'm.call.answer' ? { reason: 'forbidden' } : null);
    ben.answer();
    await world.pass(200);
    expect(ben.state).toBe('ringing');
    expect(ben.call().notice).toEqual({ about: 'signalling', problem: 'forbidden' });
    world.homeserver.refuse = () => null;
    ben.answer();
    await world.pass(2000);
    expect([anna.state, ben.state, ben.call().notice]).toEqual(['connected', 'connected', null]);
    expect(world.types(ben)[0]).toBe('m.call.answer');
    expect(world.count('m.call.candidates', ben)).toBeGreaterThan(0);
  });

  it('AN-25: an answer of which nobody knows whether it arrived is no failure once sound flows', async () => {
    const { world, anna, ben } = await ringing();
    world.homeserver.losesResponse = ({ type }) => type === 'm.call.answer';
    ben.answer();
    await world.pass(120_000);
    expect([anna.state, ben.state]).toEqual(['connected', 'connected']);
  });

  it('AN-26: an answer for a call that is over is ignored', async () => {
    const { world, anna, other } = phoneAnd(elementWeb);
    anna.place(bens);
    await world.pass(400);
    anna.hangUp();
    void other.answer();
    await world.pass(400);
    expect([anna.state, anna.capture.live.length]).toEqual(['ended', 0]);
    expect(world.types(anna)).not.toContain('m.call.select_answer');
  });

  it('AN-26: an answer that WebRTC refuses is told by a hangup, and not kept silent', async () => {
    const { world, anna, other } = phoneAnd(elementWeb);
    anna.place(bens);
    await world.pass(400);
    void other.answer({ answer: { type: 'answer', sdp: 'nonsense' } });
    await world.pass(200);
    expect(anna.outcome).toBe('ended: unknown_error by circumstance');
    expect(world.last('m.call.hangup').content.reason).toBe('unknown_error');
  });

  it('AN-26: an offer that WebRTC refuses ends on this device when it is answered; others may do better', async () => {
    const { world, anna, other } = phoneAnd(elementWeb);
    void other.invite('call', 'voice', { offer: { type: 'offer', sdp: 'nonsense' } });
    await world.pass(200);
    expect(anna.state).toBe('ringing');
    anna.answer();
    await world.pass(200);
    expect([anna.outcome, world.types(anna).length]).toEqual(['ended: unknown_error by circumstance', 0]);
    expect(anna.capture.live).toEqual([]);
  });

  it.each(['place', 'answer'] as const)('a browser that makes no more connections ends the call (%s)', async (what) => {
    const { world, anna, other } = phoneAnd(elementAndroid);
    anna.failsToConnect = true;
    if (what === 'place') anna.place(bens);
    else void other.invite('call');
    await world.pass(200);
    if (what === 'answer') anna.answer();
    await world.pass(200);
    expect([anna.outcome, anna.capture.live.length]).toEqual(['ended: unknown_error by circumstance', 0]);
    anna.failsToConnect = false;
    if (what === 'answer') return;
    anna.place(bens);
    await world.pass(400);
    expect(anna.state).toBe('inviting');
  });
});

describe('the page goes away', () => {
  it.each(['anna', 'ben'] as const)('AN-27: %s loses the page in a call: main hangs up', async (who) => {
    const phones = await connected();
    phones[who].crash();
    await phones.world.pass(200);
    const other = who === 'anna' ? phones.ben : phones.anna;
    expect(other.outcome).toBe('ended: user_hangup by them');
    expect(phones.world.last('m.call.hangup').content.reason).toBe('user_hangup');
  });

  it('AN-27: the caller loses the page while it rings: main hangs up', async () => {
    const { world, anna, ben } = await ringing();
    anna.crash();
    await world.pass(200);
    expect(ben.outcome).toBe('ended: user_hangup by them');
  });

  it('AN-27, AN-19: the caller loses the page before the invite left: nobody hears of the call', async () => {
    const { world, anna, ben } = twoPhones();
    anna.capture.delay = 3000;
    anna.place(bens);
    await world.pass(500);
    anna.crash();
    await world.pass(5000);
    expect([world.sent.length, ben.state]).toEqual([0, 'none']);
  });
});

/** Three clients, one of which the network has confused: the handshake of the call that was chosen has no end. */
describe('a handshake without end', () => {
  const endless = async (): Promise<Three> => {
    const three = await ringingTwice();
    three.world.network.confusesHandshakes = true;
    three.ben.answer();
    three.tablet.answer();
    await three.world.pass(1000);
    return three;
  };

  it('AN-28: two devices of ours answer at once: the caller begins anew, and the chosen one is heard', async () => {
    const { world, anna, ben, tablet } = await endless();
    expect([anna.state, ben.state, tablet.outcome]).toEqual([
      'connecting',
      'connecting',
      'ended: answered_elsewhere by us',
    ]);
    await world.pass(3000);
    expect([anna.state, ben.state]).toEqual(['connected', 'connected']);
    expect([anna.gets('audio'), ben.gets('audio')]).toEqual([true, true]);
    expect([world.count('m.call.negotiate', anna), world.count('m.call.negotiate', ben)]).toEqual([2, 2]);
  });

  it('AN-28: a caller who does nothing about it: the callee begins anew', async () => {
    const { world, anna, other } = phoneAnd(elementWeb);
    void other.invite('call');
    await world.pass(300);
    world.network.confusesHandshakes = true;
    anna.answer();
    await world.pass(3500);
    expect([anna.state, other.live.connectionState]).toEqual(['connecting', 'connecting']);
    await world.pass(3000);
    expect([anna.state, other.hears]).toEqual(['connected', true]);
  });

  it('AN-28: before the right fingerprints nothing is heard', async () => {
    const { world, anna, ben } = await endless();
    await world.pass(1200);
    expect(world.count('m.call.negotiate', anna)).toBe(1);
    expect([anna.gets('audio'), ben.gets('audio')]).toEqual([false, false]);
  });

  it('AN-28, N5: a far end that might hang up on it is asked all the same, for the call is lost anyway', async () => {
    const { world, anna, other } = phoneAnd({ ...elementAndroid, party: 'phone', capabilities: null });
    anna.place(bens);
    await world.pass(400);
    world.network.confusesHandshakes = true;
    void other.answer();
    await world.pass(4000);
    expect([anna.state, other.hears]).toEqual(['connected', true]);
  });

  it('AN-28, NG-15: version 0 knows no way out: the call ends within its bound', async () => {
    const { world, anna, other } = phoneAnd(zero);
    anna.place(bens);
    await world.pass(400);
    world.network.confusesHandshakes = true;
    void other.answer();
    await world.pass(31_000);
    expect(anna.outcome).toBe('ended: ice_failed by circumstance');
    expect(world.count('m.call.negotiate', anna)).toBe(0);
  });

  it('AN-28: a path that comes late is given its time for a handshake', async () => {
    const { world, anna, ben } = await ringing();
    world.network.delay = 1900;
    world.network.confusesHandshakes = true;
    ben.answer();
    await world.pass(3000);
    world.network.endHandshakes();
    await world.pass(3000);
    expect([anna.state, ben.state]).toEqual(['connected', 'connected']);
    expect(world.count('m.call.negotiate')).toBe(0);
  });

  it.each([0, 300, 600, 900, 1200, 1500, 1800, 2100, 2500])(
    'AN-28: both begin anew, with signals that take %i ms: nothing wrong is left for the next change of the call',
    async (lag) => {
      const { world, anna, ben } = await ringing();
      world.network.confusesHandshakes = true;
      world.homeserver.lag = ({ type }) => (type === 'm.call.negotiate' ? lag : 0);
      ben.answer();
      await world.pass(400);
      world.network.confusesHandshakes = false;
      await world.pass(25_000);
      expect([anna.outcome, ben.outcome]).toEqual(['connected', 'connected']);
      for (const phone of [anna, ben]) {
        for (const held of [true, false]) {
          phone.controls.setHeld(phone.call(), held);
          await world.pass(8000);
        }
      }
      expect([anna.outcome, ben.outcome, anna.gets('audio'), ben.gets('audio')]).toEqual([
        'connected',
        'connected',
        true,
        true,
      ]);
    },
  );

  it.each([0, 10, 20, 40, 60, 100, 400])(
    'AN-28: a handshake that ends %i ms after it was given up, is begun anew all the same, and heard',
    async (later) => {
      const { world, anna, ben } = await ringing();
      world.network.confusesHandshakes = true;
      ben.answer();
      while (anna.signals.every(({ type }) => type !== 'm.call.negotiate')) await world.pass(1);
      await world.pass(later);
      world.network.endHandshakes();
      await world.pass(5000);
      expect([anna.outcome, ben.outcome, anna.gets('audio'), ben.gets('audio')]).toEqual([
        'connected',
        'connected',
        true,
        true,
      ]);
      ben.controls.setHeld(ben.call(), true);
      await world.pass(1000);
      ben.controls.setHeld(ben.call(), false);
      await world.pass(1000);
      expect([anna.outcome, ben.outcome, anna.gets('audio'), ben.gets('audio')]).toEqual([
        'connected',
        'connected',
        true,
        true,
      ]);
    },
  );

  it('AN-28: an ordinary call is not disturbed, however long it lasts', async () => {
    const { world } = await connected();
    await world.pass(60_000);
    expect(world.count('m.call.negotiate')).toBe(0);
  });
});
