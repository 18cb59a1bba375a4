/**
 * Weaknesses of matrix-js-sdk's calls (checklist, section 10) and bugs that people have reported of clients: one scenario
 * each, which shows that ours does not have it. What is not about calls of two is listed in README.md.
 */
import { describe, expect, it } from 'vitest';
import { elementAndroid, elementWeb, nheko, zero } from './support/other-client';
import { annas, bens, connected, phoneAnd, ringing, twoPhones, World } from './support/world';

describe('matrix-js-sdk', () => {
  it('W1: glare with an invite that names no invitee is resolved, and a call that is only being prepared always yields', async () => {
    for (const delay of [4, 500]) {
      const { world, anna, other } = phoneAnd(elementWeb);
      anna.capture.delay = delay;
      anna.place(bens);
      await world.pass(100);
      void other.invite(delay === 4 ? 'lesser' : '~~greater');
      await world.pass(1500);
      expect([anna.state, anna.call().direction, other.hears]).toEqual(['connected', 'incoming', true]);
      expect(world.types(anna).includes('m.call.invite')).toBe(delay === 4);
    }
  });

  it('W2: a version 0 hangup before the answer ends the ringing', async () => {
    const { world, anna, other } = phoneAnd(zero);
    anna.place(bens);
    await world.pass(400);
    other.callId = anna.call().callId;
    other.send('m.call.hangup');
    await world.pass(100);
    expect(anna.state).toBe('ended');
  });

  it('W3: no hangup for a call that nobody has heard of', async () => {
    const { world, anna } = twoPhones();
    let limited = true;
    world.homeserver.refuse = () => (limited ? { reason: 'rateLimited', retryAfter: 2000 } : null);
    anna.place(bens);
    await world.pass(500);
    anna.hangUp();
    limited = false;
    await world.pass(60_000);
    expect(world.sent).toEqual([]);
  });

  it('W4: every hangup of ours has a reason of the list, also before an answer', async () => {
    const { world, anna } = await ringing();
    anna.hangUp();
    await world.pass(100);
    expect(world.last('m.call.hangup').content.reason).toBe('user_hangup');
  });

  it('W5: a reject is selected', async () => {
    const { world, ben } = await ringing();
    ben.decline();
    await world.pass(100);
    expect(world.count('m.call.select_answer')).toBe(1);
  });

  it('W6: select_answer, negotiate, metadata and identity count from the chosen party only', async () => {
    const { world, anna, ben } = await connected();
    const { call_id } = world.last('m.call.invite').content;
    const stranger = { call_id, party_id: 'otherDevice', version: '1' };
    const usermedia = { purpose: 'm.usermedia', audio_muted: true };
    const streams = Object.keys(world.last('m.call.invite').content.sdp_stream_metadata as object);
    for (const sender of [annas, bens]) {
      world.homeserver.post(sender, 'm.call.select_answer', { ...stranger, selected_party_id: 'x' });
      world.homeserver.post(sender, 'm.call.negotiate', { ...stranger, description: { type: 'offer', sdp: 'v=0' } });
      world.homeserver.post(sender, 'm.call.asserted_identity', { ...stranger, asserted_identity: { id: 'x' } });
      const sdp_stream_metadata = Object.fromEntries(streams.map((id) => [id, usermedia]));
      world.homeserver.post(sender, 'm.call.sdp_stream_metadata_changed', { ...stranger, sdp_stream_metadata });
    }
    await world.pass(200);
    for (const phone of [anna, ben]) {
      expect(phone.call()).toMatchObject({ state: { name: 'connected' }, peerMuted: false, peerIdentity: null });
      expect(phone.rules).not.toContain('NG-08');
    }
  });

  it('W7: only the invitee can answer', async () => {
    const { world, anna } = await ringing();
    const carl = world.other('@carl:x', elementWeb);
    world.homeserver.post(annas, 'm.call.invite', world.last('m.call.invite').content);
    await world.pass(50);
    void carl.answer();
    await world.pass(200);
    expect(anna.state).toBe('inviting');
  });

  it('W8: the same id in another room does not reach our call', async () => {
    const { world, anna } = await connected();
    const room = world.room('other', annas, bens);
    world.homeserver.post(bens, 'm.call.hangup', { ...world.last('m.call.answer').content, reason: 'x' }, { room });
    await world.pass(100);
    expect(anna.state).toBe('connected');
  });

  it('W9: one can call oneself, candidates included', async () => {
    const world = new World();
    world.network.candidates = [400];
    world.network.gathering = 600;
    const [desk, laptop] = [world.phone(annas), world.phone(annas)];
    desk.place(annas);
    await world.pass(400);
    laptop.answer();
    await world.pass(3000);
    expect([desk.state, laptop.state]).toEqual(['connected', 'connected']);
  });

  it('W10: an invite and the reject of our other device in one sync do not ring', async () => {
    const world = new World();
    const [anna, ben, tablet] = [world.phone(annas), world.phone(bens), world.phone(bens)];
    world.homeserver.offline(ben);
    anna.place(bens);
    await world.pass(400);
    tablet.decline();
    await world.pass(100);
    world.homeserver.online(ben);
    expect([ben.state, ben.alerts]).toEqual(['none', 0]);
  });

  it('W11: a repeated invite does not replace a living call', async () => {
    const { world, anna, ben } = await connected();
    world.homeserver.post(annas, 'm.call.invite', world.last('m.call.invite').content);
    await world.pass(200);
    expect([anna.state, ben.state, ben.gets('audio'), ben.connections.length]).toEqual([
      'connected',
      'connected',
      true,
      1,
    ]);
  });

  it('W12: candidates of calls that never come, and calls that are over, are not kept for ever', async () => {
    const { world, anna, other } = phoneAnd(elementWeb);
    for (let index = 0; index < 400; index++) {
      other.callId = `call-${String(index)}`;
      other.send('m.call.candidates', { candidates: [{ candidate: 'candidate:1 1 udp 1 x 1 typ host', sdpMid: '0' }] });
    }
    for (let index = 0; index < 40; index++) {
      void other.invite(`short-${String(index)}`);
      await world.pass(60);
      other.send('m.call.hangup', { reason: 'user_hangup' });
      await world.pass(60);
    }
    expect(anna.views.length).toBeLessThanOrEqual(20);
    expect(anna.connections.filter(({ closed }) => !closed)).toEqual([]);
  });

  it('W13: end-of-candidates is not lost when nothing else waits, and leaves at once', async () => {
    const { world, anna } = twoPhones();
    world.network.gathering = 60;
    anna.place(bens);
    await world.pass(120);
    expect(world.types(anna)).toEqual(['m.call.invite', 'm.call.candidates']);
  });

  it('W14: candidates wait as long as the homeserver says, and never end the call', async () => {
    const { world, anna, ben } = await ringing();
    let tries = 0;
    world.homeserver.refuse = ({ type }) => {
      if (type !== 'm.call.candidates') return null;
      tries += 1;
      return { reason: 'rateLimited', retryAfter: 7000 };
    };
    ben.answer();
    await world.pass(60_000);
    expect([anna.state, ben.state]).toEqual(['connected', 'connected']);
    expect(tries).toBeLessThan(12);
  });

  it('W15: a stream that the metadata does not list, or of a purpose unknown, breaks nothing', async () => {
    const { world, anna, other } = phoneAnd(elementWeb);
    void other.invite('call', 'video', { sdp_stream_metadata: { [other.stream.id]: { purpose: 'm.future' } } });
    await world.pass(300);
    anna.answer();
    await world.pass(500);
    expect([anna.state, anna.call().remoteStream]).toEqual(['connected', null]);
  });

  it('W16: a connection that fails again and again is given up, with the right reason, by one timer', async () => {
    const { world, anna } = await connected();
    world.network.patience = 1000;
    world.network.cut();
    await world.pass(120_000);
    expect(anna.connections[0]?.restarts).toBeLessThanOrEqual(4);
    expect(world.last('m.call.hangup').content.reason).toBe('ice_timeout');
    expect(world.count('m.call.hangup', anna)).toBeLessThanOrEqual(1);
  });

  it('W16: a version 0 call that fails does not stay "connecting"', async () => {
    const { world, anna, other } = phoneAnd(zero);
    void other.invite('call');
    await world.pass(300);
    world.network.cut();
    anna.answer();
    await world.pass(35_000);
    expect(anna.state).toBe('ended');
  });

  it('W17: resuming opens nothing that was closed before', async () => {
    const { world, anna, ben } = await connected();
    ben.controls.shareScreen(ben.call(), ben.capture.screen());
    await world.pass(500);
    for (const held of [true, false, true, false]) {
      anna.controls.setHeld(anna.call(), held);
      await world.pass(500);
    }
    expect(anna.connections[0]?.transceivers.map(({ direction }) => direction)).toEqual(['sendrecv', 'recvonly']);
    expect(ben.connections[0]?.transceivers.map(({ direction }) => direction)).toEqual(['sendrecv', 'sendonly']);
  });

  it('W18: an invite lives 90 s', async () => {
    expect((await ringing()).world.last('m.call.invite').content.lifetime).toBe(90_000);
  });

  it('W19: who leaves the room leaves the call; public rooms and ignored users do not ring', async () => {
    const { world, anna } = await connected();
    world.homeserver.leave(bens);
    await world.pass(100);
    expect(anna.state).toBe('ended');
    for (const facts of [{ joinRule: 'public' }, { senderIgnored: true }]) {
      const two = twoPhones();
      two.ben.ringFacts = facts;
      two.anna.place(bens);
      await two.world.pass(400);
      expect(two.ben.state).toBe('none');
    }
  });

  it('W20: an invite that could be decrypted late rings for the time that it has left', async () => {
    const { world, anna, ben } = twoPhones();
    world.homeserver.offline(ben);
    anna.place(bens);
    await world.pass(30_000);
    ben.takeSync([world.last('m.call.invite')], []);
    expect(ben.state).toBe('ringing');
    await world.pass(60_500);
    expect(ben.state).toBe('ended');
  });

  it('W21: devices that fail are said, and the call ends or goes on ringing', async () => {
    const { world, anna, ben } = await ringing();
    ben.capture.problems = { microphone: 'busy' };
    ben.answer();
    await world.pass(100);
    expect([ben.state, ben.call().notice?.problem]).toEqual(['ringing', 'busy']);
    anna.hangUp();
    anna.capture.problems = { microphone: 'denied' };
    anna.place(bens);
    await world.pass(100);
    expect([anna.outcome, anna.call().notice?.problem]).toEqual(['ended: user_media_failed by us', 'denied']);
  });

  it('W23: a device that failed once is asked again the next time', async () => {
    const { world, anna, ben } = twoPhones();
    anna.capture.problems = { microphone: 'busy', camera: 'busy' };
    anna.place(bens, 'video');
    await world.pass(400);
    expect(anna.state).toBe('ended');
    anna.capture.problems = { camera: 'busy' };
    anna.place(bens, 'video');
    await world.pass(400);
    expect([anna.state, anna.call().cameraOn]).toEqual(['inviting', false]);
    anna.capture.problems = {};
    anna.camera(true);
    await world.pass(100);
    expect(anna.call().cameraOn).toBe(true);
    ben.answer();
    await world.pass(400);
    expect(ben.gets('video')).toBe(true);
  });
});

