import { describe, expect, it } from 'vitest';
import type { CallReport } from '../../../../preload/contract/calls';
import type { RingVerdict } from '../../../../preload/contract/signalling';
import { anna, ben, call, event, invite, otherCall, report } from '../call-facts';
import { list, noon, only, open, scratchFolder } from './calls';

const opened = () => open(scratchFolder());
type Ended = Pick<CallReport, 'reason' | 'by'>;

describe('an outgoing call', () => {
  const to = (state: CallReport['state'], facts: Partial<CallReport> = {}) =>
    report(state, { direction: 'outgoing', ...facts });

  it.each<{ before: CallReport['state'][]; ended: Ended; is: string }>([
    { before: [], ended: { reason: 'user_media_failed', by: 'us' }, is: 'failed: ownMedia' },
    { before: [], ended: { reason: 'not_sent', by: 'circumstance' }, is: 'failed: notSent' },
    { before: ['inviting'], ended: { reason: 'user_hangup', by: 'us' }, is: 'cancelled' },
    { before: ['inviting'], ended: { reason: 'rejected', by: 'them' }, is: 'declined' },
    { before: ['inviting'], ended: { reason: 'user_busy', by: 'them' }, is: 'busy' },
    { before: ['inviting'], ended: { reason: 'user_media_failed', by: 'them' }, is: 'failed: theirMedia' },
    { before: ['inviting'], ended: { reason: 'invite_timeout', by: 'circumstance' }, is: 'noAnswer' },
    { before: ['inviting'], ended: { reason: 'left_room', by: 'them' }, is: 'failed: leftRoom' },
    {
      before: ['inviting', 'connecting'],
      ended: { reason: 'ice_failed', by: 'circumstance' },
      is: 'failed: noConnection',
    },
    {
      before: ['inviting', 'connecting'],
      ended: { reason: 'ice_timeout', by: 'circumstance' },
      is: 'failed: noConnection',
    },
    { before: ['inviting', 'connecting'], ended: { reason: 'user_hangup', by: 'them' }, is: 'failed: endedEarly' },
    { before: ['inviting', 'connecting'], ended: { reason: 'unknown_error', by: 'them' }, is: 'failed: unknown' },
    { before: ['inviting', 'connecting', 'connected'], ended: { reason: 'user_hangup', by: 'us' }, is: 'answered' },
    {
      before: ['inviting', 'connecting', 'connected'],
      ended: { reason: 'ice_failed', by: 'circumstance' },
      is: 'answered: connectionLost',
    },
    {
      before: ['inviting', 'connecting', 'connected', 'reconnecting'],
      ended: { reason: 'user_hangup', by: 'them' },
      is: 'answered',
    },
    { before: ['inviting'], ended: { reason: 'a reason of tomorrow', by: 'them' }, is: 'failed: unknown' },
  ])('$before, then $ended.reason by $ended.by → $is', ({ before, ended, is }) => {
    const { history } = opened();
    for (const state of ['preparing', ...before] as const) history.report(to(state));
    expect(only(history), 'a call that lives is not history').toBe('');
    history.report(to('ended', ended));
    expect(only(history)).toBe(is);
    expect(list(history)).toMatchObject([
      { ...call, direction: 'outgoing', peer: ben, peerName: 'Ben', missed: false },
    ]);
    expect(history.unseen()).toBe(0);
  });

  it('tells its times apart: placed, answered, connected, ended', () => {
    const { history, wait } = opened();
    for (const state of ['preparing', 'inviting', 'connecting', 'connected', 'reconnecting', 'connected'] as const) {
      history.report(to(state, { kind: 'video' }));
      wait(1000);
    }
    history.report(to('ended', { reason: 'user_hangup', by: 'us', kind: 'video' }));
    const times = { startedAt: noon, answeredAt: noon + 2000, connectedAt: noon + 3000, endedAt: noon + 6000 };
    expect(list(history)).toMatchObject([{ kind: 'video', ...times }]);
  });

  it('GL-15: that gave way to one from the other side was none', () => {
    const { history } = opened();
    history.report(to('preparing'));
    history.report(to('inviting'));
    history.report(to('ended', { reason: 'glare', by: 'circumstance' }));
    expect(list(history)).toEqual([]);
  });
});

