/** The camera, the screen, and devices that come and go in a call: SM-06, SM-13, NG-12. */
import { describe, expect, it } from 'vitest';
import { inCallWith, metadataOf } from './support/in-call';
import { elementAndroid, zero } from './support/other-client';
import { annas, connected, phoneAnd, ringing, type World } from './support/world';

describe('the camera', () => {
  it('who changes their mind while it opens gets what they asked for last', async () => {
    const { world, anna, ben } = await connected('video');
    anna.camera(false);
    await world.pass(100);
    anna.capture.delay = 500;
    anna.camera(true);
    await world.pass(100);
    anna.camera(false);
    await world.pass(1000);
    expect([anna.call().cameraOn, ben.call().peerCameraOn]).toEqual([false, false]);
    expect(anna.capture.live.map(({ kind }) => kind)).toEqual(['audio']);
    anna.camera(true);
    anna.camera(false);
    anna.camera(true);
    await world.pass(2000);
    expect([anna.call().cameraOn, ben.gets('video'), anna.capture.live.length]).toEqual([true, true, 2]);
  });

  it('is not opened while it rings', async () => {
    const { world, ben } = await ringing('video');
    ben.camera(true);
    await world.pass(500);
    expect(ben.capture.openings).toBe(0);
  });

  it('a call that ends while it opens leaves no camera on', async () => {
    const { world, anna } = await connected();
    anna.capture.delay = 500;
    anna.camera(true);
    await world.pass(100);
    anna.hangUp();
    await world.pass(1000);
    expect(anna.capture.live).toEqual([]);
  });

  it('a voice call answered with video becomes a video call, where the far end knows how', async () => {
    const { world, anna, ben } = await ringing('voice');
    ben.answer('video');
    await world.pass(1000);
    expect([anna.gets('video'), anna.call().peerCameraOn]).toEqual([true, true]);
  });

  it.each([zero, elementAndroid])(
    'a voice call of a client that knows no change is answered with voice',
    async (traits) => {
      const { world, anna, other } = phoneAnd(traits);
      void other.invite('call');
      await world.pass(300);
      anna.answer('video');
      await world.pass(600);
      expect([anna.state, anna.call().cameraOn, anna.call().canUseCamera]).toEqual(['connected', false, false]);
      anna.camera(true);
      await world.pass(300);
      expect(anna.capture.live.map(({ kind }) => kind)).toEqual(['audio']);
    },
  );

  it('unplugged in a call: told, gone, and back when it is asked for again', async () => {
    const { world, anna, ben } = await connected('video');
    anna.capture.problems = { camera: 'none' };
    anna.capture.live.find(({ kind }) => kind === 'video')?.unplug();
    await world.pass(100);
    expect([anna.call().cameraOn, ben.call().peerCameraOn]).toEqual([false, false]);
    expect(anna.call().notice).toEqual({ about: 'camera', problem: 'none' });
    anna.capture.problems = {};
    anna.camera(true);
    await world.pass(100);
    expect([anna.call().notice, ben.gets('video')]).toEqual([null, true]);
  });
});