describe('Element Web', () => {
  it('element-web#18538, element-web#2199: two people who call each other talk', async () => {
    const { world, anna, ben } = twoPhones();
    anna.place(bens);
    ben.place(annas);
    await world.pass(1000);
    expect([anna.state, ben.state]).toEqual(['connected', 'connected']);
  });

  it('element-web#6583, element-web#2093: a rate limit delays a call and does not break it', async () => {
    const { world, anna, ben } = twoPhones();
    let until = world.start + 3000;
    world.homeserver.refuse = () => {
      const left = until - world.clock.now();
      return left > 0 ? { reason: 'rateLimited', retryAfter: left } : null;
    };
    anna.place(bens);
    await world.pass(5000);
    until = world.clock.now() + 3000;
    ben.answer();
    await world.pass(5000);
    expect([anna.state, ben.state]).toEqual(['connected', 'connected']);
  });

  it('element-web#26168: a TURN server without an address is no server', async () => {
    const { world, anna } = twoPhones();
    anna.turn = { urls: [], username: '', credential: '', expiresAt: 1e15 };
    anna.place(bens);
    await world.pass(400);
    expect(anna.state).toBe('inviting');
  });

  it('element-web#11783: a call in an encrypted room whose key comes late still rings', async () => {
    const { world, anna, ben } = twoPhones();
    ben.ringFacts = { roomEncrypted: true, standing: 'trusted' };
    world.homeserver.offline(ben);
    anna.place(bens);
    await world.pass(10_000);
    ben.takeSync([world.last('m.call.invite')], []);
    expect(ben.state).toBe('ringing');
  });

  it.each([
    ['element-web#21294', 'numeric versions'],
    ['element-web#22592', 'calls of the past'],
    ['element-web#23762', 'calls that were hung up while we were away'],
    ['element-web#21722', 'calls that we took on another device'],
  ])('%s: no phantom calls: %s', async (issue) => {
    const world = new World();
    const [ben, tablet] = [world.phone(bens), world.phone(bens)];
    const caller = world.other(annas, { ...elementWeb, version: issue.endsWith('21294') ? 1 : '1' });
    world.homeserver.offline(ben);
    void caller.invite('call');
    await world.pass(500);
    if (issue.endsWith('22592')) await world.pass(120_000);
    else if (issue.endsWith('21722')) tablet.answer();
    else caller.send('m.call.hangup', { reason: 'user_hangup' });
    await world.pass(500);
    world.homeserver.online(ben);
    await world.pass(100);
    expect([ben.state, ben.alerts]).toEqual(['none', 0]);
  });

  it('element-web#15735: answered on another device is no failure and no hangup', async () => {
    const world = new World();
    const [anna, ben, tablet] = [world.phone(annas), world.phone(bens), world.phone(bens)];
    anna.place(bens);
    await world.pass(400);
    tablet.answer();
    await world.pass(400);
    expect(ben.outcome).toBe('ended: answered_elsewhere by us');
  });

  it('element-web#17450: pictures go both ways again after hold', async () => {
    const { world, anna, ben } = await connected('video');
    for (const phone of [anna, ben]) {
      phone.controls.setHeld(phone.call(), true);
      await world.pass(500);
      phone.controls.setHeld(phone.call(), false);
      await world.pass(500);
    }
    expect([anna.gets('video'), ben.gets('video')]).toEqual([true, true]);
  });

  it('element-web#7400, element-web#20880: an unplugged microphone does not end the call, and is told', async () => {
    const { world, anna, ben } = await connected();
    anna.capture.problems = { microphone: 'none' };
    anna.capture.live[0]?.unplug();
    await world.pass(200);
    expect([anna.state, ben.state, ben.call().peerMuted]).toEqual(['connected', 'connected', true]);
    expect(anna.call().notice).toEqual({ about: 'microphone', problem: 'none' });
  });

  it('element-web#20571: a hangup in a gap of the timeline is not missed', async () => {
    const { world, anna, ben } = await connected();
    world.homeserver.offline(ben);
    anna.hangUp();
    await world.pass(100);
    for (let index = 0; index < 60; index++) world.homeserver.post(annas, 'm.room.message', { body: 'x' });
    await world.pass(100);
    world.homeserver.online(ben, 50);
    await world.pass(0);
    expect(ben.state).toBe('ended');
  });

  it('element-web#27105: the end of candidates has the shape that strict parsers take', async () => {
    const { world } = await ringing();
    expect(world.last('m.call.candidates').content.candidates).toEqual([{ candidate: '' }]);
  });
});

