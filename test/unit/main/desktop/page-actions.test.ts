import { beforeEach, describe, expect, it, vi } from 'vitest';
import { makePageActions, type PageActions } from '../../../../main/desktop/page-actions';
import { ben, call, otherCall, report } from '../call-facts';

let done: unknown[];
let known: boolean;
let actions: PageActions;
const silence = vi.fn();
beforeEach(() => {
  vi.clearAllMocks();
  done = [];
  known = true;
  actions = makePageActions({
    tellPage: (_name, payload) => done.push(payload),
    isKnown: () => known,
    window: { show: () => done.push('shown') },
    alerts: { silence },
  });
});

describe('what a person asks for outside the window', () => {
  it.each([
    ['answer', true, false],
    ['answerWithVideo', true, false],
    ['decline', false, false],
    ['hangUp', false, false],
    ['toggleMute', false, false],
    ['silence', false, true],
  ] as const)('%s reaches the page (window shown: %s, silenced: %s)', (action, shows, silences) => {
    actions.act({ ...call, caller: ben } as typeof call, action);
    expect(done).toEqual(shows ? [{ ...call, action }, 'shown'] : [{ ...call, action }]);
    expect(silence).toHaveBeenCalledTimes(silences ? 1 : 0);
  });
});

describe('while the page starts anew', () => {
  beforeEach(() => {
    known = false;
    actions.act(call, 'decline');
  });

  it('waits until the page knows the call, and is done once', () => {
    expect(done).toEqual([]);
    actions.reported(report('ringing', otherCall));
    expect(done).toEqual([]);
    actions.reported(report('ringing'));
    actions.reported(report('ringing'));
    expect(done).toEqual([{ ...call, action: 'decline' }]);
  });

  it('is forgotten with the call', () => {
    actions.forget(call);
    actions.reported(report('ringing'));
    expect(done).toEqual([]);
  });
});