describe('devices that come and go in a call', () => {
  const negotiations = (world: World): number => world.sent.filter(({ type }) => type === 'm.call.negotiate').length;

  it.each(['audio', 'video'] as const)(
    '%s: unplugged, the next takes its place without a negotiation',
    async (kind) => {
      const { world, anna, ben } = await connected('video');
      const before = negotiations(world);
      const unplugged = anna.capture.live.find((track) => track.kind === kind);
      unplugged?.unplug();
      await world.pass(100);
      expect(anna.capture.live.map((track) => track.kind).sort()).toEqual(['audio', 'video']);
      expect([ben.gets(kind), anna.call().cameraOn, anna.call().notice, anna.state]).toEqual([
        true,
        true,
        null,
        'connected',
      ]);
      expect(anna.call().localStream?.getTracks()).not.toContain(unplugged);
      expect(negotiations(world)).toBe(before);
    },
  );

  it.each(['audio', 'video'] as const)('%s: another is preferred, and at once the only one open', async (kind) => {
    const { world, anna, ben } = await connected('video');
    const first = anna.capture.live.find((track) => track.kind === kind);
    const before = negotiations(world);
    anna.capture.preferAnother(kind);
    // Chromium gives a device that is still open with the processing that it has.
    expect(first?.readyState).toBe('ended');
    await world.pass(100);
    expect(anna.capture.live.map((track) => track.kind).sort()).toEqual(['audio', 'video']);
    expect([ben.gets(kind), ben.call().peerMuted, ben.call().peerCameraOn]).toEqual([true, false, true]);
    expect(negotiations(world)).toBe(before);
  });

  it('mute and hold outlive the change', async () => {
    const { world, anna } = await connected();
    anna.controls.setMicrophoneMuted(anna.call(), true);
    anna.capture.preferAnother('audio');
    await world.pass(100);
    expect(anna.capture.live.map(({ enabled }) => enabled)).toEqual([false]);
    anna.controls.setMicrophoneMuted(anna.call(), false);
    expect(anna.capture.live.map(({ enabled }) => enabled)).toEqual([true]);
    anna.controls.setHeld(anna.call(), true);
    anna.capture.live[0]?.unplug();
    await world.pass(100);
    expect(anna.capture.live.map(({ enabled }) => enabled)).toEqual([false]);
  });

  it('the only microphone: lost it is told, and plugged in again it is heard', async () => {
    const { world, anna, ben } = await connected();
    anna.capture.problems = { microphone: 'none' };
    anna.capture.live[0]?.unplug();
    await world.pass(500);
    expect([anna.call().notice, ben.call().peerMuted]).toEqual([{ about: 'microphone', problem: 'none' }, true]);
    anna.capture.problems = {};
    anna.capture.preferAnother('audio');
    await world.pass(500);
    expect([anna.call().notice, ben.call().peerMuted, ben.gets('audio')]).toEqual([null, false, true]);
  });

  it('permission taken away: said so, and the call goes on', async () => {
    const { world, anna } = await connected();
    anna.capture.problems = { microphone: 'denied' };
    anna.capture.live[0]?.unplug();
    await world.pass(100);
    expect([anna.call().notice, anna.state]).toEqual([{ about: 'microphone', problem: 'denied' }, 'connected']);
  });

  it('a camera that was switched off stays off, whatever is plugged in', async () => {
    const { world, anna } = await connected('video');
    anna.camera(false);
    await world.pass(100);
    anna.capture.preferAnother('video');
    await world.pass(100);
    expect(anna.capture.live.map(({ kind }) => kind)).toEqual(['audio']);
  });

  it('a call that has ended opens nothing any more', async () => {
    const { world, anna } = await connected('video');
    anna.capture.preferAnother('audio');
    anna.hangUp();
    await world.pass(500);
    anna.capture.preferAnother('video');
    await world.pass(100);
    expect(anna.capture.live).toEqual([]);
  });
});