describe('matrix-js-sdk, reported', () => {
  it('matrix-js-sdk#2393: a version 0 refusal is seen', async () => {
    const { world, anna, other } = phoneAnd(zero);
    anna.place(bens);
    await world.pass(400);
    other.callId = anna.call().callId;
    other.send('m.call.hangup');
    await world.pass(100);
    expect(anna.outcome).toBe('ended: rejected by them');
  });

  it('matrix-js-sdk#1647: no hangup without an invite', async () => {
    const { world, anna } = twoPhones();
    anna.place(bens);
    anna.hangUp();
    await world.pass(2000);
    expect(world.sent).toEqual([]);
  });

  it('matrix-js-sdk#2622, matrix-js-sdk#1838: all candidates arrive, and their end', async () => {
    const { world, anna } = twoPhones();
    world.network.candidates = [3, 250, 500, 750, 2500, 2600];
    world.network.gathering = 2700;
    anna.place(bens);
    await world.pass(6000);
    const { offer } = world.last('m.call.invite').content as { offer: { sdp: string } };
    const inside = [...offer.sdp.matchAll(/a=candidate/g)].length;
    const later = world.sentBy(anna).flatMap(({ content }) => (content.candidates ?? []) as { candidate: string }[]);
    expect([inside + later.length, later.at(-1)?.candidate]).toEqual([7, '']);
  });

  it('matrix-js-sdk#1926: a shared screen that ends, and is shared again, breaks nothing', async () => {
    const { world, anna, ben } = await connected('video');
    for (let turn = 0; turn < 3; turn++) {
      anna.controls.shareScreen(anna.call(), anna.capture.screen());
      await world.pass(300);
      anna.capture.live
        .filter(({ kind }) => kind === 'video')
        .at(-1)
        ?.unplug();
      await world.pass(300);
    }
    expect([anna.state, ben.state, ben.call().remoteScreen, ben.gets('video')]).toEqual([
      'connected',
      'connected',
      null,
      true,
    ]);
  });
});

