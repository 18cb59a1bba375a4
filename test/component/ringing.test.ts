import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallAction } from '../../preload/contract/calls';
import { account, callWith, person, ringingFrom } from './support/fixtures';
import { openApp, press, settle } from './support/open-app';
import { allByRole, byRole, nameOf, queryByRole, textOf } from './support/roles';

const keyOf = ({ account: of, roomId, callId }: ReturnType<typeof callWith>) => ({ account: of, roomId, callId });

function hit(key: string): boolean {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
  document.activeElement?.dispatchEvent(event);
  return !event.defaultPrevented;
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  performance.clearMarks();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a ringing call', () => {
  it('offers to answer, decline and silence a voice call', async () => {
    const { engine } = await openApp();
    engine.show(ringingFrom('ben'));
    await settle();
    const alert = byRole('alertdialog', 'Incoming call from Ben');
    expect(allByRole('button', undefined, alert).map(nameOf)).toEqual(['Silence', 'Decline', 'Answer']);
  });

  it('offers to answer a video call with video or without', async () => {
    const { engine } = await openApp();
    const call = ringingFrom('ben', { kind: 'video' });
    engine.show(call);
    await settle();
    expect(queryByRole('alertdialog', 'Incoming video call from Ben')).not.toBeNull();
    await press('Answer');
    await press('Answer with video');
    expect(engine.controls.answer.mock.calls).toEqual([
      [call, 'voice'],
      [call, 'video'],
    ]);
  });

  it('marks the click to answer for the measurements', async () => {
    const { engine } = await openApp();
    engine.show(ringingFrom('ben'));
    await settle();
    await press('Answer');
    const [mark] = performance.getEntriesByName('call:answer-clicked') as PerformanceMark[];
    expect(mark?.detail).toEqual({ callId: 'call-ben' });
  });

  it('is gone without a further word when it was declined here', async () => {
    const { engine } = await openApp();
    const call = ringingFrom('ben');
    engine.show(call);
    await settle();
    await press('Decline');
    expect(engine.controls.decline.mock.calls).toEqual([[call]]);

    engine.show({ ...call, state: { name: 'ended', reason: 'rejected', by: 'us' }, endedAt: 1 });
    await settle();
    expect(queryByRole('alertdialog')).toBeNull();
    expect(queryByRole('region', 'Call with Ben')).toBeNull();
  });

  it('can be silenced, here and in main, and rings on without sound', async () => {
    const app = await openApp();
    const call = ringingFrom('ben');
    app.engine.show(call);
    await settle();
    await press('Silence');
    await press('Silence');
    expect(app.asked('call:silence')).toEqual([keyOf(call)]);
    expect(textOf(byRole('alertdialog'))).toContain('Silenced. It rings on without sound.');
  });

  it('takes the focus, keeps the rest out of reach, and gives the focus back', async () => {
    const { engine } = await openApp();
    const box = byRole('searchbox');
    box.focus();
    engine.show(ringingFrom('ben'));
    await settle();
    expect(document.activeElement).toBe(byRole('button', 'Answer'));
    expect(box.closest('[inert]')).not.toBeNull();

    engine.show();
    await settle();
    await vi.advanceTimersByTimeAsync(10);
    expect(document.activeElement).toBe(box);
    expect(box.closest('[inert]')).toBeNull();
  });

  it('ignores Enter and Space until the keyboard has been quiet for half a second', async () => {
    const { engine } = await openApp();
    engine.show(ringingFrom('ben'));
    await settle();
    expect(hit('Enter')).toBe(false);
    await vi.advanceTimersByTimeAsync(400);
    expect(hit(' ')).toBe(false);
    await vi.advanceTimersByTimeAsync(400);
    expect(hit('a')).toBe(true);
    await vi.advanceTimersByTimeAsync(400);
    expect(hit('Enter')).toBe(false);
    await vi.advanceTimersByTimeAsync(500);
    expect(hit('Enter')).toBe(true);
  });

  it('answers a pointer at once', async () => {
    const { engine } = await openApp();
    engine.show(ringingFrom('ben'));
    await settle();
    await press('Answer');
    expect(engine.controls.answer).toHaveBeenCalledOnce();
  });

  it.each([
    ['the sign-in form', { accounts: [], people: [] }],
    ['the people', {}],
  ])('shows above %s', async (_where, over) => {
    const { engine } = await openApp(over);
    engine.show(ringingFrom('ben'));
    await settle();
    expect(allByRole('alertdialog')).toHaveLength(1);
  });

  it('names the account that is called when there are several', async () => {
    const work = account({ userId: '@anna:work.example' as never, name: 'Anna K.' });
    const { engine } = await openApp({ accounts: [account(), work] });
    engine.show(ringingFrom('ben', { account: work.userId }));
    await settle();
    expect(textOf(byRole('alertdialog'))).toContain('Incoming call for @anna:work.example');
  });

  it('names an unknown caller by address', async () => {
    const { engine } = await openApp({ people: [] });
    engine.show(ringingFrom('ben'));
    await settle();
    expect(queryByRole('alertdialog', 'Incoming call from @ben:example.org')).not.toBeNull();
  });

  it('is not shown when it may not ring', async () => {
    const { engine } = await openApp();
    engine.show(ringingFrom('ben', { verdict: { ring: false, why: 'ignoredUser' } }));
    await settle();
    expect(queryByRole('alertdialog')).toBeNull();
  });

  it('says why an answer failed, and can be answered again', async () => {
    const { engine } = await openApp();
    engine.show(ringingFrom('ben', { notice: { about: 'microphone', problem: 'none' } }));
    await settle();
    expect(textOf(byRole('alert'))).toBe('No microphone found. Plug one in and try again.');
    expect(queryByRole('button', 'Answer')).not.toBeNull();
  });
});

