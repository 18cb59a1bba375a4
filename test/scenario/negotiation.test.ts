/** Offers and answers in a running call: NG-01..NG-17. */
import { describe, expect, it } from 'vitest';
import { inCallWith } from './support/in-call';
import { elementWeb, type OtherClient } from './support/other-client';
import type { Phone } from './support/phone';
import { annas, bens, connected, phoneAnd, type World } from './support/world';

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