describe('a call that rings here', () => {
  it.each<{ before: CallReport['state'][]; ended: Ended; is: string }>([
    { before: [], ended: { reason: 'rejected', by: 'us' }, is: 'declined' },
    { before: [], ended: { reason: 'user_hangup', by: 'them' }, is: 'missed' },
    { before: [], ended: { reason: 'invite_timeout', by: 'circumstance' }, is: 'missed' },
    { before: [], ended: { reason: 'answered_elsewhere', by: 'us' }, is: 'answeredElsewhere' },
    { before: [], ended: { reason: 'rejected_elsewhere', by: 'us' }, is: 'declinedElsewhere' },
    { before: [], ended: { reason: 'user_busy', by: 'us' }, is: 'busy' },
    { before: ['answering'], ended: { reason: 'ice_failed', by: 'circumstance' }, is: 'failed: noConnection' },
    { before: ['answering', 'connecting'], ended: { reason: 'user_hangup', by: 'us' }, is: 'failed: endedEarly' },
    { before: ['answering', 'connecting', 'connected'], ended: { reason: 'user_hangup', by: 'them' }, is: 'answered' },
  ])('$before, then $ended.reason by $ended.by → $is', ({ before, ended, is }) => {
    const { history } = opened();
    history.signal(invite());
    for (const state of ['ringing', ...before] as const) history.report(report(state));
    expect(only(history)).toBe('');
    history.report(report('ended', ended));
    expect(only(history)).toBe(is);
    expect(history.unseen()).toBe(is === 'missed' ? 1 : 0);
  });

  it.each([
    ['hungUp', 'missed'],
    ['expired', 'missed'],
    ['callerLeft', 'missed'],
    ['weLeft', 'failed: leftRoom'],
    ['redacted', 'cancelled'],
    ['answeredElsewhere', 'answeredElsewhere'],
    ['rejectedElsewhere', 'declinedElsewhere'],
    ['declined', 'declined'],
    ['signedOut', 'failed: signedOut'],
    ['answered', ''],
  ] as const)('needs no window: %s → %s', (end, is) => {
    const { history } = opened();
    history.signal(invite({ age: 4999.7 }));
    history.ringingEnded(call, end);
    expect(only(history)).toBe(is);
    if (is !== '') expect(list(history)).toMatchObject([{ startedAt: noon - 5000, endedAt: noon, kind: null }]);
  });

  it('is told once, however often and by whomever its end is told', () => {
    const { history, told } = opened();
    history.signal(invite());
    history.report(report('ringing', { kind: 'video' }));
    history.ringingEnded(call, 'hungUp');
    history.report(report('answering'));
    history.report(report('ended', { reason: 'rejected', by: 'us' }));
    history.ringingEnded(call, 'expired');
    history.signal(invite());
    history.ringingEnded(call, 'expired');
    expect(list(history)).toMatchObject([{ outcome: 'missed', kind: 'video', direction: 'incoming' }]);
    expect(told.at(-1)).toBe(1);
  });

  it('was answered here, although the echo of our answer ends the ringing first', () => {
    const { history } = opened();
    history.signal(invite());
    for (const state of ['ringing', 'answering'] as const) history.report(report(state));
    history.ringingEnded(call, 'answeredElsewhere');
    for (const state of ['connecting', 'connected'] as const) history.report(report(state));
    history.report(report('ended', { reason: 'user_hangup', by: 'them' }));
    expect(only(history)).toBe('answered');
  });

  it.each(['page gone', 'answer failed'] as const)('rings again, and is missed: %s', (what) => {
    const { history } = opened();
    history.signal(invite());
    for (const state of ['ringing', 'answering'] as const) history.report(report(state));
    if (what === 'page gone') history.pageGone();
    else history.report(report('ringing'));
    history.ringingEnded(call, 'expired');
    expect(only(history)).toBe('missed');
  });

  it('GL-15: was not missed when ours to the same person was the call', () => {
    const { history } = opened();
    history.report(report('inviting', { ...otherCall, direction: 'outgoing' }));
    history.signal(invite());
    expect(history.hasCrossed(call)).toBe(true);
    history.ringingEnded(call, 'hungUp');
    history.report(report('connecting', { ...otherCall, direction: 'outgoing' }));
    history.report(report('connected', { ...otherCall, direction: 'outgoing' }));
    history.report(report('ended', { ...otherCall, direction: 'outgoing', reason: 'user_hangup', by: 'us' }));
    expect(list(history)).toMatchObject([{ callId: otherCall.callId, outcome: 'answered' }]);
  });

  it('GL-15: counts when the engine has taken it in place of ours', () => {
    const { history } = opened();
    history.report(report('inviting', { ...otherCall, direction: 'outgoing' }));
    history.signal(invite());
    history.report(report('ended', { ...otherCall, direction: 'outgoing', reason: 'glare', by: 'circumstance' }));
    history.report(report('ringing'));
    history.ringingEnded(call, 'hungUp');
    expect(history.hasCrossed(call)).toBe(false);
    expect(list(history)).toMatchObject([{ callId: call.callId, outcome: 'missed' }]);
  });
});

