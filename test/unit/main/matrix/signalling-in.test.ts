import { beforeEach, describe, expect, it, vi } from 'vitest';

import type { UnnumberedSignal } from '../../../../main/account/contract';
import type { RoomEvent } from '../../../../main/matrix/room-event';
import {
  type CallEventFacts,
  makeSignallingIn,
  type RoomBatch,
  type SignallingIn,
} from '../../../../main/matrix/signalling-in';
import type { UserId } from '../../../../preload/contract/ids';
import type { RingVerdict } from '../../../../preload/contract/signalling';
import { quietLog } from '../quiet-log';
import { turnedClock } from '../turned-clock';

const own = '@own:here' as UserId;
const friend = '@friend:there';
const room = '!room:here';

let clock: ReturnType<typeof turnedClock>;
let log: ReturnType<typeof quietLog>;
let delivered: UnnumberedSignal[];
let isEncrypted: boolean;
let signalling: SignallingIn;
const verdict = vi.fn<(invite: CallEventFacts) => RingVerdict>();

beforeEach(() => {
  clock = turnedClock();
  log = quietLog();
  delivered = [];
  isEncrypted = false;
  verdict.mockReset().mockReturnValue({ ring: true });
  signalling = makeSignallingIn({
    account: own,
    clock,
    date: () => 0,
    log,
    members: () => 2,
    isEncrypted: () => isEncrypted,
    verdict,
    deliver: (signal) => delivered.push(signal),
  });
});

function event(eventId: string, type: string, content: object = {}, more: Partial<RoomEvent> = {}): RoomEvent {
  return {
    eventId,
    roomId: room,
    sender: friend,
    type,
    content: { call_id: 'c1', party_id: 'p', ...content },
    age: 0,
    sentAt: 0,
    receivedAt: clock.now(),
    encrypted: false,
    standing: 'clear',
    ownDevice: false,
    redacts: undefined,
    membership: undefined,
    ...more,
  };
}

function member(eventId: string, from: unknown, to: unknown, userId = friend): RoomEvent {
  return event(eventId, 'm.room.member', {}, { membership: { userId, from, to } });
}

function take(events: RoomBatch['events'], more: Partial<RoomBatch> = {}): void {
  signalling.take({ roomId: room, events, departures: [], ...more });
}

const kinds = (): string[] => delivered.map((signal) => (signal.kind === 'event' ? signal.type : signal.kind));

describe('signals', () => {
  it('come in the order of the timeline, with what the engine needs', () => {
    take([event('$1', 'm.call.invite', { lifetime: 60_000 }), event('$2', 'm.call.candidates', { candidates: [] })]);
    expect(delivered).toEqual([
      {
        kind: 'event',
        account: own,
        roomId: room,
        callId: 'c1',
        eventId: '$1',
        sender: friend,
        type: 'm.call.invite',
        content: { call_id: 'c1', party_id: 'p', lifetime: 60_000 },
        age: 0,
        encrypted: false,
        members: 2,
        verdict: { ring: true },
      },
      expect.objectContaining({ eventId: '$2', type: 'm.call.candidates' }),
    ]);
    expect(delivered[1]).not.toHaveProperty('verdict');
  });

  it('V1-11: come once, however often the homeserver repeats them', () => {
    take([event('$1', 'm.call.invite'), event('$1', 'm.call.invite')]);
    take([event('$1', 'm.call.invite'), event('$2', 'm.call.hangup')]);
    expect(kinds()).toEqual(['m.call.invite', 'm.call.hangup']);
  });

  it('LV-01: the age goes on while we wait', () => {
    const invite = event('$1', 'm.call.invite', {}, { age: 300 });
    clock.turn(200);
    take([invite]);
    expect(delivered[0]).toMatchObject({ age: 500 });
    expect(verdict.mock.calls[0]?.[0]).toMatchObject({ age: 500 });
  });

  it('V1-04: one out of grammar leaves a line that names the rule, and nothing else', () => {
    take([event('$1', 'm.call.invite', { call_id: 'not ok' })]);
    expect(delivered).toEqual([]);
    expect(log.debug.mock.calls).toEqual([['call event ignored', { rule: 'V1-04 call_id', type: 'm.call.invite' }]]);
  });

  it('of our own user are passed on: other devices of ours matter', () => {
    take([event('$1', 'm.call.answer', {}, { sender: own })]);
    expect(delivered).toMatchObject([{ sender: own, type: 'm.call.answer' }]);
  });
});

describe('an invite', () => {
  it('LV-05: followed by its end in the same sync is settled', () => {
    take([event('$1', 'm.call.invite'), event('$2', 'm.call.hangup')]);
    expect(verdict.mock.calls[0]?.[0].settled).toBe(true);
  });

  it('LV-05: is not settled by the end of another call', () => {
    take([event('$1', 'm.call.invite'), event('$2', 'm.call.hangup', { call_id: 'c2' })]);
    expect(verdict.mock.calls[0]?.[0].settled).toBe(false);
  });

  it('LV-15: that is redacted is told, once its call is known', () => {
    take([event('$1', 'm.call.invite')]);
    take([event('$r', 'm.room.redaction', {}, { redacts: '$1' })]);
    take([event('$x', 'm.room.redaction', {}, { redacts: '$unknown' })]);
    expect(delivered.slice(1)).toEqual([{ kind: 'redacted', account: own, roomId: room, callId: 'c1', eventId: '$r' }]);
  });

  it('LV-15: redacted before it was read is nothing', () => {
    take([event('$1', 'm.call.invite', {}, { content: {} }), event('$r', 'm.room.redaction', {}, { redacts: '$1' })]);
    expect(delivered).toEqual([]);
    expect(log.debug).not.toHaveBeenCalled();
  });
});

