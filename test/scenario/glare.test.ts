/** Two people call each other at the same moment: GL-01..GL-15. */
import { describe, expect, it } from 'vitest';
import { elementAndroid, elementWeb, nheko, type Traits } from './support/other-client';
import { annas, bens, phoneAnd, twoPhones, World, type Two } from './support/world';

/** Both place a call, Ben `offset` ms after Anna; her call id is the lesser. */
async function crossing(offset: number, prepare: (two: Two) => void = () => undefined): Promise<Two> {
  const two = twoPhones();
  prepare(two);
  two.anna.place(bens);
  await two.world.pass(offset);
  two.ben.place(annas);
  await two.world.pass(1000);
  return two;
}

describe('between two of ours', () => {
  it.each([0, 5, 10, 20, 30, 33, 37, 40, 43, 45, 50, 55, 60])(
    'GL-02, GL-03, GL-04: %i ms apart, one call is left and carries sound both ways',
    async (offset) => {
      const { anna, ben } = await crossing(offset);
      expect([anna.state, ben.state]).toEqual(['connected', 'connected']);
      expect(anna.call().callId).toBe(ben.call().callId);
      expect([anna.gets('audio'), ben.gets('audio')]).toEqual([true, true]);
    },
  );

  it('GL-02: an invite that comes while we prepare ours: ours is dropped without a word, whatever the ids', async () => {
    const { world, anna, ben } = await crossing(0, (two) => {
      two.anna.capture.delay = 500; // hers is the lesser id
    });
    expect([anna.state, ben.state]).toEqual(['connected', 'connected']);
    expect(world.types(anna)).not.toContain('m.call.invite');
    expect(world.types(anna)).not.toContain('m.call.hangup');
  });

  it('GL-03, GL-04: both were sent: the lesser id stays, the greater is hung up by its owner', async () => {
    const { world, anna, ben } = await crossing(0);
    const [annasId, bensId] = world.sent.filter(({ type }) => type === 'm.call.invite').map(({ callId }) => callId);
    expect([anna.call().callId, ben.call().callId]).toEqual([annasId, annasId]);
    const hangup = world.last('m.call.hangup');
    expect([hangup.callId, hangup.sender, hangup.content.reason]).toEqual([bensId, bens, 'user_hangup']);
    expect(anna.marks).not.toContain('call:ringing');
  });

  it('GL-05: what was captured moves to the call that stays: no device is opened twice, no track is left over', async () => {
    for (const delay of [4, 300]) {
      const { world, anna, ben } = await crossing(0, (two) => {
        two.ben.capture.delay = delay;
      });
      expect([anna.capture.openings, ben.capture.openings]).toEqual([1, 1]);
      anna.hangUp();
      await world.pass(200);
      expect([...anna.capture.live, ...ben.capture.live]).toEqual([]);
    }
  });

  it('GL-05: what was muted stays muted', async () => {
    const two = twoPhones();
    two.anna.place(bens);
    two.ben.place(annas);
    two.ben.mute(true);
    await two.world.pass(1000);
    expect(two.ben.call()).toMatchObject({ direction: 'incoming', microphoneMuted: true });
    expect(two.anna.gets('audio')).toBe(false);
    expect(two.anna.call().peerMuted).toBe(true);
  });

  it('GL-05: a call that waited on hold goes on waiting in the one that stays, and is heard when it is resumed', async () => {
    const { world, anna, ben } = twoPhones();
    const carl = world.phone('@carl:carillon.test');
    anna.place(bens);
    ben.place(annas, 'video');
    ben.place(carl.user);
    await world.pass(1500);
    const call = ben.views.find(({ peer }) => peer === annas);
    expect([anna.state, call?.state.name, call?.heldByUs, anna.call().heldByPeer]).toEqual([
      'connected',
      'connected',
      true,
      true,
    ]);
    expect(ben.views.find(({ peer }) => peer === carl.user)?.heldByUs).toBe(false);
    if (call !== undefined) ben.controls.setHeld(call, false);
    await world.pass(500);
    expect([anna.gets('audio'), anna.gets('video'), ben.gets('audio')]).toEqual([true, true, true]);
  });

  it('GL-05: a device that goes away afterwards is noticed by the call that stays', async () => {
    const { world, anna, ben } = await crossing(0);
    ben.capture.problems = { microphone: 'none' };
    ben.capture.tracks.at(0)?.unplug();
    await world.pass(100);
    expect(ben.call().notice).toEqual({ about: 'microphone', problem: 'none' });
    expect(anna.call().peerMuted).toBe(true);
  });

  it('GL-06: whoever gave way is the polite one when changes cross later', async () => {
    const { world, anna, ben } = await crossing(0);
    expect([anna.call().direction, ben.call().direction]).toEqual(['outgoing', 'incoming']);
    anna.camera(true);
    ben.camera(true);
    await world.pass(1000);
    expect([anna.gets('video'), ben.gets('video')]).toEqual([true, true]);
    expect([anna.call().peerCameraOn, ben.call().peerCameraOn]).toEqual([true, true]);
  });

  it('GL-11: devices that are still opening go to the call that stays', async () => {
    const { world, anna, ben } = await crossing(0, (two) => {
      two.ben.capture.delay = 800;
    });
    await world.pass(500);
    expect([anna.state, ben.state, ben.capture.openings]).toEqual(['connected', 'connected', 1]);
    expect(anna.gets('audio')).toBe(true);
  });

  it('GL-11: so does the error of devices that cannot be opened; the person can try again', async () => {
    const { world, anna, ben } = await crossing(0, (two) => {
      two.ben.capture.delay = 300;
      two.ben.capture.problems = { microphone: 'denied' };
    });
    expect([ben.state, ben.capture.openings]).toEqual(['ringing', 1]);
    expect(ben.call().notice).toEqual({ about: 'microphone', problem: 'denied' });
    ben.capture.problems = {};
    ben.answer();
    await world.pass(1000);
    expect([anna.state, ben.state]).toEqual(['connected', 'connected']);
  });

  it('GL-12: who placed a voice call shows no picture because the other one sends one', async () => {
    const { world, anna, ben } = twoPhones();
    anna.place(bens, 'video');
    ben.place(annas, 'voice');
    await world.pass(1000);
    expect(ben.call().cameraOn).toBe(false);
    expect(ben.capture.tracks.map(({ kind }) => kind)).toEqual(['audio']);
    expect([anna.gets('video'), ben.gets('video')]).toEqual([false, true]);
  });

  it('GL-12: who placed a video call keeps the camera although the other one sends sound only', async () => {
    const { world, anna, ben } = twoPhones();
    anna.place(bens, 'voice');
    ben.place(annas, 'video');
    await world.pass(1000);
    expect(ben.call()).toMatchObject({ direction: 'incoming', cameraOn: true });
    expect([anna.state, ben.state]).toEqual(['connected', 'connected']);
    await world.pass(500);
    expect(anna.gets('video')).toBe(true);
  });

  it.each(['annas first', 'bens first'])('GL-14: both invites in one sync, %s: the same call stays', async (order) => {
    const two = twoPhones();
    const { world, anna, ben } = two;
    world.homeserver.offline(anna);
    world.homeserver.offline(ben);
    if (order === 'annas first') anna.place(bens);
    ben.place(annas);
    if (order === 'bens first') anna.place(bens);
    await world.pass(400);
    world.homeserver.online(anna);
    world.homeserver.online(ben);
    await world.pass(1000);
    expect([anna.state, ben.state]).toEqual(['connected', 'connected']);
    const ids = world.sent.filter(({ type }) => type === 'm.call.invite').map(({ callId }) => callId);
    expect(anna.call().callId).toBe([...ids].sort()[0]);
  });

  it('GL-15: the call that gave way is neither shown as failed nor as missed', async () => {
    const { anna, ben } = await crossing(0);
    expect([anna.views.length, ben.views.length]).toEqual([1, 1]);
    const end = ben.reports.find(({ state }) => state === 'ended');
    expect([end?.direction, end?.reason]).toEqual(['outgoing', 'glare']);
    expect([anna.alerts, ben.alerts]).toEqual([0, 0]);
  });

  it('glare between two devices of one person who call each other', async () => {
    const world = new World();
    const [desk, laptop] = [world.phone(annas), world.phone(annas)];
    desk.place(annas);
    laptop.place(annas);
    await world.pass(1000);
    expect([desk.state, laptop.state]).toEqual(['connected', 'connected']);
    expect(desk.call().callId).toBe(laptop.call().callId);
  });

  it('glare when our invite is held back by the homeserver: both end in one call', async () => {
    const { world, anna, ben } = await crossing(0, (two) => {
      let held = true;
      two.world.homeserver.refuse = ({ sender, type }) =>
        sender === annas && type === 'm.call.invite' && held ? { reason: 'rateLimited', retryAfter: 900 } : null;
      two.world.clock.after(500, () => (held = false));
    });
    await world.pass(2000);
    expect([anna.state, ben.state]).toEqual(['connected', 'connected']);
    expect(anna.call().callId).toBe(ben.call().callId);
  });

  it('glare when our invite fails for good: theirs is answered', async () => {
    const { world, anna, ben } = await crossing(0, (two) => {
      let tries = 0;
      two.world.homeserver.refuse = ({ sender, type }) => {
        if (sender !== annas || type !== 'm.call.invite') return null;
        tries += 1;
        return tries === 1 ? { reason: 'rateLimited', retryAfter: 1500 } : { reason: 'forbidden' };
      };
    });
    expect([anna.state, ben.state]).toEqual(['preparing', 'inviting']);
    await world.pass(1500);
    expect([anna.state, ben.state]).toEqual(['connected', 'connected']);
    expect(anna.views.length).toBe(1);
  });
});

