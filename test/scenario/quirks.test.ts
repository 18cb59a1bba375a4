/** What clients of other makes do on the wire (checklist, sections 9 and 9a), and what of it our side must bear. */
import { describe, expect, it } from 'vitest';
import {
  elementAndroid,
  elementWeb,
  fluffyChat,
  nheko,
  zero,
  type OtherClient,
  type Traits,
} from './support/other-client';
import type { Phone } from './support/phone';
import { annas, bens, phoneAnd, ringing, type World } from './support/world';

interface Call {
  readonly world: World;
  readonly anna: Phone;
  readonly other: OtherClient;
}

/** What nheko says when it cannot open its microphone. */
const failed = { reason: 'user_media_failed' };

const clients: readonly (readonly [string, Traits])[] = [
  ['Element Web', elementWeb],
  ['Element Android', elementAndroid],
  ['FluffyChat', fluffyChat],
  ['nheko', nheko],
  ['version 0', zero],
];

async function calledBy(traits: Traits): Promise<Call> {
  const call = phoneAnd(traits);
  void call.other.invite('call');
  await call.world.pass(2500);
  call.anna.answer();
  await call.world.pass(3000);
  return call;
}

async function calling(traits: Traits): Promise<Call> {
  const call = phoneAnd(traits);
  call.anna.place(bens);
  await call.world.pass(400);
  void call.other.answer();
  await call.world.pass(3000);
  return call;
}

describe.each(clients)('%s', (_name, traits) => {
  it('calls us, talks, hangs up', async () => {
    const { world, anna, other } = await calledBy(traits);
    expect([anna.state, anna.gets('audio'), other.hears]).toEqual(['connected', true, true]);
    other.send('m.call.hangup', traits.version === 0 ? {} : { reason: 'user_hangup' });
    await world.pass(100);
    expect([anna.outcome, anna.capture.live.length]).toEqual(['ended: user_hangup by them', 0]);
  });

  it('is called by us, talks, is hung up', async () => {
    const { world, anna, other } = await calling(traits);
    expect([anna.state, anna.gets('audio'), other.hears]).toEqual(['connected', true, true]);
    anna.hangUp();
    await world.pass(100);
    expect([other.heard('m.call.hangup'), other.live.closed]).toEqual([1, true]);
  });

  it('is muted and held by us without harm', async () => {
    const { world, anna, other } = await calledBy(traits);
    anna.mute(true);
    await world.pass(200);
    expect([anna.state, other.hears]).toEqual(['connected', false]);
    anna.mute(false);
    anna.controls.setHeld(anna.call(), true);
    await world.pass(1000);
    expect([anna.state, other.hears]).toEqual(['connected', false]);
    anna.controls.setHeld(anna.call(), false);
    await world.pass(1000);
    expect([anna.state, other.hears, anna.gets('audio')]).toEqual(['connected', true, true]);
  });
});

describe('Element Web', () => {
  it('X-04: capabilities that we do not know are borne, in invite, answer and negotiate', async () => {
    const odd = { ...elementWeb, capabilities: { 'm.call.transferee': true, 'org.x.future': { deep: [1] } } };
    const { world, anna, other } = await calledBy(odd);
    void other.negotiate({ capabilities: odd.capabilities });
    await world.pass(200);
    expect([anna.state, anna.call().peerTakesDigits]).toEqual(['connected', false]);
    expect((await calling(odd)).anna.state).toBe('connected');
  });

  it('tells stream metadata to everybody, and ends its candidates without a line', async () => {
    const { world, anna, other } = await calledBy(elementWeb);
    other.send('m.call.candidates', { candidates: [{ candidate: '' }] });
    other.send('m.call.sdp_stream_metadata_changed', {
      sdp_stream_metadata: { [other.stream.id]: { purpose: 'm.usermedia', audio_muted: true, video_muted: true } },
    });
    await world.pass(100);
    expect([anna.state, anna.call().peerMuted]).toEqual(['connected', true]);
  });

  it('ends a call for reasons of its own', async () => {
    for (const reason of ['replaced', 'answered_elsewhere', 'signalling_timeout', 'new_session']) {
      const { world, anna, other } = await calledBy(elementWeb);
      other.send('m.call.hangup', { reason });
      await world.pass(100);
      expect(anna.outcome).toBe('ended: unknown_error by them');
    }
  });

  it('lives 60 s only', async () => {
    const { world, anna, other } = phoneAnd(elementWeb);
    void other.invite('call');
    await world.pass(59_000);
    expect(anna.state).toBe('ringing');
    await world.pass(2000);
    expect(anna.state).toBe('ended');
  });
});