describe('a call that may not ring', () => {
  type Why = Extract<RingVerdict, { ring: false }>['why'];
  const silent = (why: Why) => invite({ verdict: { ring: false, why }, age: 20_000 });

  it.each<[Why, string, number]>([
    ['publicRoom', 'suppressed: publicRoom', 0],
    ['ignoredUser', 'suppressed: ignoredUser', 0],
    ['notJoined', 'suppressed: notJoined', 0],
    ['muted', 'suppressed: muted', 0],
    ['untrusted', 'suppressed: untrusted', 0],
    ['doNotDisturb', 'suppressed: doNotDisturb', 1],
    ['expired', 'missed', 1],
    ['settled', '', 0],
    ['invitee', '', 0],
    ['ownUser', '', 0],
  ])('RG-04: %s is listed as "%s"', (why, is, unseen) => {
    const { history } = opened();
    history.signal(silent(why));
    expect(only(history)).toBe(is);
    expect(history.unseen()).toBe(unseen);
    if (is !== '') expect(list(history)).toMatchObject([{ startedAt: noon - 20_000, endedAt: null }]);
  });

  it.each([
    ['m.call.hangup', ben, 'missed'],
    ['m.call.select_answer', ben, 'answeredElsewhere'],
    ['m.call.answer', anna, 'answeredElsewhere'],
    ['m.call.reject', anna, 'declinedElsewhere'],
  ] as const)('LV-05: one that was over before we saw it: %s of %s → %s', (type, sender, is) => {
    const { history } = opened();
    history.signal(silent('settled'));
    const content = sender === anna ? { content: { call_id: call.callId, version: '1', party_id: 'PHONE' } } : {};
    history.signal(event(type, { sender, ...content, age: 3000 }));
    expect(list(history)).toMatchObject([{ outcome: is, endedAt: noon - 3000 }]);
  });

  it('was not missed when another device of ours took it', () => {
    const { history } = opened();
    history.signal(silent('doNotDisturb'));
    expect(history.unseen()).toBe(1);
    history.signal(event('m.call.answer', { sender: anna }));
    expect(only(history)).toBe('answeredElsewhere');
    expect(history.unseen()).toBe(0);
  });

  it('stays what it is when the caller gives up', () => {
    const { history } = opened();
    history.signal(silent('muted'));
    history.signal(event('m.call.hangup'));
    expect(only(history)).toBe('suppressed: muted');
  });
});

describe('AN-27: a call that main hung up', () => {
  it.each<{ direction: CallReport['direction']; states: CallReport['state'][]; is: string }>([
    { direction: 'outgoing', states: ['inviting'], is: 'cancelled' },
    { direction: 'outgoing', states: ['inviting', 'connecting'], is: 'failed: endedEarly' },
    { direction: 'outgoing', states: ['connecting', 'connected'], is: 'answered' },
    { direction: 'incoming', states: ['ringing', 'answering'], is: 'failed: endedEarly' },
  ])('$direction, $states → $is', ({ direction, states, is }) => {
    const { history } = opened();
    for (const state of states) history.report(report(state, { direction }));
    history.hungUp(call);
    history.ringingEnded(call, 'ended');
    expect(only(history)).toBe(is);
  });

  it('because the window died: that is said; what only rings goes on ringing', () => {
    const { history } = opened();
    history.report(report('connected', { direction: 'outgoing' }));
    history.signal(invite({ callId: otherCall.callId, sender: anna }));
    history.pageGone();
    history.hungUp(call);
    expect(only(history)).toBe('answered: interrupted');
    history.ringingEnded(otherCall, 'expired');
    expect(list(history).map(({ outcome }) => outcome)).toContain('missed');
  });
});

describe('a program that was killed', () => {
  it.each<{ direction: CallReport['direction']; state: CallReport['state']; is: string }>([
    { direction: 'outgoing', state: 'inviting', is: 'failed: interrupted' },
    { direction: 'outgoing', state: 'connected', is: 'answered: interrupted' },
    { direction: 'incoming', state: 'ringing', is: 'missed' },
    { direction: 'incoming', state: 'connecting', is: 'failed: interrupted' },
  ])('finds its $direction call that was $state as "$is"', ({ direction, state, is }) => {
    const folder = scratchFolder();
    const first = open(folder);
    first.history.report(report(state, { direction }));
    first.history.close();
    const { history } = open(folder, noon + 3_600_000);
    expect(only(history)).toBe(is);
    expect(list(history)).toMatchObject([{ startedAt: noon, endedAt: null }]);
  });

  it('lists a call once, whose invite is read again after the restart', () => {
    const folder = scratchFolder();
    const first = open(folder);
    first.history.signal(invite());
    first.history.ringingEnded(call, 'hungUp');
    first.history.markSeen();
    first.history.close();
    const { history } = open(folder, noon + 60_000);
    history.signal(invite({ age: 60_000, verdict: { ring: false, why: 'settled' } }));
    history.signal(event('m.call.hangup'));
    expect(only(history)).toBe('missed');
    expect(history.unseen()).toBe(0);
  });

  it('lets a call ring on that still rings', () => {
    const folder = scratchFolder();
    const first = open(folder);
    first.history.signal(invite());
    first.history.close();
    const { history } = open(folder, noon + 5000);
    expect(only(history)).toBe('missed');
    history.signal(invite({ age: 4999.7 }));
    expect([only(history), history.unseen()]).toEqual(['', 0]);
    history.report(report('ringing'));
    history.report(report('ended', { reason: 'rejected', by: 'us' }));
    expect(only(history)).toBe('declined');
  });

  it('learns that another device took the call meanwhile', () => {
    const folder = scratchFolder();
    const first = open(folder);
    first.history.signal(invite());
    first.history.close();
    const { history } = open(folder, noon + 60_000);
    history.signal(invite({ age: 60_000, verdict: { ring: false, why: 'settled' } }));
    history.signal(event('m.call.answer', { sender: anna }));
    expect(only(history)).toBe('answeredElsewhere');
    expect(history.unseen()).toBe(0);
  });
});