describe('the screen', () => {
  it('SM-01, NG-12: is a second stream of its own purpose, and goes again', async () => {
    const { world, anna, ben } = await connected();
    anna.controls.shareScreen(anna.call(), anna.capture.screen());
    await world.pass(500);
    expect(ben.gets('video', ben.call().remoteScreen?.id)).toBe(true);
    expect(
      Object.values(metadataOf(world.last('m.call.negotiate', anna).content)).map(({ purpose }) => purpose),
    ).toEqual(['m.usermedia', 'm.screenshare']);
    expect([ben.call().peerCameraOn, anna.call().localScreen !== null]).toEqual([false, true]);
    anna.controls.stopSharing(anna.call());
    await world.pass(500);
    expect([ben.call().remoteScreen, anna.call().localScreen]).toEqual([null, null]);
    expect(anna.capture.live.map(({ kind }) => kind)).toEqual(['audio']);
  });

  it('IC-19: shared again, it needs no further line', async () => {
    const { world, anna, ben } = await connected();
    for (let turn = 0; turn < 5; turn++) {
      anna.controls.shareScreen(anna.call(), anna.capture.screen());
      await world.pass(500);
      expect(ben.gets('video', ben.call().remoteScreen?.id)).toBe(true);
      anna.controls.stopSharing(anna.call());
      await world.pass(500);
    }
    expect(anna.connections[0]?.transceivers.length).toBe(2);
  });

  it('stopped by the system, it is gone for both', async () => {
    const { world, anna, ben } = await connected();
    anna.controls.shareScreen(anna.call(), anna.capture.screen());
    await world.pass(500);
    anna.capture.live.find(({ kind }) => kind === 'video')?.unplug();
    await world.pass(500);
    expect([anna.call().localScreen, ben.call().remoteScreen]).toEqual([null, null]);
  });

  it('another picture takes the place of the first', async () => {
    const { world, anna, ben } = await connected();
    anna.controls.shareScreen(anna.call(), anna.capture.screen());
    await world.pass(500);
    anna.controls.shareScreen(anna.call(), anna.capture.screen(true));
    await world.pass(500);
    expect(anna.capture.live.map(({ kind }) => kind).sort()).toEqual(['audio', 'audio', 'video']);
    const screen = ben.call().remoteScreen?.id;
    expect([ben.gets('video', screen), ben.gets('audio', screen)]).toEqual([true, true]);
  });

  it('SM-06: to a client that knows one picture it goes out in place of the camera, which comes back', async () => {
    const { world, anna, other } = await inCallWith(elementAndroid, 'video');
    const camera = other.live.received('video');
    expect([camera === null, anna.call().canShareScreen]).toEqual([false, true]);
    anna.controls.shareScreen(anna.call(), anna.capture.screen());
    await world.pass(500);
    const screen = other.live.received('video');
    expect([screen === null, screen === camera]).toEqual([false, false]);
    anna.controls.stopSharing(anna.call());
    await world.pass(500);
    expect(other.live.received('video')).toBe(camera);
    expect(world.count('m.call.negotiate')).toBe(0);
  });

  it('SM-06: the camera may be off before, and be switched meanwhile', async () => {
    const { world, anna, other } = await inCallWith(elementAndroid, 'video');
    anna.camera(false);
    await world.pass(100);
    anna.controls.shareScreen(anna.call(), anna.capture.screen());
    await world.pass(100);
    const screen = other.live.received('video');
    anna.camera(true);
    await world.pass(100);
    expect([screen === null, other.live.received('video') === screen]).toEqual([false, true]);
    anna.controls.stopSharing(anna.call());
    await world.pass(100);
    expect(other.live.received('video')).not.toBeNull();
    anna.camera(false);
    await world.pass(100);
    expect(other.live.received('video')).toBeNull();
  });

  it('where no picture fits, the screen is let go at once', async () => {
    const { anna } = await inCallWith(zero);
    expect(anna.call().canShareScreen).toBe(false);
    anna.controls.shareScreen(anna.call(), anna.capture.screen());
    expect(anna.capture.live.map(({ kind }) => kind)).toEqual(['audio']);
  });

  it.each(['ended', 'ringing', 'unknown'])('for a call that is %s, too', async (what) => {
    const { world, anna, ben } = what === 'ringing' ? await ringing() : await connected();
    const key = what === 'unknown' ? { ...ben.call(), roomId: world.room('nowhere') } : ben.call();
    if (what === 'ended') anna.hangUp();
    await world.pass(100);
    const before = ben.capture.live.length;
    ben.controls.shareScreen(key, ben.capture.screen(true));
    await world.pass(100);
    expect(ben.capture.live.length).toBe(before);
  });

  it('the end of the call ends it', async () => {
    const { world, anna, ben } = await connected();
    anna.controls.shareScreen(anna.call(), anna.capture.screen(true));
    await world.pass(500);
    ben.hangUp();
    await world.pass(100);
    expect(anna.capture.live).toEqual([]);
    expect(world.last('m.call.hangup').sender).not.toBe(annas);
  });
});
