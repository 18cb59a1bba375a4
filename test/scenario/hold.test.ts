/** Hold, ours and theirs: NG-09..NG-11, NG-15. */
import { describe, expect, it } from 'vitest';
import { inCallWith } from './support/in-call';
import { elementWeb, nheko, zero, type Traits } from './support/other-client';
import type { FakeTransceiver } from './support/fake-transceiver';
import type { Phone } from './support/phone';
import { connected } from './support/world';

const directions = (phone: Phone): readonly unknown[] =>
  (phone.connections[0]?.transceivers ?? []).map(({ kind, direction }: FakeTransceiver) => `${kind} ${direction}`);

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
