import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type LiveCalls, makeLiveCalls } from '../../../../main/calls/live-calls';
import type { UserId } from '../../../../preload/contract/ids';
import type { CallEventType, OutgoingSignal, SignalOutcome } from '../../../../preload/contract/signalling';
import { anna, call, otherCall, report } from '../call-facts';
import { quietLog } from '../quiet-log';

const send = vi.fn<(signal: OutgoingSignal) => Promise<SignalOutcome>>();
const changed = vi.fn();
const lost = vi.fn();
const hungUp = vi.fn();
let calls: LiveCalls;
beforeEach(() => {
  vi.resetAllMocks();
  send.mockResolvedValue({ ok: true, eventId: '$sent' });
  calls = makeLiveCalls({ send, changed, lost, hungUp, log: quietLog() });
});

const signal = (type: CallEventType): OutgoingSignal => ({
  ...call,
  signalId: 'one',
  type,
  content: {},
  giveUpAfter: 60_000,
});
const hangups = () => send.mock.calls.map(([sent]) => sent).filter(({ type }) => type === 'm.call.hangup');

describe('a lost call', () => {
  it.each(['connected', 'reconnecting'] as const)('was %s, and nobody hung up', (state) => {
    calls.report(report(state));
    expect(lost).not.toHaveBeenCalled();
    const end = report('ended', { reason: 'ice_failed', by: 'circumstance' });
    calls.report(end);
    calls.report(end);
    expect(lost.mock.calls).toEqual([[end, 'connection']]);
  });

  it.each([
    ['connected', 'user_hangup', 'them'],
    ['connected', 'user_hangup', 'us'],
    ['connected', 'transferred', 'them'],
    ['connected', 'left_room', 'them'],
    ['connecting', 'ice_failed', 'circumstance'],
    ['ringing', 'unknown_error', 'circumstance'],
  ] as const)('is none that was %s and ended for %s by %s', (state, reason, by) => {
    calls.report(report(state));
    calls.report(report('ended', { reason, by }));
    expect(lost).not.toHaveBeenCalled();
  });
});

describe('the list', () => {
  it('follows the reports, oldest call first, and tells of each change', () => {
    calls.report(report('ringing'));
    calls.report(report('connected', otherCall));
    calls.report(report('connected'));
    expect(calls.list().map(({ callId, state }) => [callId, state])).toEqual([
      [call.callId, 'connected'],
      [otherCall.callId, 'connected'],
    ]);
    calls.report(report('ended', { reason: 'user_hangup' }));
    expect(calls.list().map(({ callId }) => callId)).toEqual([otherCall.callId]);
    expect(changed).toHaveBeenCalledTimes(4);
  });
});

describe('AN-27: a page that died', () => {
  it('is hung up for, and the person is told which conversation ended with it', () => {
    const talking = report('connected', { announced: true });
    calls.report(talking);
    calls.report(report('inviting', { ...otherCall, direction: 'outgoing', announced: true }));
    calls.pageGone();
    expect(hangups()).toHaveLength(2);
    expect(lost.mock.calls).toEqual([[talking, 'crash']]);
  });
});

describe('AN-27: hanging up for a page that cannot', () => {
  it('says what a version 1 hangup must: party, version, reason (V1-01, AN-17)', async () => {
    calls.report(report('connected', { announced: true }));
    await calls.hangUp();
    expect(hangups()).toMatchObject([
      {
        ...call,
        type: 'm.call.hangup',
        content: { call_id: call.callId, party_id: 'ANNA', version: '1', reason: 'user_hangup' },
      },
    ]);
  });

  it('says to a version 0 far end what that knows: no party, no reason (V0-04, V0-06)', async () => {
    calls.report(report('connected', { announced: true, version: 0 }));
    await calls.hangUp();
    expect(hangups().map(({ content }) => content)).toEqual([{ call_id: call.callId, version: 0 }]);
  });

  it.each([
    ['an announced outgoing call', report('inviting', { direction: 'outgoing', announced: true }), 1],
    ['a call that only prepares', report('preparing', { direction: 'outgoing' }), 0],
    ['an incoming call that rings', report('ringing'), 0],
    ['an incoming call whose answer has not left', report('answering'), 0],
  ])('%s', async (_what, reported, count) => {
    calls.report(reported);
    await calls.hangUp();
    expect(hangups()).toHaveLength(count);
    expect(hungUp).toHaveBeenCalledTimes(count);
    expect(calls.list()).toEqual([]);
  });

  it.each(['m.call.invite', 'm.call.answer'] as const)(
    'AN-19: hangs up while the %s is on its way: the account cancels or follows it',
    async (type) => {
      calls.report(report('preparing', { direction: 'outgoing' }));
      void calls.send(signal(type));
      await calls.hangUp();
      expect(hangups()).toHaveLength(1);
    },
  );

  it('AN-25: says nothing of an answer that could not be sent', async () => {
    send.mockResolvedValue({ ok: false, reason: 'gaveUp' });
    calls.report(report('answering'));
    await calls.send(signal('m.call.answer'));
    await calls.hangUp();
    expect(hangups()).toEqual([]);
  });

  it('says nothing of a call that ended', async () => {
    calls.report(report('connected', { announced: true }));
    void calls.send(signal('m.call.answer'));
    calls.report(report('ended', { announced: true }));
    await calls.hangUp();
    expect(hangups()).toEqual([]);
  });

  it('hangs up once when a crash is followed by a quit', async () => {
    calls.report(report('connected', { announced: true }));
    await calls.hangUp();
    await calls.hangUp();
    expect(hangups()).toHaveLength(1);
  });

  it('hangs up only the calls of the account that signs out', async () => {
    const zoe = '@zoe:example.org' as UserId;
    calls.report(report('connected', { announced: true }));
    calls.report(report('connected', { announced: true, account: zoe }));
    await calls.hangUp(anna);
    expect(hangups().map(({ account }) => account)).toEqual([anna]);
    expect(calls.list().map(({ account }) => account)).toEqual([zoe]);
  });

  it('hands over every hangup before it waits: a program that quits has no second chance', () => {
    send.mockReturnValue(new Promise(() => undefined));
    calls.report(report('connected', { announced: true }));
    calls.report(report('connected', { ...otherCall, announced: true }));
    void calls.hangUp();
    expect(hangups()).toHaveLength(2);
    expect(hungUp.mock.calls).toEqual([[call], [otherCall]]);
  });
});
