import { describe, expect, it, vi } from 'vitest';
import { makePageActions } from '../../../../main/desktop/page-actions';
import { ben, call } from '../call-facts';

describe('what a person asks for outside the window', () => {
  it.each([
    ['answer', true, false],
    ['answerWithVideo', true, false],
    ['decline', false, false],
    ['hangUp', false, false],
    ['toggleMute', false, false],
    ['silence', false, true],
  ] as const)('%s reaches the page (window shown: %s, silenced: %s)', (action, shows, silences) => {
    const done: unknown[] = [];
    const silence = vi.fn();
    const act = makePageActions({
      tellPage: (_name, payload) => done.push(payload),
      window: { show: () => done.push('shown') },
      alerts: { silence },
    });
    act({ ...call, caller: ben } as typeof call, action);
    expect(done).toEqual(shows ? [{ ...call, action }, 'shown'] : [{ ...call, action }]);
    expect(silence).toHaveBeenCalledTimes(silences ? 1 : 0);
  });
});
