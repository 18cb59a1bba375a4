/** Changes of a running call, hold, ICE restart, recovery: NG-01..NG-17, V0-14. */
import { describe, expect, it } from 'vitest';
import { elementAndroid, elementWeb, nheko, zero, type OtherClient, type Traits } from './support/other-client';
import type { FakeTransceiver } from './support/fake-transceiver';
import type { Phone } from './support/phone';
import { annas, bens, connected, phoneAnd, type World } from './support/world';

/** Anna in a call with a client that is not ours; she was called. */
async function inCallWith(traits: Traits): Promise<{ world: World; anna: Phone; other: OtherClient }> {
  const found = phoneAnd(traits);
  void found.other.invite('call');
  await found.world.pass(2500);
  found.anna.answer();
  await found.world.pass(3000);
  if (found.anna.state !== 'connected') throw new Error(found.anna.outcome);
  return found;
}

const directions = (phone: Phone): readonly unknown[] =>
  (phone.connections[0]?.transceivers ?? []).map(({ kind, direction }: FakeTransceiver) => `${kind} ${direction}`);

describe('the exchange', () => {
  it('NG-01, NG-12: voice becomes video, and back, by one offer and one answer', async () => {
    const { world, anna, ben } = await connected();
    anna.camera(true);
    await world.pass(500);
    expect(ben.call().peerCameraOn).toBe(true);
    expect(world.count('m.call.negotiate')).toBe(2);
    const [offer, answer] = world.sent.filter(({ type }) => type === 'm.call.negotiate');
    expect(offer?.content).toMatchObject({ description: { type: 'offer' }, lifetime: 30_000 });
    expect(answer?.content).toMatchObject({ description: { type: 'answer' } });
    anna.camera(false);
    await world.pass(500);
    expect([ben.call().peerCameraOn, ben.gets('video'), world.count('m.call.negotiate')]).toEqual([false, false, 2]);
  });

  it('NG-02: an offer is answered by a negotiate of type "answer"', async () => {
    const { world, other } = await inCallWith(elementWeb);
    other.live.addTransceiver('video', { direction: 'sendrecv', streams: [other.stream] });
    void other.negotiate();
    await world.pass(200);
    const { description } = world.last('m.call.negotiate').content as { description: { type: string } };
    expect([world.last('m.call.negotiate').sender, description.type]).toEqual([annas, 'answer']);
  });

  it.each([
    ['another device of the far end', bens, 'otherDevice'],
    ['a stranger', '@carl:x', 'strangeParty'],
    ['our own other device', annas, 'ourTablet'],
  ])('NG-03: a negotiate of %s is ignored', async (_who, sender, party) => {
    const { world, anna, other } = await inCallWith(elementWeb);
    const before = world.types(anna).length;
    const description = { type: 'offer', sdp: other.live.localDescription?.sdp };
    const content = { call_id: 'call', party_id: party, version: '1', description, lifetime: 10_000 };
    world.homeserver.post(sender, 'm.call.negotiate', content);
    await world.pass(200);
    expect([world.types(anna).length, anna.state]).toEqual([before, 'connected']);
  });

  it('NG-03: our own negotiate comes back, and is ignored', async () => {
    const { world, anna, ben } = await connected();
    anna.camera(true);
    await world.pass(500);
    expect([anna.rules, ben.rules]).not.toContain('NG-08');
    expect(ben.gets('video')).toBe(true);
  });

  it('NG-04: an expired negotiate is ignored', async () => {
    const { world, anna, other } = await inCallWith(elementWeb);
    world.homeserver.lag = () => 11_000;
    void other.negotiate();
    await world.pass(12_000);
    expect(anna.rules).toContain('NG-04');
    expect(world.types(anna)).not.toContain('m.call.negotiate');
  });

  it('NG-04: an unanswered offer is rolled back, the call goes on, and the far end is not asked for ever', async () => {
    const { world, anna, other } = await inCallWith({ ...elementWeb, onNegotiate: 'ignores' });
    anna.camera(true);
    await world.pass(29_000);
    expect(anna.connections[0]?.signalingState).toBe('have-local-offer');
    await world.pass(300_000);
    expect([anna.state, anna.connections[0]?.signalingState]).toEqual(['connected', 'stable']);
    expect(other.heard('m.call.negotiate')).toBe(2);
    expect([other.hears, anna.gets('audio')]).toEqual([true, true]);
  });

  it('NG-04: an answer that comes too late counts for nothing, and the change is asked for again', async () => {
    const { world, anna, other } = await inCallWith(elementWeb);
    let late = true;
    world.homeserver.lag = ({ type }, to) => (late && to === anna && type === 'm.call.negotiate' ? 31_000 : 0);
    anna.controls.setHeld(anna.call(), true);
    await world.pass(29_000);
    late = false;
    await world.pass(4000);
    expect(anna.rules).toContain('NG-04');
    expect([anna.state, other.heard('m.call.negotiate')]).toEqual(['connected', 2]);
    anna.controls.setHeld(anna.call(), false);
    await world.pass(1000);
    expect([other.heard('m.call.negotiate'), other.hears, anna.gets('audio')]).toEqual([3, true, true]);
  });

  it('NG-05: the type of a description is not judged by us; what WebRTC refuses changes nothing', async () => {
    const { world, anna, other } = await inCallWith(elementWeb);
    for (const type of ['pranswer', 'rollback', 'nonsense', 'answer']) {
      other.send('m.call.negotiate', { description: { type, sdp: 'v=0\r\n' }, lifetime: 10_000 });
      await world.pass(100);
    }
    expect(anna.rules.filter((rule) => rule === 'NG-08').length).toBe(4);
    expect([anna.state, anna.gets('audio')]).toEqual(['connected', true]);
  });

  describe('NG-05: a provisional answer', () => {
    /** Anna turned her camera on, and the far end has answered that for the time being. */
    async function provisional(): Promise<{ world: World; anna: Phone; other: OtherClient }> {
      const call = await inCallWith({ ...elementWeb, onNegotiate: 'ignores' });
      const { world, anna, other } = call;
      anna.camera(true);
      await world.pass(200);
      const { description } = world.last('m.call.negotiate').content as { description: { type: string; sdp: string } };
      await other.live.setRemoteDescription(description);
      await other.live.setLocalDescription();
      other.send('m.call.negotiate', { description: { ...answerOf(other), type: 'pranswer' }, lifetime: 10_000 });
      await world.pass(200);
      expect(anna.connections[0]?.signalingState).toBe('have-remote-pranswer');
      return call;
    }
    const answerOf = ({ live }: OtherClient): object => ({ type: 'answer', sdp: live.localDescription?.sdp });

    async function changeIsAsked({ world, anna, other }: Awaited<ReturnType<typeof provisional>>): Promise<void> {
      expect([anna.state, anna.connections[0]?.signalingState]).toEqual(['connected', 'stable']);
      const before = other.heard('m.call.negotiate');
      anna.controls.setHeld(anna.call(), true);
      await world.pass(500);
      expect(other.heard('m.call.negotiate')).toBe(before + 1);
    }

    it('is followed by the answer', async () => {
      const call = await provisional();
      call.other.send('m.call.negotiate', { description: answerOf(call.other), lifetime: 10_000 });
      await call.world.pass(200);
      await changeIsAsked(call);
    });

    it('counts as the answer where none follows', async () => {
      const call = await provisional();
      await call.world.pass(31_000);
      await changeIsAsked(call);
    });

    it('counts as the answer where an offer follows', async () => {
      const call = await provisional();
      await call.other.negotiate();
      await call.world.pass(500);
      expect(call.world.last('m.call.negotiate', call.anna).content).toMatchObject({ description: { type: 'answer' } });
      await changeIsAsked(call);
    });
  });

  it('NG-05: an offer of ours that the far end rolls back is made again', async () => {
    const { world, anna, other } = await inCallWith({ ...elementWeb, onNegotiate: 'ignores' });
    anna.camera(true);
    await world.pass(200);
    other.send('m.call.negotiate', { description: { type: 'rollback', sdp: '' }, lifetime: 10_000 });
    await world.pass(200);
    expect([anna.state, other.heard('m.call.negotiate'), anna.gets('audio')]).toEqual(['connected', 2, true]);
  });

  it('NG-06, NG-17: offers that cross end with what both wanted, whoever was first', async () => {
    for (const lead of [0, 5, 10, 15, 20, 30]) {
      const { world, anna, ben } = await connected();
      anna.camera(true);
      await world.pass(lead);
      ben.camera(true);
      await world.pass(1000);
      expect([anna.gets('video'), ben.gets('video')]).toEqual([true, true]);
    }
  });

  it('NG-07: a negotiate right behind the answer waits until that is applied', async () => {
    const { world, anna, other } = phoneAnd(elementWeb);
    anna.place(bens);
    await world.pass(400);
    world.homeserver.offline(anna);
    await Promise.all([other.answer(), world.pass(50)]);
    other.live.addTransceiver('video', { direction: 'sendrecv', streams: [other.stream] });
    await Promise.all([other.negotiate(), world.pass(50)]);
    world.homeserver.online(anna);
    await world.pass(400);
    expect([anna.state, anna.rules.includes('NG-08')]).toEqual(['connected', false]);
    expect(world.types(anna)).toContain('m.call.negotiate');
  });

  it('NG-07: the old key `offer` is taken for `description`', async () => {
    const { world, anna, other } = await inCallWith(elementWeb);
    other.live.addTransceiver('video', { direction: 'sendrecv', streams: [other.stream] });
    await other.live.setLocalDescription();
    const offer = { type: 'offer', sdp: other.live.localDescription?.sdp };
    other.send('m.call.negotiate', { offer, lifetime: 10_000 });
    await world.pass(200);
    expect(world.types(anna)).toContain('m.call.negotiate');
  });

  it.each([{}, { description: null }, { description: { type: 'offer' } }, { description: 'v=0' }])(
    'NG-08: a malformed negotiate (%j) changes nothing',
    async (content) => {
      const { world, anna, other } = await inCallWith(elementWeb);
      other.send('m.call.negotiate', content);
      await world.pass(100);
      expect([anna.state, anna.gets('audio')]).toEqual(['connected', true]);
    },
  );

  it('NG-08: an offer that WebRTC refuses leaves the call as it was, and the next one is taken', async () => {
    const { world, anna, other } = await inCallWith(elementWeb);
    other.send('m.call.negotiate', { description: { type: 'offer', sdp: 'nonsense' }, lifetime: 10_000 });
    await world.pass(100);
    expect([anna.state, anna.gets('audio')]).toEqual(['connected', true]);
    void other.negotiate();
    await world.pass(100);
    expect(world.types(anna)).toContain('m.call.negotiate');
  });

  it('NG-08: an answer that WebRTC refuses leaves the call as it was', async () => {
    const { world, anna, other } = await inCallWith({ ...elementWeb, onNegotiate: 'ignores' });
    anna.camera(true);
    await world.pass(200);
    other.send('m.call.negotiate', { description: { type: 'answer', sdp: 'nonsense' }, lifetime: 10_000 });
    await world.pass(100);
    expect([anna.state, anna.gets('audio')]).toEqual(['connected', true]);
  });

  it('NG-16: changes that come in a storm make few offers, one after the other', async () => {
    const { world, anna, ben } = await connected();
    for (let turn = 0; turn < 10; turn++) {
      anna.camera(turn % 2 === 0);
      anna.controls.setHeld(anna.call(), turn % 3 === 0);
    }
    anna.controls.setHeld(anna.call(), false);
    anna.camera(true);
    await world.pass(2000);
    const descriptions = world.sent
      .filter(({ type }) => type === 'm.call.negotiate')
      .map(({ content }) => (content.description as { type: string }).type);
    expect(descriptions.join(' ')).toMatch(/^(offer answer ?)+$/);
    expect(descriptions.length).toBeLessThanOrEqual(6);
    expect([ben.gets('video'), ben.gets('audio'), ben.call().heldByPeer]).toEqual([true, true, false]);
  });

  it('NG-16: a change while an offer waits for its answer follows it', async () => {
    const { world, anna, ben } = await connected();
    world.homeserver.delay = 200;
    anna.camera(true);
    await world.pass(300);
    anna.controls.shareScreen(anna.call(), anna.capture.screen());
    await world.pass(5000);
    expect([ben.call().peerCameraOn, ben.call().remoteScreen !== null]).toEqual([true, true]);
  });

  it('NG-17: both share their screen at the same moment, and both see', async () => {
    const { world, anna, ben } = await connected();
    anna.controls.shareScreen(anna.call(), anna.capture.screen());
    ben.controls.shareScreen(ben.call(), ben.capture.screen());
    await world.pass(1000);
    for (const phone of [anna, ben]) {
      const screen = phone.call().remoteScreen;
      expect(screen).not.toBeNull();
      expect(phone.gets('video', screen?.id)).toBe(true);
    }
  });
});

