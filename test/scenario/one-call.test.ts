/** The whole life of one call between one device and one device. */
import { describe, expect, it } from 'vitest';
import { connected, twoPhones } from './support/world';

describe('setting up', () => {
  it('AN-01, V1-01: rings, answers, connects; before the answer nothing leaves the callee', async () => {
    const { world, anna, ben } = twoPhones();
    anna.place(ben.user);
    await world.pass(400);
    expect([anna.state, ben.state]).toEqual(['inviting', 'ringing']);
    expect(world.types(ben)).toEqual([]);
    ben.answer();
    await world.pass(400);
    expect([anna.state, ben.state]).toEqual(['connected', 'connected']);
    expect([anna.gets('audio'), ben.gets('audio')]).toEqual([true, true]);
    for (const { content, callId } of world.sent) {
      expect(content).toMatchObject({ version: '1', call_id: callId });
      expect(content.party_id).toMatch(/^[\w.~-]{8,}$/);
    }
  });

  it('AN-03: the caller says which answer it chose', async () => {
    const { world } = await connected();
    expect(world.last('m.call.select_answer').content.selected_party_id).toBe(
      world.last('m.call.answer').content.party_id,
    );
  });

  it('LV-09, RG-02: the invite names the invitee and lives for 90 s', async () => {
    const { world, anna, ben } = twoPhones();
    anna.place(ben.user);
    await world.pass(400);
    expect(world.last('m.call.invite').content).toMatchObject({ invitee: ben.user, lifetime: 90_000 });
  });

  it('a video call carries pictures both ways', async () => {
    const { anna, ben } = await connected('video');
    expect([anna.gets('video'), ben.gets('video')]).toEqual([true, true]);
    expect(anna.call()).toMatchObject({ cameraOn: true, peerCameraOn: true, kind: 'video' });
  });

  it('a video call can be answered with voice only', async () => {
    const { world, anna, ben } = twoPhones();
    anna.place(ben.user, 'video');
    await world.pass(400);
    ben.answer('voice');
    await world.pass(400);
    expect([anna.gets('video'), ben.gets('video')]).toEqual([false, true]);
    expect(anna.call().peerCameraOn).toBe(false);
    expect(ben.capture.live.map(({ kind }) => kind)).toEqual(['audio']);
  });
});

describe('ending', () => {
  it('AN-14, AN-15, AN-04: declining sends a reject without a reason, which the caller selects', async () => {
    const { world, anna, ben } = twoPhones();
    anna.place(ben.user);
    await world.pass(400);
    ben.decline();
    await world.pass(100);
    expect(ben.outcome).toBe('ended: rejected by us');
    expect(anna.outcome).toBe('ended: rejected by them');
    const reject = world.last('m.call.reject').content;
    expect(reject).not.toHaveProperty('reason');
    expect(world.last('m.call.select_answer').content.selected_party_id).toBe(reject.party_id);
  });

  it.each(['anna', 'ben'] as const)('AN-17: %s hangs up the connected call', async (who) => {
    const phones = await connected();
    const { world, anna, ben } = phones;
    phones[who].hangUp();
    await world.pass(100);
    expect(world.last('m.call.hangup').content.reason).toBe('user_hangup');
    expect(phones[who].outcome).toBe('ended: user_hangup by us');
    expect((who === 'anna' ? ben : anna).outcome).toBe('ended: user_hangup by them');
    expect([...anna.capture.live, ...ben.capture.live]).toEqual([]);
  });

  it('AN-16, AN-18: the caller gives up while it rings', async () => {
    const { world, anna, ben } = twoPhones();
    anna.place(ben.user);
    await world.pass(400);
    anna.hangUp();
    await world.pass(100);
    expect(ben.outcome).toBe('ended: user_hangup by them');
    expect(world.last('m.call.hangup').content.reason).toBe('user_hangup');
  });

  it('LV-10, LV-11: unanswered for its whole lifetime', async () => {
    const { world, anna, ben } = twoPhones();
    anna.place(ben.user);
    await world.pass(89_000);
    expect([anna.state, ben.state]).toEqual(['inviting', 'ringing']);
    await world.pass(2000);
    expect(anna.outcome).toBe('ended: invite_timeout by circumstance');
    expect(ben.outcome).toBe('ended: invite_timeout by circumstance');
    expect(world.last('m.call.hangup').content.reason).toBe('invite_timeout');
    expect(world.types(ben)).toEqual([]);
  });

  it('LV-09, LV-10: an invite lives as long as the person chose when it was sent', async () => {
    const { world, anna, ben } = twoPhones();
    anna.inviteLifetime = 120_000;
    anna.place(ben.user);
    await world.pass(400);
    expect(world.last('m.call.invite').content.lifetime).toBe(120_000);
    anna.inviteLifetime = 90_000;
    await world.pass(118_000);
    expect([anna.state, ben.state]).toEqual(['inviting', 'ringing']);
    await world.pass(2000);
    expect([anna.outcome, ben.outcome]).toEqual(Array(2).fill('ended: invite_timeout by circumstance'));
  });

  it('AN-19: a call that is hung up before its invite left sends nothing', async () => {
    const { world, anna, ben } = twoPhones();
    anna.place(ben.user);
    await world.pass(2);
    anna.hangUp();
    await world.pass(1000);
    expect(world.sent).toEqual([]);
    expect(ben.state).toBe('none');
    expect(anna.capture.live).toEqual([]);
  });

  it('hanging up while connecting', async () => {
    const { world, anna, ben } = twoPhones();
    world.network.delay = 5000;
    anna.place(ben.user);
    await world.pass(400);
    ben.answer();
    await world.pass(200);
    expect(anna.state).toBe('connecting');
    anna.hangUp();
    await world.pass(200);
    expect(ben.outcome).toBe('ended: user_hangup by them');
  });

  it('AN-23: a call that never connects ends with ice_failed', async () => {
    const { world, anna, ben } = twoPhones();
    world.network.cut();
    anna.place(ben.user);
    await world.pass(400);
    ben.answer();
    await world.pass(40_000);
    expect(anna.outcome).toMatch(/^ended: ice_failed/);
    expect(ben.outcome).toMatch(/^ended: ice_failed/);
  });
});

