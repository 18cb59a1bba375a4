import { beforeEach, describe, expect, it, vi } from 'vitest';
import { makePageActions, type PageActions } from '../../../../main/desktop/page-actions';
import { ben, call, otherCall, report } from '../call-facts';

let done: unknown[];
let actions: PageActions;
const silence = vi.fn();
beforeEach(() => {
  vi.clearAllMocks();
  done = [];
  actions = makePageActions({
    tellPage: (_name, payload) => done.push(payload),
    window: { show: () => done.push('shown') },
    alerts: { silence },
  });
});

describe('what a person asks for outside the window', () => {
  it.each([
    ['answer', true, false],
    ['answerWithVideo', true, false],
    ['endAndAnswer', true, false],
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

describe('a page that dies before it has done it', () => {
  const told = { ...call, action: 'decline' };
  beforeEach(() => {
    actions.act(call, 'decline');
    done = [];
  });

  it('the next page is told when it knows the call, until it is done', () => {
    actions.reported(report('ringing', otherCall));
    expect(done).toEqual([]);
    actions.reported(report('ringing'));
    actions.reported(report('ended', { reason: 'rejected' }));
    actions.reported(report('ringing'));
    expect(done).toEqual([told]);
  });

  it('AN-25: an answer that failed is not repeated by itself', () => {
    actions.reported(report('answering'));
    actions.reported(report('ringing'));
    expect(done).toEqual([]);
  });

  it('is forgotten with the call', () => {
    actions.forget(call);
    actions.reported(report('ringing'));
    expect(done).toEqual([]);
  });

  it.each(['toggleMute', 'silence', 'hangUp'] as const)('%s is not repeated: it was meant for what was', (action) => {
    actions.act(otherCall, action);
    done = [];
    actions.reported(report('ringing', otherCall));
    expect(done).toEqual([]);
  });
});