describe('Element Android', () => {
  it('numeric versions are version 1', async () => {
    const { anna } = await calledBy({ ...elementAndroid, version: 1 });
    expect(anna.state).toBe('connected');
  });

  it('IC-08: gets candidates that name their line twice: it drops those without', async () => {
    const { world, anna, other } = phoneAnd(elementAndroid);
    world.network.candidates = [3, 700];
    world.network.gathering = 1000;
    anna.place(bens);
    await world.pass(3000);
    other.callId = anna.call().callId;
    const batch = other.seen.find(({ type }) => type === 'm.call.candidates')?.content.candidates as object[];
    expect(batch[0]).toMatchObject({ sdpMid: '0', sdpMLineIndex: 0 });
  });
});

describe('matrix-dart-sdk (FluffyChat)', () => {
  it('X-05: fields of its own are borne', async () => {
    const { world, anna, other } = phoneAnd(fluffyChat);
    void other.invite('call', 'voice', { type: 'm.voice', invitee: annas, device_id: 'X', seq: '1', lifetime: 60_000 });
    await world.pass(300);
    expect(anna.state).toBe('ringing');
  });

  it.each([
    ['ours', 'DEVICE0', 'ringing'],
    ['another one of ours', 'TABLET', 'none'],
    ['none', '', 'ringing'],
    ['no text', 7, 'ringing'],
  ])('X-05: the device that it calls is %s', async (_whose, device, state) => {
    const { world, anna, other } = phoneAnd(fluffyChat);
    void other.invite('call', 'voice', { invitee: annas, invitee_device_id: device });
    await world.pass(300);
    expect([anna.state, anna.alerts]).toEqual([state, state === 'ringing' ? 1 : 0]);
  });

  it('AN-15: a reject with a reason', async () => {
    const { world, anna, other } = phoneAnd(fluffyChat);
    anna.place(bens);
    await world.pass(400);
    other.callId = anna.call().callId;
    other.send('m.call.reject', { reason: 'user_busy' });
    await world.pass(100);
    expect(anna.outcome).toBe('ended: rejected by them');
  });

  it('NG-04: negotiates that live 10 s', async () => {
    const { world, anna, other } = await calledBy(fluffyChat);
    void other.negotiate();
    await world.pass(200);
    expect(world.types(anna)).toContain('m.call.negotiate');
  });
});

describe('Rust SDK and other strict parsers', () => {
  it('IC-07: the end of candidates has the one field that all of them take', async () => {
    const { world } = await ringing();
    await world.pass(3000);
    expect(world.last('m.call.candidates').content.candidates).toEqual([{ candidate: '' }]);
  });
});

