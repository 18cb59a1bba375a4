/** Streams, their metadata and mute: SM-01..SM-14, V0-10. */
import { describe, expect, it } from 'vitest';
import { inCallWith, metadataOf } from './support/in-call';
import { elementAndroid, elementWeb, zero } from './support/other-client';
import { FakeTrack } from './support/fake-media';
import { bens, connected, phoneAnd, ringing } from './support/world';

const usermedia = { purpose: 'm.usermedia', audio_muted: false, video_muted: false };

describe('metadata', () => {
  it('SM-01: invite, answer and negotiate say what each stream is', async () => {
    const { world, anna } = await connected();
    anna.camera(true);
    await world.pass(500);
    for (const type of ['m.call.invite', 'm.call.answer', 'm.call.negotiate'] as const) {
      const entries = Object.values(metadataOf(world.last(type).content));
      expect(entries).toEqual([
        { purpose: 'm.usermedia', audio_muted: false, video_muted: expect.any(Boolean) as boolean },
      ]);
    }
  });

  it.each([
    ['SM-02: of a purpose that we do not know', (id: string) => ({ [id]: { purpose: 'm.hologram' } })],
    ['SM-03: that is not listed', () => ({ somethingElse: usermedia })],
    ['SM-03: of an empty list', () => ({})],
  ])('%s: the stream is ignored, the call goes on', async (_what, metadata) => {
    const { world, anna, other } = phoneAnd(elementWeb);
    void other.invite('call', 'video', { sdp_stream_metadata: metadata(other.stream.id) });
    await world.pass(300);
    anna.answer('video');
    await world.pass(600);
    expect([anna.state, anna.call().remoteStream, anna.call().peerCameraOn]).toEqual(['connected', null, false]);
  });

  it('SM-04: without metadata the first stream counts, and only one is sent', async () => {
    const { world, anna, other } = await inCallWith(elementAndroid, 'video');
    expect(anna.call().remoteStream?.id).toBe(other.stream.id);
    expect(anna.gets('video')).toBe(true);
    anna.controls.shareScreen(anna.call(), anna.capture.screen());
    await world.pass(500);
    const sdp = anna.connections[0]?.localDescription?.sdp ?? '';
    expect(new Set([...sdp.matchAll(/a=msid:(\S+)/g)].map((match) => match[1])).size).toBe(1);
  });

  it('SM-04: metadata that comes later does not make up for the beginning', async () => {
    const { world, anna, other } = await inCallWith(elementAndroid);
    void other.negotiate({ sdp_stream_metadata: { nothing: usermedia } });
    await world.pass(300);
    expect(anna.call().remoteStream?.id).toBe(other.stream.id);
  });

  it('SM-05: sound and picture are one stream', async () => {
    const { world, anna, ben } = await connected('video');
    await world.pass(100);
    for (const phone of [anna, ben]) {
      expect(
        phone
          .call()
          .remoteStream?.getTracks()
          .map(({ kind }) => kind)
          .sort(),
      ).toEqual(['audio', 'video']);
    }
    const { offer } = world.last('m.call.invite').content as { offer: { sdp: string } };
    expect(new Set([...offer.sdp.matchAll(/a=msid:(\S+)/g)].map((match) => match[1])).size).toBe(1);
  });

  it('SM-11: the names from before the merge are understood', async () => {
    const { world, anna, other } = phoneAnd({ ...elementWeb, metadata: false });
    const unstable = { [other.stream.id]: { ...usermedia, audio_muted: true } };
    void other.invite('call', 'voice', { 'org.matrix.msc3077.sdp_stream_metadata': unstable });
    await world.pass(300);
    anna.answer();
    await world.pass(600);
    expect(anna.call()).toMatchObject({ peerMuted: true, remoteStream: { id: other.stream.id } });
    other.send('org.matrix.call.sdp_stream_metadata_changed', {
      'org.matrix.msc3077.sdp_stream_metadata': { [other.stream.id]: usermedia },
    });
    await world.pass(100);
    expect(anna.call().peerMuted).toBe(false);
  });

  it('SM-12: metadata may come before its track and after it, in parts', async () => {
    const { world, anna, other } = await inCallWith(elementWeb);
    other.send('m.call.sdp_stream_metadata_changed', {
      sdp_stream_metadata: { screen: { purpose: 'm.screenshare', audio_muted: true, video_muted: false } },
    });
    await world.pass(100);
    expect([anna.call().remoteScreen, anna.call().remoteStream?.id]).toEqual([null, other.stream.id]);
    const screen = other.live.addTransceiver('video', { direction: 'sendonly' });
    screen.sender.streams = ['screen'];
    await screen.sender.replaceTrack(new FakeTrack('video'));
    await other.live.setLocalDescription();
    other.send('m.call.negotiate', {
      description: { type: 'offer', sdp: other.live.localDescription?.sdp },
      lifetime: 10_000,
      sdp_stream_metadata: {
        [other.stream.id]: usermedia,
        screen: { purpose: 'm.screenshare', audio_muted: true, video_muted: false },
      },
    });
    await world.pass(300);
    expect(anna.call().remoteScreen?.id).toBe('screen');
  });

  it.each([
    ['another device of the far end', bens, 'otherDevice'],
    ['a stranger', '@carl:x', 'ELEMENTWEB'],
  ])('SM-12: metadata of %s is ignored', async (_who, sender, party) => {
    const { world, anna, other } = await inCallWith(elementWeb);
    const sdp_stream_metadata = { [other.stream.id]: { ...usermedia, audio_muted: true } };
    const content = { call_id: 'call', party_id: party, version: '1', sdp_stream_metadata };
    world.homeserver.post(sender, 'm.call.sdp_stream_metadata_changed', content);
    await world.pass(100);
    expect(anna.call().peerMuted).toBe(false);
  });

  it('SM-12: a version 0 caller has no metadata, whatever it sends', async () => {
    const { world, anna, other } = await inCallWith(zero, 'voice', { nothing: usermedia });
    expect(anna.call().remoteStream?.id).toBe(other.stream.id);
    other.send('m.call.sdp_stream_metadata_changed', {
      sdp_stream_metadata: { [other.stream.id]: { ...usermedia, audio_muted: true } },
    });
    await world.pass(100);
    expect(anna.call().peerMuted).toBe(false);
  });

  it('SM-12: what was said after a negotiate is not undone by it, although both come at once', async () => {
    const { world, anna, ben } = await connected();
    world.homeserver.offline(anna);
    anna.camera(true);
    await world.pass(100);
    ben.mute(true);
    await world.pass(100);
    expect(world.types(ben).slice(-2)).toEqual(['m.call.negotiate', 'm.call.sdp_stream_metadata_changed']);
    world.homeserver.online(anna);
    await world.pass(100);
    expect(anna.call().peerMuted).toBe(true);
  });

  it('SM-12: partial maps do not add up for ever', async () => {
    const { world, anna, other } = await inCallWith(elementWeb);
    for (let turn = 0; turn < 200; turn++) {
      const names = Array.from({ length: 30 }, (_value, index) => `stream-of-${String(turn)}-${String(index)}`);
      const sdp_stream_metadata = Object.fromEntries(names.map((name) => [name, usermedia]));
      other.send('m.call.sdp_stream_metadata_changed', { sdp_stream_metadata });
    }
    await world.pass(300);
    expect([anna.state, anna.call().remoteStream?.id]).toEqual(['connected', other.stream.id]);
  });

  it('SM-13: the ids in the SDP are those of the metadata, after every change', async () => {
    const { world, anna, ben } = await connected('video');
    anna.camera(false);
    anna.controls.shareScreen(anna.call(), anna.capture.screen());
    await world.pass(300);
    anna.controls.stopSharing(anna.call());
    await world.pass(300);
    anna.camera(true);
    anna.controls.shareScreen(anna.call(), anna.capture.screen(true));
    await world.pass(300);
    anna.controls.setHeld(anna.call(), true);
    await world.pass(300);
    anna.controls.setHeld(anna.call(), false);
    await world.pass(300);
    const { description, ...content } = world.last('m.call.negotiate', anna).content as {
      readonly description: { readonly sdp: string };
    };
    const sending = description.sdp.split(/^(?=m=)/m).filter((section) => /a=(sendrecv|sendonly)/.test(section));
    const ids = new Set(sending.flatMap((section) => [...section.matchAll(/a=msid:(\S+)/g)].map((match) => match[1])));
    expect(Object.keys(metadataOf(content)).sort()).toEqual([...ids].sort());
    expect(
      ben
        .call()
        .remoteScreen?.getTracks()
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(['audio', 'video']);
  });

  it('SM-13: several streams of one purpose are no fault: one that carries something is shown', async () => {
    const { world, anna, other } = phoneAnd(elementWeb);
    const metadata = { empty: usermedia, [other.stream.id]: usermedia, third: usermedia };
    void other.invite('call', 'voice', { sdp_stream_metadata: metadata });
    await world.pass(300);
    anna.answer();
    await world.pass(600);
    expect(anna.call().remoteStream?.id).toBe(other.stream.id);
  });
});

describe('mute', () => {
  it('SM-07, SM-10: microphone, camera and hold are told without a negotiation, each once', async () => {
    const { world, anna, ben } = await connected('video');
    anna.mute(true);
    anna.mute(true);
    await world.pass(100);
    expect([ben.call().peerMuted, world.count('m.call.sdp_stream_metadata_changed')]).toEqual([true, 1]);
    anna.camera(false);
    await world.pass(100);
    expect([ben.call().peerCameraOn, world.count('m.call.sdp_stream_metadata_changed')]).toEqual([false, 2]);
    expect(world.count('m.call.negotiate')).toBe(0);
    anna.controls.setHeld(anna.call(), true);
    await world.pass(500);
    expect(Object.values(metadataOf(world.last('m.call.negotiate', anna).content))[0]).toEqual({
      purpose: 'm.usermedia',
      audio_muted: true,
      video_muted: true,
    });
  });

  it('SM-10: what is muted at the beginning stands in the invite and in the answer', async () => {
    const { world, anna, ben } = await ringing();
    ben.mute(true);
    ben.answer();
    await world.pass(500);
    expect(anna.call().peerMuted).toBe(true);
    expect(Object.values(metadataOf(world.last('m.call.answer').content))[0]).toMatchObject({ audio_muted: true });
    expect(world.count('m.call.sdp_stream_metadata_changed')).toBe(0);
  });

  it('SM-10: what was muted after the invite is told with the answer, not before', async () => {
    const { world, anna, ben } = await ringing();
    anna.mute(true);
    await world.pass(1000);
    expect(world.count('m.call.sdp_stream_metadata_changed')).toBe(0);
    ben.answer();
    await world.pass(500);
    expect(world.count('m.call.sdp_stream_metadata_changed', anna)).toBe(1);
    expect([ben.call().peerMuted, ben.gets('audio')]).toEqual([true, false]);
  });

  it('SM-08: what is not said is not muted', async () => {
    const { world, anna, other } = phoneAnd(elementWeb);
    void other.invite('call', 'video', { sdp_stream_metadata: { [other.stream.id]: { purpose: 'm.usermedia' } } });
    await world.pass(300);
    anna.answer('video');
    await world.pass(600);
    expect(anna.call()).toMatchObject({ peerMuted: false, peerCameraOn: true });
  });

  it('SM-09: "muted" of the far end mutes nothing here; its picture is not shown', async () => {
    const { world, anna, other } = await inCallWith(elementWeb, 'video');
    other.send('m.call.sdp_stream_metadata_changed', {
      sdp_stream_metadata: { [other.stream.id]: { purpose: 'm.usermedia', audio_muted: true, video_muted: true } },
    });
    await world.pass(100);
    expect(anna.call()).toMatchObject({ peerMuted: true, peerCameraOn: false });
    expect(anna.gets('audio')).toBe(true);
  });

  it.each([elementAndroid, zero])('SM-14: nothing is told to a client that sent no metadata', async (traits) => {
    const { world, anna, other } = await inCallWith(traits, 'video');
    anna.mute(true);
    anna.camera(false);
    await world.pass(500);
    expect(other.heard('m.call.sdp_stream_metadata_changed')).toBe(0);
    expect(other.hears).toBe(false);
  });

  it('SM-14: a call that we placed tells nothing to such a client either', async () => {
    const { world, anna, other } = phoneAnd(elementAndroid);
    anna.place(bens);
    await world.pass(400);
    void other.answer();
    await world.pass(400);
    anna.mute(true);
    await world.pass(200);
    expect([anna.state, other.heard('m.call.sdp_stream_metadata_changed')]).toEqual(['connected', 0]);
  });
});
