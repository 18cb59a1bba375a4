import { describe, expect, it, vi } from 'vitest';
import {
  type CallCommandsEnv,
  inFront,
  makeCallCommands,
  type VerbOutcome,
} from '../../../../main/calls/call-commands';
import { callKeyOf } from '../../../../preload/contract/call-key';
import type { CallReport } from '../../../../preload/contract/calls';
import type { Person } from '../../../../preload/contract/people';
import type { CallKey } from '../../../../preload/contract/signalling';
import { anna, ben, call, cleo, otherCall, report, room } from '../call-facts';
import { turnedClock } from '../turned-clock';

const person: Person = {
  account: anna,
  userId: ben,
  name: 'Ben',
  roomId: room,
  standing: 'joined',
  barred: null,
  favourite: false,
  avatar: null,
};

/** A page that does what it is told when the test says so. */
function commands(over: Partial<CallCommandsEnv> = {}) {
  const clock = turnedClock();
  let calls: CallReport[] = [];
  let ringing: CallKey[] = [];
  const act = vi.fn();
  const place = vi.fn();
  const env: CallCommandsEnv = {
    clock,
    calls: () => calls,
    ringing: () => ringing,
    act,
    people: () => [person],
    isSignedIn: () => Promise.resolve(true),
    isConnecting: () => false,
    place,
    ...over,
  };
  const all = makeCallCommands(env);
  return {
    all,
    clock,
    act,
    place,
    now: (reports: CallReport[], rings: CallKey[] = []) => {
      calls = reports;
      ringing = rings;
      all.changed();
    },
  };
}

const outcomeOf = async (asked: Promise<VerbOutcome>) => {
  const outcome = await asked;
  return outcome.ok ? 'ok' : outcome.reason;
};

describe('answering without a window', () => {
  it('takes the call that has rung longest, and is done when the page answers', async () => {
    const { all, act, now } = commands();
    now([report('ringing')], [call, otherCall]);
    const asked = all.answer();
    expect(act.mock.calls).toEqual([[call, 'answer']]);
    now([report('answering')]);
    now([report('connecting')]);
    expect(await outcomeOf(asked)).toBe('ok');
  });

  it('tells that the page could not: without a microphone the call goes on ringing', async () => {
    const { all, now } = commands();
    now([report('ringing')], [call]);
    const asked = all.answer();
    now([report('answering')]);
    now([report('ringing')], [call]);
    expect(await outcomeOf(asked)).toBe('notAnswered');
  });

  it('tells that the page could not: the call ended while it was answered', async () => {
    const { all, now } = commands();
    now([report('ringing')], [call]);
    const asked = all.answer();
    now([report('answering')]);
    now([]);
    expect(await outcomeOf(asked)).toBe('notAnswered');
  });

  it('has nothing to do when nothing rings', async () => {
    expect(await outcomeOf(commands().all.answer())).toBe('nothingRings');
  });

  it('tells that the call went away meanwhile', async () => {
    const { all, now } = commands();
    now([], [call]);
    const asked = all.answer();
    now([], []);
    expect(await outcomeOf(asked)).toBe('nothingRings');
  });

  it('does not wait for ever for a page that does nothing', async () => {
    const { all, clock, now } = commands();
    now([report('ringing')], [call]);
    const asked = all.answer();
    clock.turn(15_000);
    expect(await outcomeOf(asked)).toBe('notDone');
  });
});

describe('hanging up without a window', () => {
  it('ends the call that goes on, not the one on hold, and declines nothing', async () => {
    const { all, act, now } = commands();
    now([report('connected'), report('connected', { ...otherCall, held: true })], [call]);
    const asked = all.hangUp();
    expect((act.mock.calls as [CallKey, string][]).map(([key, action]) => [callKeyOf(key), action])).toEqual([
      [callKeyOf(call), 'hangUp'],
    ]);
    now([report('connected', { ...otherCall, held: true })]);
    expect(await outcomeOf(asked)).toBe('ok');
  });

  it('declines what rings when there is no other call', async () => {
    const { all, act, now } = commands();
    now([report('ringing')], [call]);
    const asked = all.hangUp();
    expect(act.mock.calls).toEqual([[call, 'decline']]);
    now([]);
    expect(await outcomeOf(asked)).toBe('ok');
  });

  it('has nothing to do without a call', async () => {
    expect(await outcomeOf(commands().all.hangUp())).toBe('noCall');
  });
});