describe('nheko', () => {
  it('N1: waits two seconds before it answers or calls, and sends its candidates behind: we wait, too', async () => {
    for (const call of [await calledBy(nheko), await calling(nheko)]) {
      expect([call.anna.state, call.other.hears, call.anna.gets('audio')]).toEqual(['connected', true, true]);
    }
  });

  it('N2: candidates with an empty mid, capitals and TCP among them', async () => {
    const { world, anna, other } = await calling(nheko);
    other.send('m.call.candidates', {
      candidates: [
        { candidate: 'candidate:1 1 UDP 2015363327 192.0.2.1 40000 typ host', sdpMLineIndex: 0, sdpMid: '' },
        { candidate: 'candidate:2 1 TCP 1015021823 192.0.2.1 9 typ host tcptype active', sdpMLineIndex: 0, sdpMid: '' },
      ],
    });
    await world.pass(200);
    expect(anna.connections[0]?.addedCandidates.slice(-2)).toEqual([
      expect.stringContaining('UDP') as string,
      expect.stringContaining('TCP') as string,
    ]);
    expect(anna.rules).not.toContain('IC-16');
  });

  it('N3: SDP that names no stream is heard all the same', async () => {
    const { anna } = await calling(nheko);
    expect([anna.call().remoteStream?.getTracks().length, anna.gets('audio')]).toEqual([1, true]);
  });

  it('N4, N5: shows nothing of itself, and gets no negotiate that can be avoided', async () => {
    const { world, anna, other } = await calledBy(nheko);
    anna.controls.setHeld(anna.call(), true);
    anna.wake();
    anna.camera(true);
    anna.controls.shareScreen(anna.call(), anna.capture.screen());
    await world.pass(3000);
    expect([other.heard('m.call.negotiate'), anna.state]).toEqual([0, 'connected']);
    expect(anna.call()).toMatchObject({
      holdIsLocal: true,
      canUseCamera: false,
      canShareScreen: false,
      cameraOn: false,
    });
  });

  it('N6: a hangup because its devices failed, before any answer, is a refusal of the only possible callee', async () => {
    const { world, anna, other } = phoneAnd(nheko);
    anna.place(bens);
    await world.pass(400);
    other.callId = anna.call().callId;
    other.send('m.call.hangup', { reason: 'user_media_failed' });
    await world.pass(100);
    expect(anna.outcome).toBe('ended: user_media_failed by them');
  });

  it('N6: such a client of our own that hangs up leaves the call ringing here, on the screen as in the tray', async () => {
    const { world, anna, other } = phoneAnd(elementWeb);
    void other.invite('call');
    await world.pass(200);
    world.homeserver.post(annas, 'm.call.hangup', { call_id: 'call', version: '1', party_id: 'NHEKO', ...failed });
    await world.pass(200);
    expect([anna.state, anna.alerts]).toEqual(['ringing', 1]);
    anna.answer();
    await world.pass(400);
    expect([world.count('m.call.answer', anna), anna.alerts]).toEqual([1, 0]);
  });

  it('N6: where that ends the call for the caller, devices that still ring are told', async () => {
    const { world, anna, ben } = await ringing();
    const { call_id } = world.last('m.call.invite').content;
    world.homeserver.post(bens, 'm.call.hangup', { call_id, version: '1', party_id: 'NHEKO', ...failed });
    await world.pass(400);
    expect(anna.outcome).toBe('ended: user_media_failed by them');
    expect([ben.outcome, ben.alerts]).toEqual(['ended: rejected_elsewhere by us', 0]);
  });

  it('N6: not in a larger room, where it may be meant for another call of its muddle', async () => {
    const { world, anna, other } = phoneAnd(nheko);
    world.phone('@carl:carillon.test');
    anna.place(bens);
    await world.pass(400);
    other.callId = anna.call().callId;
    other.send('m.call.hangup', { reason: 'user_media_failed' });
    await world.pass(100);
    expect(anna.state).toBe('inviting');
  });

  it('N8: version 0 from a client that has parties: its hangup declines, its calls connect', async () => {
    const traits: Traits = { ...nheko, version: 0 };
    expect((await calledBy(traits)).anna.state).toBe('connected');
    const { world, anna, other } = phoneAnd(traits);
    anna.place(bens);
    await world.pass(400);
    other.callId = anna.call().callId;
    other.send('m.call.hangup', { reason: 'user_hangup' });
    other.send('m.call.reject');
    await world.pass(100);
    expect(anna.outcome).toBe('ended: rejected by them');
  });

  it('N8, V1-01: whatever it calls itself, we say the string "1"', async () => {
    const { world, anna } = await calledBy({ ...nheko, version: 0 });
    expect(new Set(world.sentBy(anna).map(({ content }) => content.version))).toEqual(new Set(['1']));
  });

  it('N9: no field of ours is null, and lifetimes are always there', async () => {
    const { world, anna, other } = await calling(elementWeb);
    anna.camera(true);
    await world.pass(500);
    anna.hangUp();
    await world.pass(100);
    for (const { content, type } of world.sentBy(anna)) {
      expect(JSON.stringify(content)).not.toContain('null');
      if (type === 'm.call.invite' || type === 'm.call.negotiate') expect(content.lifetime).toBeGreaterThan(0);
    }
    expect(other.live.closed).toBe(true);
  });

  it('N10: a call that nobody answers is hung up, so that it stops ringing there', async () => {
    const { world, anna, other } = phoneAnd(nheko);
    anna.place(bens);
    await world.pass(91_000);
    other.callId = anna.call().callId;
    expect(other.heard('m.call.hangup')).toBe(1);
  });

  it('N11: it selects our reject; that ends nothing anew', async () => {
    const { world, anna, other } = phoneAnd(nheko);
    void other.invite('call');
    await world.pass(2500);
    anna.decline();
    await world.pass(100);
    other.send('m.call.select_answer', { selected_party_id: world.last('m.call.reject').content.party_id });
    await world.pass(100);
    expect(anna.outcome).toBe('ended: rejected by us');
  });

  it('N11: a voice call of ours offers no picture, which would be a video call on its screen', async () => {
    const { world } = await ringing('voice');
    expect(JSON.stringify(world.last('m.call.invite').content)).not.toContain('m=video');
  });

  it('one event for each candidate, and select_answer for every answer', async () => {
    const { world, anna, other } = await calledBy(nheko);
    for (let index = 0; index < 30; index++) {
      const candidate = `candidate:${String(index)} 1 UDP 1 192.0.2.1 4000 typ host`;
      other.send('m.call.candidates', { candidates: [{ candidate, sdpMLineIndex: 0, sdpMid: '' }] });
    }
    const { party_id } = world.last('m.call.answer').content;
    other.send('m.call.select_answer', { selected_party_id: party_id });
    other.send('m.call.select_answer', { selected_party_id: party_id });
    await world.pass(200);
    expect(anna.state).toBe('connected');
  });
});