describe('a second call while one is running', () => {
  it('shows the same alert, leaves the focus where it is, and is announced', async () => {
    const { engine } = await openApp({ people: [person('ben'), person('clara')] });
    engine.show(callWith('ben'));
    await settle();
    const mute = byRole('button', 'Mute microphone');
    mute.focus();
    engine.show(callWith('ben'), ringingFrom('clara'));
    await settle();

    const alert = byRole('alertdialog', 'Incoming call from Clara');
    expect(allByRole('button', undefined, alert).map(nameOf)).toEqual([
      'Silence',
      'Decline',
      'End and answer',
      'Hold and answer',
    ]);
    expect(textOf(alert)).toContain('You are in a call with Ben.');
    expect(document.activeElement).toBe(mute);
    expect(mute.closest('[inert]')).toBeNull();
    expect(textOf(document.querySelector('[aria-live=assertive]'))).toBe('Incoming call from Clara');
  });
});

describe('the answers to a second call', () => {
  async function second(over: Parameters<typeof callWith>[1] = {}) {
    const app = await openApp({ people: [person('ben'), person('clara')] });
    app.engine.show(callWith('ben', over), ringingFrom('clara'));
    await settle();
    return app.engine;
  }

  it('hold: the engine holds the running call with the answer', async () => {
    const { controls } = await second();
    await press('Hold and answer');
    expect(controls.answer.mock.calls).toEqual([[expect.objectContaining({ callId: 'call-clara' }), 'voice']]);
    expect(controls.hangUp).not.toHaveBeenCalled();
  });

  it('end: the running call is hung up first, and leaves without a further word', async () => {
    const engine = await second();
    await press('End and answer');
    const [hangUp, answer] = [engine.controls.hangUp, engine.controls.answer];
    expect(hangUp.mock.calls).toEqual([[expect.objectContaining({ callId: 'call-ben' })]]);
    expect(answer.mock.calls).toEqual([[expect.objectContaining({ callId: 'call-clara' }), 'voice']]);
    expect(hangUp.mock.invocationCallOrder[0]).toBeLessThan(answer.mock.invocationCallOrder[0] ?? 0);

    engine.show(
      callWith('ben', { state: { name: 'ended', reason: 'user_hangup', by: 'us' }, endedAt: 1 }),
      ringingFrom('clara', { state: { name: 'answering' } }),
    );
    await settle();
    expect(queryByRole('region', 'Call with Ben')).toBeNull();
    expect(queryByRole('group', 'Call controls', byRole('region', 'Call with Clara'))).not.toBeNull();
  });

  it('are the usual ones while the other call is on hold: nobody is interrupted', async () => {
    await second({ heldByUs: true });
    expect(queryByRole('button', 'Answer')).not.toBeNull();
    expect(queryByRole('button', 'End and answer')).toBeNull();
  });
});

describe('what was asked at the tray or a notification', () => {
  it.each<{ action: CallAction; control: 'answer' | 'decline' | 'hangUp' | 'setMicrophoneMuted'; with: unknown[] }>([
    { action: 'answer', control: 'answer', with: ['voice'] },
    { action: 'answerWithVideo', control: 'answer', with: ['video'] },
    { action: 'endAndAnswer', control: 'answer', with: ['voice'] },
    { action: 'decline', control: 'decline', with: [] },
    { action: 'hangUp', control: 'hangUp', with: [] },
    { action: 'toggleMute', control: 'setMicrophoneMuted', with: [true] },
  ])('$action is done', async ({ action, control, with: rest }) => {
    const { engine, tell } = await openApp();
    const key = keyOf(ringingFrom('ben'));
    engine.show(ringingFrom('ben'));
    tell('call:action', { ...key, action });
    expect(engine.controls[control].mock.calls).toEqual([[key, ...rest]]);
  });

  it.each([
    ['holds', { connectedAt: 1 }, [[true]]],
    ['resumes', { connectedAt: 1, heldByUs: true }, [[false]]],
    ['holds no call that is not connected yet', { state: { name: 'inviting' } }, []],
  ] as const)('%s', async (_what, over, held) => {
    const { engine, tell } = await openApp();
    const call = callWith('ben', over);
    engine.show(call);
    tell('call:action', { ...keyOf(call), action: 'toggleHold' });
    expect(engine.controls.setHeld.mock.calls.map(([, ...rest]) => rest)).toEqual(held);
  });

  it('silences', async () => {
    const { engine, tell } = await openApp();
    engine.show(ringingFrom('ben'));
    tell('call:action', { ...keyOf(ringingFrom('ben')), action: 'silence' });
    await settle();
    expect(textOf(byRole('alertdialog'))).toContain('Silenced.');
  });

  it('answers by itself as a voice call, and not into another call', async () => {
    const { engine, tell } = await openApp({ people: [person('ben'), person('clara')] });
    const key = keyOf(ringingFrom('ben'));
    engine.show(callWith('clara'), ringingFrom('ben', { kind: 'video' }));
    tell('call:action', { ...key, action: 'autoAnswer' });
    expect(engine.controls.answer).not.toHaveBeenCalled();
    engine.show(ringingFrom('ben', { kind: 'video' }));
    tell('call:action', { ...key, action: 'autoAnswer' });
    expect(engine.controls.answer.mock.calls).toEqual([[key, 'voice']]);
  });
});