describe('hold', () => {
  it('NG-09, NG-11: who holds sends and receives no sound; the far end says "held"; resuming brings all back', async () => {
    const { world, anna, ben } = await connected('video');
    anna.controls.setHeld(anna.call(), true);
    await world.pass(500);
    expect(anna.call()).toMatchObject({ heldByUs: true, heldByPeer: false, holdIsLocal: false });
    expect(ben.call()).toMatchObject({ heldByUs: false, heldByPeer: true });
    for (const phone of [anna, ben]) expect([phone.gets('audio'), phone.gets('video')]).toEqual([false, false]);
    expect(directions(anna)).toEqual(['audio sendonly', 'video sendonly']);
    anna.controls.setHeld(anna.call(), false);
    await world.pass(500);
    expect(ben.call().heldByPeer).toBe(false);
    for (const phone of [anna, ben]) expect([phone.gets('audio'), phone.gets('video')]).toEqual([true, true]);
  });

  it('NG-10: resuming restores the directions of before, also of what was added meanwhile', async () => {
    const { world, anna, ben } = await connected();
    ben.controls.shareScreen(ben.call(), ben.capture.screen());
    await world.pass(500);
    const before = directions(anna);
    expect(before).toEqual(['audio sendrecv', 'video recvonly']);
    anna.controls.setHeld(anna.call(), true);
    await world.pass(500);
    expect(directions(anna)).toEqual(['audio sendonly', 'video inactive']);
    ben.camera(true);
    await world.pass(500);
    expect([anna.gets('video'), directions(anna)[2]]).toEqual([false, 'video sendonly']);
    anna.controls.setHeld(anna.call(), false);
    await world.pass(500);
    expect(directions(anna)).toEqual([...before, 'video sendrecv']);
    expect([anna.gets('video', anna.call().remoteStream?.id), anna.call().peerCameraOn]).toEqual([true, true]);
    expect(anna.gets('video', anna.call().remoteScreen?.id)).toBe(true);
  });

  it('NG-11: mute survives hold and resume, and can change meanwhile', async () => {
    const { world, anna, ben } = await connected();
    anna.mute(true);
    anna.controls.setHeld(anna.call(), true);
    await world.pass(500);
    anna.controls.setHeld(anna.call(), false);
    await world.pass(500);
    expect([ben.gets('audio'), anna.call().microphoneMuted]).toEqual([false, true]);
    anna.controls.setHeld(anna.call(), true);
    anna.mute(false);
    await world.pass(500);
    expect(ben.gets('audio')).toBe(false);
    anna.controls.setHeld(anna.call(), false);
    await world.pass(500);
    expect(ben.gets('audio')).toBe(true);
  });

  it('NG-11: both hold; each resumes for itself', async () => {
    const { world, anna, ben } = await connected();
    anna.controls.setHeld(anna.call(), true);
    ben.controls.setHeld(ben.call(), true);
    await world.pass(1000);
    for (const phone of [anna, ben]) expect(phone.call()).toMatchObject({ heldByUs: true, heldByPeer: true });
    anna.controls.setHeld(anna.call(), false);
    await world.pass(1000);
    expect(anna.call()).toMatchObject({ heldByUs: false, heldByPeer: true });
    expect(ben.call()).toMatchObject({ heldByUs: true, heldByPeer: false });
    expect([anna.gets('audio'), ben.gets('audio')]).toEqual([false, false]);
    ben.controls.setHeld(ben.call(), false);
    await world.pass(1000);
    expect([anna.gets('audio'), ben.gets('audio')]).toEqual([true, true]);
    expect([anna.call().heldByPeer, ben.call().heldByPeer]).toEqual([false, false]);
  });

  it.each(['sendonly', 'inactive'] as const)('NG-09: held by another client (%s)', async (direction) => {
    const { world, anna, other } = await inCallWith(elementWeb);
    for (const transceiver of other.live.transceivers) transceiver.direction = direction;
    void other.negotiate();
    await world.pass(200);
    expect(anna.call().heldByPeer).toBe(true);
    for (const transceiver of other.live.transceivers) transceiver.direction = 'sendrecv';
    void other.negotiate();
    await world.pass(200);
    expect([anna.call().heldByPeer, other.hears]).toEqual([false, true]);
  });

  it('NG-09: a picture that goes one way is no hold', async () => {
    const { world, anna, ben } = await connected();
    ben.controls.shareScreen(ben.call(), ben.capture.screen());
    await world.pass(500);
    expect([anna.call().heldByPeer, ben.call().heldByPeer]).toEqual([false, false]);
  });

  it('hold survives an ICE restart', async () => {
    const { world, anna, ben } = await connected();
    anna.controls.setHeld(anna.call(), true);
    await world.pass(500);
    ben.wake();
    await world.pass(1000);
    expect([anna.gets('audio'), ben.gets('audio'), ben.call().heldByPeer]).toEqual([false, false, true]);
    anna.controls.setHeld(anna.call(), false);
    await world.pass(500);
    expect([anna.gets('audio'), ben.gets('audio')]).toEqual([true, true]);
  });

  it.each([
    ['NG-15', 'version 0', zero],
    ['N5', 'nheko', nheko],
  ] as [string, string, Traits][])(
    '%s: against %s hold is silence at our end, and the screen says so',
    async (...row) => {
      const { world, anna, other } = await inCallWith(row[2]);
      anna.controls.setHeld(anna.call(), true);
      await world.pass(1000);
      expect(anna.call()).toMatchObject({ heldByUs: true, holdIsLocal: true, state: { name: 'connected' } });
      expect([other.hears, anna.gets('audio'), world.types(anna).includes('m.call.negotiate')]).toEqual([
        false,
        false,
        false,
      ]);
      anna.controls.setHeld(anna.call(), false);
      await world.pass(1000);
      expect([other.hears, anna.gets('audio'), anna.call().holdIsLocal]).toEqual([true, true, false]);
    },
  );
});

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
