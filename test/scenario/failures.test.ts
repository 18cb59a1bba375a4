/** What fails on the way to a connected call: devices, signals, the page, a handshake without end: AN-24..AN-28. */
import { describe, expect, it } from 'vitest';
import { elementAndroid, elementWeb, zero } from './support/other-client';
import { annas, bens, connected, phoneAnd, ringing, ringingTwice, type Three, twoPhones } from './support/world';

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
    expect(anna.lines.at(-1)).toEqual({ rule: 'AN-26', reason: 'm.call.answer of an ended call' });
  });

  it.each([
    ['still on the screen', false],
    ['taken off the screen', true],
  ])(
    'AN-26, V1-12: what comes after the end of a call (%s) changes nothing and is logged',
    async (_where, dismissed) => {
      const { world, ben } = await connected();
      const { call_id, party_id } = world.last('m.call.invite').content;
      ben.hangUp();
      await world.pass(200);
      expect(ben.lines).toEqual([]); // the hangup that came back is no news
      if (dismissed) ben.controls.dismiss(ben.call());
      world.homeserver.post(annas, 'm.call.hangup', { call_id, party_id, version: '1' });
      await world.pass(200);
      expect(ben.lines).toEqual([{ rule: 'AN-26', reason: 'm.call.hangup of an ended call' }]);
      expect([ben.views.length, ben.outcome]).toEqual(dismissed ? [0, 'none'] : [1, 'ended: user_hangup by us']);
    },
  );

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