describe('other rooms, other people', () => {
  it('GL-01, GL-09: an invite in another room is another call', async () => {
    const { world, anna, ben } = twoPhones();
    const room = world.room('other', annas, bens);
    anna.place(bens);
    ben.place(annas, 'voice', room);
    await world.pass(1000);
    expect(anna.views.map(({ state }) => state.name)).toEqual(['inviting', 'ringing']);
    expect(ben.views.map(({ state }) => state.name).sort()).toEqual(['inviting', 'ringing']);
  });

  it('GL-10: in a larger room a call from somebody else waits its turn', async () => {
    const { world, anna } = twoPhones();
    const carl = world.phone('@carl:carillon.test');
    anna.place(bens);
    carl.place(annas);
    await world.pass(1000);
    expect(anna.views.map(({ state }) => state.name)).toEqual(['inviting', 'ringing']);
  });

  it('GL-10: in a larger room a call from the one we call, for somebody else, is not ours', async () => {
    const { world, anna, ben } = twoPhones();
    const carl = world.phone('@carl:carillon.test');
    anna.place(bens);
    ben.place(carl.user);
    await world.pass(1000);
    expect(anna.views.map(({ state }) => state.name)).toEqual(['inviting']);
    expect(ben.views.map(({ state }) => state.name).sort()).toEqual(['inviting', 'ringing']);
  });

  it('GL-10: in a larger room a call from the one we call, for anybody, meets ours', async () => {
    const { world, anna, other } = phoneAnd(elementWeb);
    world.phone('@carl:carillon.test');
    anna.place(bens);
    void other.invite('a-lesser-id');
    await world.pass(1000);
    expect(anna.call()).toMatchObject({ direction: 'incoming', callId: 'a-lesser-id', state: { name: 'connected' } });
  });
});