describe('who is really there', () => {
  const assert = (other: OtherClient, identity: unknown): void =>
    other.send('org.matrix.call.asserted_identity', { asserted_identity: identity });

  it('X-02: the word of the far end is shown, and taken back by null', async () => {
    const { world, anna, other } = await calledBy(elementWeb);
    assert(other, { id: '@real:x', display_name: 'The Operator', avatar_url: 'mxc://x/y' });
    await world.pass(100);
    expect(anna.call().peerIdentity).toEqual({ id: '@real:x', name: 'The Operator' });
    expect(anna.call().peer).toBe(bens);
    assert(other, null);
    await world.pass(100);
    expect(anna.call().peerIdentity).toBeNull();
  });

  it.each([7, [], {}, { id: 7 }, { display_name: { a: 1 } }, { display_name: ' \u0000\u202e ' }])(
    'X-02: %j says nothing',
    async (identity) => {
      const { world, anna, other } = await calledBy(elementWeb);
      assert(other, identity);
      await world.pass(100);
      expect([anna.state, anna.call().peerIdentity]).toEqual(['connected', null]);
    },
  );

  it('X-02: a name is one line of bearable length, and cannot turn the screen around', async () => {
    const { world, anna, other } = await calledBy(elementWeb);
    assert(other, { display_name: `\u202eBank\u0007\n${'x'.repeat(10_000)}` });
    await world.pass(100);
    expect(anna.call().peerIdentity?.name).toMatch(/^Bankx{1,251}$/);
  });

  it('X-02: of anybody else it is ignored', async () => {
    const { world, anna } = await calledBy(elementWeb);
    const content = { call_id: 'call', party_id: 'otherDevice', version: '1', asserted_identity: { id: '@x:y' } };
    world.homeserver.post(bens, 'm.call.asserted_identity', content);
    world.homeserver.post('@carl:x', 'm.call.asserted_identity', { ...content, party_id: 'ELEMENTWEB' });
    await world.pass(100);
    expect(anna.call().peerIdentity).toBeNull();
  });
});
