import { describe, expect, it } from 'vitest';

import { type CallMove, isSettled } from '../../../../main/matrix/settled';
import type { CallEventType } from '../../../../preload/contract/signalling';

const own = '@own:here';
const friend = '@friend:there';

function move(type: CallEventType, sender: string, party: string | null, callId = 'c1'): CallMove {
  return { callId, type, sender, content: party === null ? {} : { party_id: party } };
}

const invite = move('m.call.invite', friend, 'phone');
const oldInvite: CallMove = { ...move('m.call.invite', friend, null), content: { version: 0 } };
const selfInvite = move('m.call.invite', own, 'laptop');

describe('LV-05: settled by', () => {
  it.each([
    ['a hangup of the caller', invite, move('m.call.hangup', friend, 'phone')],
    ['the choice of another answer', invite, move('m.call.select_answer', friend, 'phone')],
    ['an answer of ours', invite, move('m.call.answer', own, 'desk')],
    ['a reject of ours', invite, move('m.call.reject', own, 'desk')],
    ['a hangup of ours, which is how version 0 rejects', oldInvite, move('m.call.hangup', own, null)],
    ['V1-10 a hangup of the caller that names no party', invite, move('m.call.hangup', friend, null)],
    ['a hangup of a version 0 caller', oldInvite, move('m.call.hangup', friend, null)],
    ['another device of ours, of a call to ourselves', selfInvite, move('m.call.reject', own, 'desk')],
  ])('%s', (_what, of, by) => {
    expect(isSettled(of, [of, by], own)).toBe(true);
    expect(isSettled(of, [by, of], own)).toBe(true);
  });
});

describe('not settled by', () => {
  it.each([
    ['candidates', move('m.call.candidates', friend, 'phone')],
    ['AN-21 another device of the caller', move('m.call.hangup', friend, 'tablet')],
    ['AN-08 a choice that names no party', move('m.call.select_answer', friend, null)],
    ['N6 a device of ours that hangs up, since its microphone failed', move('m.call.hangup', own, 'desk')],
    ['a stranger in the room', move('m.call.answer', '@third:there', 'x')],
    ['a reject of a stranger', move('m.call.reject', '@third:there', 'x')],
    ['V1-09 another call', move('m.call.hangup', friend, 'phone', 'c2')],
  ])('%s', (_what, by) => {
    expect(isSettled(invite, [invite, by], own)).toBe(false);
  });
});