describe('Element Android, Element iOS, dart', () => {
  it('element-android#8178, element-android#1921: the other devices stop ringing', async () => {
    const world = new World();
    const [anna, ...phones] = [world.phone(annas), world.phone(bens), world.phone(bens), world.phone(bens)];
    anna.place(bens);
    await world.pass(400);
    phones[1].answer();
    await world.pass(400);
    expect(phones.map(({ state }) => state)).toEqual(['ended', 'connected', 'ended']);
    expect(phones.map(({ alerts }) => alerts)).toEqual([0, 0, 0]);
  });

  it('element-android#8531: a hangup right behind the answer is seen', async () => {
    const { world, anna, other } = phoneAnd(elementAndroid);
    anna.place(bens);
    await world.pass(400);
    world.homeserver.offline(anna);
    void other.answer();
    await world.pass(100);
    other.send('m.call.hangup', { reason: 'user_hangup' });
    await world.pass(100);
    world.homeserver.online(anna);
    await world.pass(200);
    expect([anna.outcome, anna.capture.live.length]).toEqual(['ended: user_hangup by them', 0]);
  });

  it('element-android#1866: a lost connection comes back', async () => {
    const { world, anna, ben } = await connected();
    world.network.cut();
    await world.pass(12_000);
    world.network.heal();
    await world.pass(5000);
    expect([anna.gets('audio'), ben.gets('audio')]).toEqual([true, true]);
  });

  it('element-android#3113, element-android#8373: nothing stays "connecting"', async () => {
    const { world, anna, ben } = await ringing();
    world.network.cut();
    ben.answer();
    await world.pass(70_000);
    expect([anna.state, ben.state]).toEqual(['ended', 'ended']);
  });

  it('element-android#2112: an invite that the room does not allow ends with the cause', async () => {
    const { world, anna } = twoPhones();
    world.homeserver.refuse = () => ({ reason: 'forbidden' });
    anna.place(bens);
    await world.pass(500);
    expect(anna.call()).toMatchObject({ state: { reason: 'not_sent' }, notice: { problem: 'forbidden' } });
  });

  it('element-ios#4030: a refusal on another device stops this one', async () => {
    const world = new World();
    const [anna, ben, tablet] = [world.phone(annas), world.phone(bens), world.phone(bens)];
    anna.place(bens);
    await world.pass(400);
    tablet.decline();
    await world.pass(100);
    expect([ben.outcome, anna.state]).toEqual(['ended: rejected_elsewhere by us', 'ended']);
  });

  it('element-ios#4031: what we call with one device does not ring on another', async () => {
    const world = new World();
    const [anna, tablet] = [world.phone(annas), world.phone(annas)];
    world.phone(bens);
    anna.place(bens);
    await world.pass(400);
    expect(tablet.state).toBe('none');
  });

  it('matrix-dart-sdk#2051: the echo of our invite does not end the call', async () => {
    const { world, anna, other } = phoneAnd(nheko);
    world.homeserver.lag = (event, to) => (to === anna && event.type === 'm.call.invite' ? 5000 : 0);
    anna.place(bens);
    await world.pass(400);
    void other.answer();
    await world.pass(8000);
    expect([anna.state, anna.views.length]).toEqual(['connected', 1]);
  });
});