describe('declining without a window', () => {
  it('takes the call that has rung longest, beside the one that goes on', async () => {
    const { all, act, now } = commands();
    now([report('connected', otherCall)], [call]);
    const asked = all.decline();
    expect(act.mock.calls).toEqual([[call, 'decline']]);
    now([report('connected', otherCall)]);
    expect(await outcomeOf(asked)).toBe('ok');
  });

  it('has nothing to do when nothing rings', async () => {
    expect(await outcomeOf(commands().all.decline())).toBe('nothingRings');
  });
});

describe('holding without a window', () => {
  it.each([false, true])('turns to the other, when held is %s', async (held) => {
    const { all, act, now } = commands();
    now([report('connected', { held })]);
    const asked = all.hold();
    expect(act).toHaveBeenCalledExactlyOnceWith(expect.objectContaining(call), 'toggleHold');
    now([report('connected', { held: !held })]);
    expect(await outcomeOf(asked)).toBe('ok');
  });

  it.each([
    ['noCall', []],
    ['noCall', [report('ringing')]],
    ['notConnected', [report('inviting', { direction: 'outgoing' })]],
  ] as const)('%s', async (reason, calls) => {
    const { all, act, now } = commands();
    now([...calls]);
    expect(await outcomeOf(all.hold())).toBe(reason);
    expect(act).not.toHaveBeenCalled();
  });

  it('tells that the call went away meanwhile', async () => {
    const { all, now } = commands();
    now([report('connected')]);
    const asked = all.hold();
    now([]);
    expect(await outcomeOf(asked)).toBe('noCall');
  });
});

describe('muting without a window', () => {
  it.each([
    ['toggle', false, true],
    ['toggle', true, false],
    ['on', false, true],
    ['off', true, false],
  ] as const)('%s, when muted is %s, ends with %s', async (to, muted, wanted) => {
    const { all, act, now } = commands();
    now([report('connected', { muted })]);
    const asked = all.mute(to);
    expect(act).toHaveBeenCalledOnce();
    now([report('connected', { muted: wanted })]);
    expect(await outcomeOf(asked)).toBe('ok');
  });

  it('is done already when it is as wanted', async () => {
    const { all, act, now } = commands();
    now([report('connected', { muted: true })]);
    expect(await outcomeOf(all.mute('on'))).toBe('ok');
    expect(act).not.toHaveBeenCalled();
  });

  it('mutes nobody while a call only rings', async () => {
    const { all, now } = commands();
    now([report('ringing')], [call]);
    expect(await outcomeOf(all.mute('toggle'))).toBe('noCall');
  });
});

describe('calling without a window', () => {
  it('is done when the page has the call', async () => {
    const { all, place, now } = commands();
    const asked = all.call(ben);
    await vi.waitFor(() => expect(place.mock.calls).toEqual([[person]]), 10_000);
    now([report('preparing', { direction: 'outgoing' })]);
    expect(await outcomeOf(asked)).toBe('ok');
  });

  it.each<[string, Partial<CallCommandsEnv>]>([
    ['notSignedIn', { isSignedIn: () => Promise.resolve(false) }],
    ['unknownPerson', { people: () => [] }],
    ['cannotCall', { people: () => [{ ...person, standing: 'invited' }] }],
    ['cannotCall', { people: () => [{ ...person, barred: 'powerLevel' }] }],
    ['alreadyInCall', { calls: () => [report('connected')] }],
  ])('%s', async (reason, over) => {
    const { all, place } = commands(over);
    expect(await outcomeOf(all.call(ben))).toBe(reason);
    expect(place).not.toHaveBeenCalled();
  });

  it('waits for the first sync, which brings the people', async () => {
    const world = { people: [] as Person[], connecting: true };
    const { all, place, now } = commands({ people: () => world.people, isConnecting: () => world.connecting });
    void all.call(ben);
    await Promise.resolve();
    Object.assign(world, { people: [person], connecting: false });
    now([]);
    await vi.waitFor(() => expect(place).toHaveBeenCalledOnce(), 10_000);
  });
});

describe('the call in front', () => {
  it.each([
    ['nothing but ringing', [report('ringing')], null],
    ['the only one, although on hold', [report('connected', { held: true })], call],
    ['the one that goes on', [report('connected'), report('connected', { ...otherCall, held: true })], call],
    ['the latest of two', [report('connected'), report('inviting', { ...otherCall, peer: cleo })], otherCall],
  ])('%s', (_which, calls, expected) => {
    const found = inFront(calls);
    expect(found === null ? null : callKeyOf(found)).toBe(expected === null ? null : callKeyOf(expected));
  });
});