describe('members', () => {
  it.each([
    ['RM-01 leaves', 'join', 'leave', ['left']],
    ['RM-01 is banned', 'join', 'ban', ['left']],
    ['RM-02 declines the invitation to the room', 'invite', 'leave', ['left']],
    ['RM-05 changes their name', 'join', 'join', []],
    ['joins', 'invite', 'join', []],
    ['had left already', 'leave', 'ban', []],
    ['of whom nothing was known', undefined, 'leave', []],
  ])('who %s', (_what, from, to, told) => {
    take([member('$1', from, to)]);
    expect(kinds()).toEqual(told);
  });

  it('RM-01: who leaves does so at that place of the timeline', () => {
    take([event('$1', 'm.call.invite'), event('$2', 'm.call.hangup'), member('$3', 'join', 'leave')], {
      departures: [{ eventId: '$3', userId: friend }],
    });
    expect(kinds()).toEqual(['m.call.invite', 'm.call.hangup', 'left']);
  });

  it('RM-01, RM-04: who left without an event in the timeline is told behind it, once', () => {
    const departures = [{ eventId: '$9', userId: own }];
    take([event('$1', 'm.call.invite')], { departures });
    take([], { departures });
    expect(delivered.slice(1)).toEqual([{ kind: 'left', account: own, roomId: room, userId: own }]);
  });
});

describe('LV-06: a gap', () => {
  /** What comes before an event, once it is found. */
  function gap() {
    const { promise, resolve } = Promise.withResolvers<readonly RoomEvent[]>();
    return {
      before:
        (...events: readonly RoomEvent[]) =>
        async () => [...(await promise), ...events],
      fill: async (events: readonly RoomEvent[]) => {
        resolve(events);
        await new Promise(setImmediate);
      },
    };
  }

  it('is filled before anything of that room is told, and nothing of it comes twice', async () => {
    const { before, fill } = gap();
    take([event('$1', 'm.call.invite')]);
    take(before(event('$4', 'm.call.hangup')));
    take([event('$5', 'm.call.candidates')]);
    expect(kinds()).toEqual(['m.call.invite']);

    await fill([event('$1', 'm.call.invite'), event('$2', 'm.call.candidates'), event('$3', 'm.call.candidates')]);
    const ids = delivered.map((signal) => (signal.kind === 'event' ? signal.eventId : ''));
    expect(ids).toEqual(['$1', '$2', '$3', '$4', '$5']);
  });

  it('holds an invite until it is known whether it was settled', async () => {
    const { before, fill } = gap();
    take(before(event('$2', 'm.call.hangup')));
    await fill([event('$1', 'm.call.invite')]);
    expect(verdict.mock.calls[0]?.[0].settled).toBe(true);
  });

  it('that cannot be read costs itself alone: the room is not deaf afterwards', async () => {
    take(() => Promise.reject(new TypeError('not an event')));
    take([event('$1', 'm.call.invite')]);
    await new Promise(setImmediate);
    take([event('$2', 'm.call.hangup')]);
    expect(kinds()).toEqual(['m.call.invite', 'm.call.hangup']);
    expect(log.failure).toHaveBeenCalledTimes(1);
  });

  it('holds up no other room', () => {
    take(gap().before(event('$1', 'm.call.invite')));
    signalling.take({ roomId: '!other:here', events: [event('$2', 'm.call.invite')], departures: [] });
    expect(delivered).toMatchObject([{ eventId: '$2' }]);
  });

  it('may be followed by another one', async () => {
    const [first, second] = [gap(), gap()];
    take(first.before(event('$2', 'm.call.candidates')));
    take(second.before(event('$4', 'm.call.hangup')));
    await first.fill([event('$1', 'm.call.invite')]);
    expect(kinds()).toEqual(['m.call.invite', 'm.call.candidates']);
    await second.fill([event('$3', 'm.call.candidates')]);
    expect(kinds().slice(2)).toEqual(['m.call.candidates', 'm.call.hangup']);
  });
});

describe('LV-13: what could only be decrypted later', () => {
  const sealed = { encrypted: true, standing: 'trusted' } as const;

  it('is told then, with the age it has by then', () => {
    const late = event('$1', 'm.call.invite', { lifetime: 60_000 }, sealed);
    clock.turn(5000);
    take([late]);
    expect(delivered).toMatchObject([{ eventId: '$1', age: 5000, verdict: { ring: true } }]);
  });

  it('was settled by what could be read before', () => {
    const late = event('$1', 'm.call.invite', {}, sealed);
    take([event('$2', 'm.call.hangup', {}, sealed)]);
    take([late]);
    expect(verdict.mock.calls[0]?.[0].settled).toBe(true);
  });
});

describe('EN-03: in an encrypted room', () => {
  beforeEach(() => {
    isEncrypted = true;
  });

  it('an invite in clear is told, to be shown and judged; nothing else in clear is', () => {
    take([event('$1', 'm.call.invite'), event('$2', 'm.call.answer'), event('$3', 'm.call.hangup')]);
    expect(kinds()).toEqual(['m.call.invite']);
    expect(log.warn).toHaveBeenCalledTimes(2);
  });

  it.each<[string, Partial<RoomEvent>, boolean]>([
    ['encrypted by its sender', { standing: 'trusted' }, true],
    ['encrypted by somebody else', { standing: 'forged' }, false],
    ['from a device that may not take part (EN-02)', { standing: 'stranger' }, false],
    ['from a device of our own that is not confirmed yet', { standing: 'stranger', sender: own }, true],
  ])('an answer %s', (_what, facts, isTold) => {
    take([event('$1', 'm.call.answer', {}, { encrypted: true, ...facts })]);
    expect(delivered).toHaveLength(isTold ? 1 : 0);
  });
});
