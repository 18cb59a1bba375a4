/** Keypad digits, and codecs: DT-01, DT-02, CD-01. */
import { describe, expect, it } from 'vitest';
import { elementWeb, fluffyChat } from './support/other-client';
import { annas, bens, connected, phoneAnd, ringing, twoPhones } from './support/world';

describe('digits', () => {
  it('DT-01: are sent as telephone events of 100 ms with 70 ms between them, and shown at the far end', async () => {
    const { world, anna, ben } = await connected();
    anna.controls.sendDigits(anna.call(), '0123456789*#');
    anna.controls.sendDigits(anna.call(), 'ad');
    await world.pass(100);
    expect(ben.call().receivedDigits).toBe('0123456789*#AD');
    const dtmf = anna.connections[0]?.transceivers[0]?.sender.dtmf;
    expect(dtmf?.inserted).toEqual([
      { tones: '0123456789*#', duration: 100, gap: 70 },
      { tones: 'AD', duration: 100, gap: 70 },
    ]);
  });

  it('DT-01: follow those that are still being sent', async () => {
    const { anna } = await connected();
    const dtmf = anna.connections[0]?.transceivers[0]?.sender.dtmf;
    if (dtmf) dtmf.toneBuffer = '34';
    anna.controls.sendDigits(anna.call(), '5');
    expect(dtmf?.inserted.at(-1)?.tones).toBe('345');
  });

  it.each(['', 'x', '12 34', '+49', 'é', '1'.repeat(65)])('DT-01: %j is not sent', async (digits) => {
    const { anna } = await connected();
    anna.controls.sendDigits(anna.call(), digits);
    expect([anna.connections[0]?.tones, anna.state]).toEqual([[], 'connected']);
  });

  it('DT-01: are sent while the microphone is muted, not on hold, and not before or after the call', async () => {
    const { world, anna } = await ringing();
    anna.controls.sendDigits(anna.call(), '1');
    expect(anna.connections[0]?.tones).toEqual([]);
    const call = await connected();
    call.anna.mute(true);
    call.anna.controls.sendDigits(call.anna.call(), '2');
    call.anna.controls.setHeld(call.anna.call(), true);
    await call.world.pass(500);
    call.anna.controls.sendDigits(call.anna.call(), '3');
    call.anna.hangUp();
    call.anna.controls.sendDigits(call.anna.call(), '4');
    await world.pass(100);
    expect(call.anna.connections[0]?.tones).toEqual(['2']);
  });

  it('DT-01: of the far end are kept to the last hundred, and are nothing but digits', async () => {
    const { world, anna, ben } = await connected();
    anna.controls.sendDigits(anna.call(), '1'.repeat(60));
    anna.controls.sendDigits(anna.call(), `${'2'.repeat(59)},`);
    await world.pass(100);
    expect(ben.call().receivedDigits).toBe('1'.repeat(41) + '2'.repeat(59));
  });

  it('DT-02: a device that cannot tell digits says so, in its invite and in its answer', async () => {
    const { world, anna, ben } = twoPhones();
    anna.receivesDigits = false;
    for (const [caller, callee, callees] of [
      [anna, ben, bens],
      [ben, anna, annas],
    ] as const) {
      caller.place(callees);
      await world.pass(400);
      callee.answer();
      await world.pass(400);
      expect([anna.call().peerTakesDigits, ben.call().peerTakesDigits]).toEqual([true, false]);
      caller.hangUp();
      await world.pass(400);
    }
  });

  it('DT-02: whether the far end takes digits is what it says; ours do', async () => {
    const { anna, ben } = await connected();
    expect([anna.call().peerTakesDigits, ben.call().peerTakesDigits]).toEqual([true, true]);
    for (const [traits, takes] of [
      [fluffyChat, true],
      [elementWeb, false],
      [{ ...elementWeb, capabilities: null }, false],
      [{ ...elementWeb, capabilities: { 'm.call.dtmf': 'true' } }, false],
    ] as const) {
      const { world, anna: called, other } = phoneAnd(traits);
      void other.invite('call');
      await world.pass(300);
      called.answer();
      await world.pass(600);
      expect(called.call().peerTakesDigits).toBe(takes);
      called.controls.sendDigits(called.call(), '9'); // the person may know better
      expect(called.connections[0]?.tones).toEqual(['9']);
    }
  });
});

it("CD-01: what is offered is what WebRTC offers: no description is edited, but for the caller's candidates while it rings", async () => {
  const { world, anna, ben } = await connected('video');
  const { offer } = world.last('m.call.invite').content as { offer: { sdp: string } };
  const { answer } = world.last('m.call.answer').content as { answer: { sdp: string } };
  expect([anna.connections[0]?.localDescription?.sdp, ben.connections[0]?.localDescription?.sdp]).toEqual([
    offer.sdp,
    answer.sdp,
  ]);
  const withoutCandidates = offer.sdp.replace(/^a=candidate.*\r\n/gm, '');
  expect(ben.connections[0]?.remoteDescription?.sdp).toBe(withoutCandidates);
});

describe('no sound format in common', () => {
  it('CD-01: their answer has none of ours: the call ends, and that is said', async () => {
    const { world, anna, other } = phoneAnd(elementWeb);
    anna.place(bens);
    await world.pass(400);
    const invite = world.last('m.call.invite');
    const { offer } = invite.content as { offer: { sdp: string } };
    other.callId = invite.callId;
    const sdp = offer.sdp.replace(/^m=audio 9/gm, 'm=audio 0');
    other.send('m.call.answer', { answer: { type: 'answer', sdp } });
    await world.pass(400);
    expect(anna.outcome).toBe('ended: no_codec by circumstance');
    expect(world.last('m.call.hangup', anna).content.reason).toBe('unknown_error');
    expect(anna.capture.live).toEqual([]);
  });

  it('CD-01: their offer has none of ours: it ends here when it is answered, and other devices may do better', async () => {
    const { world, anna, other } = phoneAnd(elementWeb);
    other.callId = 'call';
    void other.offer('voice').then((offer) => {
      const sdp = offer.replace(/^(m=audio .*) 111\r$/gm, '$1 97\r');
      other.send('m.call.invite', { lifetime: 60_000, offer: { type: 'offer', sdp } });
    });
    await world.pass(300);
    expect(anna.state).toBe('ringing');
    anna.answer();
    await world.pass(400);
    expect(anna.outcome).toBe('ended: no_codec by circumstance');
    expect(world.types(anna)).toEqual([]);
  });
});