describe('clients of other makes', () => {
  it('GL-07: ids compare by their characters: ours yields to what every other client makes', async () => {
    for (const id of ['9', '10', 'zzzz', 'c1670000000000xyz']) {
      const { world, anna, other } = phoneAnd(elementWeb);
      anna.place(bens);
      await world.pass(60);
      void other.invite(id);
      await world.pass(1000);
      expect([anna.state, anna.call().callId, other.hears]).toEqual(['connected', id, true]);
    }
  });

  it('GL-08: one id for both calls leaves one of them, and both ends agree which', async () => {
    const two = twoPhones();
    const { world, anna, ben } = two;
    world.sameIds = true;
    anna.place(bens);
    ben.place(annas);
    await world.pass(1000);
    expect([anna.state, ben.state]).toEqual(['connected', 'connected']);
    expect([anna.call().direction, ben.call().direction]).toEqual(['outgoing', 'incoming']);
    expect(world.count('m.call.hangup')).toBe(0);
    ben.hangUp();
    await world.pass(200);
    expect([anna.state, ben.state]).toEqual(['ended', 'ended']);
  });

  it.each([
    ['Element Web, which names no invitee', elementWeb],
    ['Element Android, which ignores a second call', elementAndroid],
  ] as [string, Traits][])('GL-13: %s and answers nothing: we answer theirs at once', async (_who, traits) => {
    const { world, anna, other } = phoneAnd(traits);
    anna.place(bens);
    await world.pass(60);
    void other.invite('c1');
    await world.pass(500);
    expect([anna.state, other.hears]).toEqual(['connected', true]);
  });

  it('GL-13: where ours should stay and they do nothing about it, we take theirs after six seconds', async () => {
    const { world, anna, other } = phoneAnd(elementWeb);
    anna.place(bens);
    await world.pass(60);
    void other.invite('~~greater');
    await world.pass(5000);
    expect([anna.state, anna.call().direction]).toEqual(['inviting', 'outgoing']);
    await world.pass(2000);
    expect([anna.state, anna.call().callId, other.hears]).toEqual(['connected', '~~greater', true]);
    expect(other.seen.filter(({ type }) => type === 'm.call.hangup').length).toBe(1);
    expect(anna.capture.openings).toBe(1);
  });

  it('GL-13: not when theirs is over by then', async () => {
    const { world, anna, other } = phoneAnd(elementWeb);
    anna.place(bens);
    await world.pass(60);
    void other.invite('~~greater');
    await world.pass(2000);
    other.send('m.call.hangup', { reason: 'user_hangup' });
    await world.pass(10_000);
    expect([anna.state, anna.call().direction]).toEqual(['inviting', 'outgoing']);
  });

  it('GL-13: not when they answer ours meanwhile, and not when the person gives up', async () => {
    for (const how of ['answered', 'given up']) {
      const { world, anna, other } = phoneAnd(elementWeb);
      anna.place(bens);
      await world.pass(400);
      void other.invite('~~greater');
      await world.pass(1000);
      if (how === 'answered') void other.answer();
      else anna.hangUp();
      await world.pass(10_000);
      expect(anna.views.map(({ direction }) => direction)).toEqual(['outgoing']);
      expect(anna.state).toBe(how === 'answered' ? 'connected' : 'ended');
    }
  });

  it('N7: nheko drops its own call without a hangup and answers ours: the dead call does not ring on', async () => {
    const { world, anna, other } = phoneAnd(nheko);
    anna.place(bens);
    await world.pass(400);
    void other.invite('~~greater');
    await world.pass(2500);
    expect(anna.state).toBe('inviting');
    void other.answer();
    await world.pass(3000);
    expect(anna.views.map(({ state, direction }) => [state.name, direction])).toEqual([['connected', 'outgoing']]);
    await world.pass(60_000);
    expect(anna.views.length).toBe(1);
  });

  it('glare counts although the invite may not ring: nobody is disturbed who is calling himself', async () => {
    const { world, anna, ben } = twoPhones();
    anna.ringFacts = ben.ringFacts = { notifies: false };
    anna.place(bens);
    ben.place(annas);
    await world.pass(1000);
    expect([anna.state, ben.state]).toEqual(['connected', 'connected']);
  });
});