describe('media', () => {
  it('SM-07, SM-10: muting is told and heard', async () => {
    const { world, anna, ben } = await connected();
    anna.mute(true);
    await world.pass(100);
    expect(ben.call().peerMuted).toBe(true);
    expect(ben.gets('audio')).toBe(false);
    anna.mute(false);
    await world.pass(100);
    expect(ben.call().peerMuted).toBe(false);
    expect(ben.gets('audio')).toBe(true);
  });

  it('the camera goes off and on again without a new negotiation', async () => {
    const { world, anna, ben } = await connected('video');
    anna.camera(false);
    await world.pass(100);
    expect([ben.call().peerCameraOn, ben.gets('video')]).toEqual([false, false]);
    expect(anna.capture.live.map(({ kind }) => kind)).toEqual(['audio']);
    anna.camera(true);
    await world.pass(100);
    expect([ben.call().peerCameraOn, ben.gets('video')]).toEqual([true, true]);
    expect(world.types(anna)).not.toContain('m.call.negotiate');
  });

  it('NG-12: a voice call becomes a video call', async () => {
    const { world, anna, ben } = await connected();
    anna.camera(true);
    await world.pass(300);
    expect(ben.gets('video')).toBe(true);
    expect(ben.call().peerCameraOn).toBe(true);
    ben.camera(true);
    await world.pass(300);
    expect(anna.gets('video')).toBe(true);
  });

  it('AN-24: without a microphone a call is not placed, and says why', async () => {
    const { world, anna, ben } = twoPhones();
    anna.capture.problems = { microphone: 'none' };
    anna.place(ben.user);
    await world.pass(400);
    expect(anna.outcome).toBe('ended: user_media_failed by us');
    expect(anna.call().notice).toEqual({ about: 'microphone', problem: 'none' });
    expect(world.sent).toEqual([]);
  });

  it('AN-24: a callee whose microphone fails goes on ringing and can try again', async () => {
    const { world, anna, ben } = twoPhones();
    anna.place(ben.user);
    await world.pass(400);
    ben.capture.problems = { microphone: 'busy' };
    ben.answer();
    await world.pass(100);
    expect(ben.state).toBe('ringing');
    expect(ben.call().notice).toEqual({ about: 'microphone', problem: 'busy' });
    ben.capture.problems = {};
    ben.answer();
    await world.pass(400);
    expect([anna.state, ben.state]).toEqual(['connected', 'connected']);
    expect(ben.call().notice).toBeNull();
  });

  it('a video call without a camera goes on as voice, and says why', async () => {
    const { world, anna, ben } = twoPhones();
    anna.capture.problems = { camera: 'denied' };
    anna.place(ben.user, 'video');
    await world.pass(400);
    ben.answer('video');
    await world.pass(400);
    expect(anna.call()).toMatchObject({ cameraOn: false, notice: { about: 'camera', problem: 'denied' } });
    expect([anna.gets('video'), ben.gets('audio')]).toEqual([true, true]);
  });
});

describe('candidates', () => {
  it('IC-03, IC-05, IC-06: end-of-candidates is sent once by each side', async () => {
    const { world } = await connected();
    await world.pass(3000);
    const ends = world.sent.filter(({ content }) =>
      JSON.stringify(content.candidates ?? []).includes('{"candidate":""}'),
    );
    expect(ends.map(({ sender }) => sender).sort()).toEqual(['@anna:carillon.test', '@ben:carillon.test']);
  });

  it('IC-13: what the invite holds is not sent again', async () => {
    const { world } = await connected();
    await world.pass(3000);
    const offer = JSON.stringify(world.last('m.call.invite').content);
    expect(offer).toContain('candidate:1');
    for (const { content } of world.sent.filter(({ type }) => type === 'm.call.candidates')) {
      expect(content.candidates).toEqual([{ candidate: '' }]);
    }
  });
});

describe('calling twice', () => {
  it('gives the running call, not a second one', async () => {
    const { world, anna, ben } = twoPhones();
    const first = anna.place(ben.user);
    const second = anna.place(ben.user, 'video');
    await world.pass(400);
    expect(second).toEqual(first);
    expect(world.types(anna).filter((type) => type === 'm.call.invite')).toHaveLength(1);
  });
});
