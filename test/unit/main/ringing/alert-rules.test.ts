import { describe, expect, it } from 'vitest';
import type { UnnumberedSignal } from '../../../../main/account/contract';
import { endsRinging, isMissed, type RingingEnd, ringingFacts } from '../../../../main/ringing/alert-rules';
import type { RoomId, UserId } from '../../../../preload/contract/ids';
import { anna, ben, call, cleo, event, invite, left, ofParty, otherCall, redacted } from '../call-facts';

const ringing = ringingFacts(invite());

describe('what ends the ringing of a call', () => {
  const own = { sender: anna, ...ofParty('PHONE') };
  it.each<[id: string, what: string, signal: UnnumberedSignal, end: RingingEnd]>([
    ['AN-12', 'another device of ours answers', event('m.call.answer', own), 'answeredElsewhere'],
    ['AN-13', 'another device of ours rejects', event('m.call.reject', own), 'rejectedElsewhere'],
    ['AN-21', "the caller's device hangs up", event('m.call.hangup'), 'hungUp'],
    ['V1-10', 'the caller hangs up without a party', event('m.call.hangup', ofParty(undefined)), 'hungUp'],
    ['RG-11', 'the caller chose another answer', event('m.call.select_answer'), 'answeredElsewhere'],
    ['LV-15', 'the invite is redacted', redacted(), 'redacted'],
    ['RM-01', 'the caller leaves the room', left(ben), 'callerLeft'],
    ['RM-04', 'we leave the room', left(anna), 'weLeft'],
  ])('%s: %s', (_id, _what, signal, end) => {
    expect(endsRinging(ringing, signal)).toBe(end);
  });

  const fromAnotherDevice = { sender: ben, ...ofParty('BEN2') };
  const fromCleo = { sender: cleo, ...ofParty('CLEO') };
  it.each<[id: string, what: string, signal: UnnumberedSignal]>([
    ['N6', 'another device of ours hangs up, since its microphone failed', event('m.call.hangup', own)],
    ['AN-08', 'an answer is chosen by nobody who could be named', event('m.call.select_answer', ofParty(undefined))],
    ['AN-21', 'another device of the caller hangs up', event('m.call.hangup', fromAnotherDevice)],
    ['AN-21', 'another device of the caller chooses an answer', event('m.call.select_answer', fromAnotherDevice)],
    ['AN-20', 'another member refuses for themselves', event('m.call.hangup', fromCleo)],
    ['AN-12', 'another member answers: the caller has not chosen yet', event('m.call.answer', fromCleo)],
    ['AN-13', 'another member rejects', event('m.call.reject', fromCleo)],
    ['AN-01', 'the caller sends candidates', event('m.call.candidates')],
    ['NG-01', 'the caller negotiates', event('m.call.negotiate')],
    ['RM-02', 'another member leaves', left(cleo)],
    ['RM-01', 'the caller leaves another room', left(ben, { roomId: '!other:example.org' as RoomId })],
    ['V1-09', 'another call is hung up', event('m.call.hangup', { callId: otherCall.callId })],
    ['V1-09', 'a call of another room', event('m.call.hangup', { roomId: '!other:example.org' as RoomId })],
    ['V1-09', 'a call of another account', event('m.call.hangup', { account: '@zoe:example.org' as UserId })],
    ['LV-15', 'another invite is redacted', redacted({ callId: otherCall.callId })],
  ])('%s: not that %s', (_id, _what, signal) => {
    expect(endsRinging(ringing, signal)).toBeNull();
  });

  const old = ringingFacts(invite({ content: { call_id: call.callId, version: 0, lifetime: 60_000 } }));

  it('AN-14: another device of ours refuses a version 0 call by a hangup', () => {
    expect(endsRinging(old, event('m.call.hangup', own))).toBe('rejectedElsewhere');
  });

  it('V1-10: a version 0 caller has no party, so any device of theirs may hang up', () => {
    expect(endsRinging(old, event('m.call.hangup', ofParty(undefined)))).toBe('hungUp');
    expect(endsRinging(old, event('m.call.hangup', ofParty('LATER')))).toBe('hungUp');
  });

  it('a call from another device of ours: its hangup is the caller’s, every other answer is elsewhere', () => {
    const own = ringingFacts(invite({ sender: anna, ...ofParty('DESK') }));
    expect(endsRinging(own, event('m.call.hangup', { sender: anna, ...ofParty('DESK') }))).toBe('hungUp');
    expect(endsRinging(own, event('m.call.answer', { sender: anna, ...ofParty('PHONE') }))).toBe('answeredElsewhere');
  });
});

describe('LV-01, LV-12: how long a call may ring', () => {
  const remaining = (lifetime: unknown, age = 0) =>
    ringingFacts(invite({ age, content: { call_id: call.callId, version: '1', party_id: 'BEN', lifetime } })).remaining;

  it.each([
    ['its lifetime', 60_000, 0, 60_000],
    ['less what has passed since it was sent', 60_000, 20_000, 40_000],
    ['nothing when it is over', 60_000, 70_000, 0],
    ['no longer than its lifetime when the age is negative', 60_000, -5000, 60_000],
    ['90 s without a lifetime', undefined, 0, 90_000],
    ['90 s when it is no number', '60000', 0, 90_000],
    ['90 s when it is not finite', Number.NaN, 0, 90_000],
    ['a second at least', 0, 0, 1000],
    ['a second at least', -1, 0, 1000],
    ['ten minutes at most', 86_400_000, 0, 600_000],
  ])('%s (lifetime %s, age %s): %s', (_what, lifetime, age, expected) => {
    expect(remaining(lifetime, age)).toBe(expected);
  });
});

describe('LV-11, RG-11: after which endings a person is told of a missed call', () => {
  const ends: Readonly<Record<RingingEnd, boolean>> = {
    hungUp: true,
    expired: true,
    callerLeft: true,
    answered: false,
    declined: false,
    answeredElsewhere: false,
    rejectedElsewhere: false,
    weLeft: false,
    redacted: false,
    signedOut: false,
    ended: false,
  };
  it.each(Object.entries(ends))('%s: %s', (end, missed) => {
    expect(isMissed(end as RingingEnd)).toBe(missed);
  });
});
