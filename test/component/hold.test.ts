import { describe, expect, it } from 'vitest';
import type { CallView } from '../../renderer/call/call-view';
import { useNavigation } from '../../renderer/stores/navigation';
import { callWith, person } from './support/fixtures';
import { click, openApp, press, settle } from './support/open-app';
import { allByRole, byRole, nameOf, queryByRole, textOf } from './support/roles';

const region = (name: string) => byRole('region', `Call with ${name}`);
const status = (name: string) => textOf(byRole('status', undefined, region(name)));
const buttons = (name: string) => allByRole('button', undefined, region(name)).map(nameOf);
const keyOf = (local: string) => expect.objectContaining({ callId: `call-${local}` }) as unknown;

/** The last call is the one in the pane. */
async function inCalls(...calls: readonly CallView[]) {
  const app = await openApp({ people: [person('ben'), person('clara')] });
  for (const [index] of calls.entries()) app.engine.show(...calls.slice(0, index + 1));
  await settle();
  return app;
}

describe('holding a call', () => {
  it('is a toggle of a call that was answered', async () => {
    const { engine } = await inCalls(callWith('ben', { connectedAt: 1 }));
    const hold = byRole('button', 'Hold');
    expect(hold.getAttribute('aria-pressed')).toBe('false');
    await click(hold);
    expect(engine.controls.setHeld).toHaveBeenLastCalledWith(keyOf('ben'), true);

    engine.show(callWith('ben', { connectedAt: 1, heldByUs: true }));
    await settle();
    expect(hold.getAttribute('aria-pressed')).toBe('true');
    await click(hold);
    expect(engine.controls.setHeld).toHaveBeenLastCalledWith(keyOf('ben'), false);
  });

  it.each<{ over: Partial<CallView>; state: string; words: string }>([
    { over: { heldByUs: true }, state: 'On hold', words: 'You and Ben do not hear each other until you resume.' },
    {
      over: { heldByUs: true, holdIsLocal: true },
      state: 'On hold',
      words: 'Ben’s app cannot be told about hold: Ben hears silence until you resume.',
    },
    { over: { heldByUs: true, heldByPeer: true }, state: 'On hold', words: 'Ben holds the call too.' },
    {
      over: { heldByPeer: true },
      state: 'Held by Ben',
      words: 'You and Ben do not hear each other until Ben comes back.',
    },
    {
      over: { heldByUs: true, state: { name: 'inviting' } },
      state: 'Calling',
      words: 'This call is on hold: Ben will not hear you until you resume.',
    },
  ])('$state: $words', async ({ over, state, words }) => {
    await inCalls(callWith('ben', over));
    expect(status('Ben')).toBe(state);
    expect(textOf(region('Ben'))).toContain(words);
    expect(queryByRole('button', 'Resume') !== null).toBe(over.heldByUs === true);
  });

  it('shows no picture of either side meanwhile, and the far one again without a black moment', async () => {
    const pictures = {
      cameraOn: true,
      peerCameraOn: true,
      localStream: new MediaStream(),
      remoteStream: new MediaStream(),
    };
    const { engine } = await inCalls(callWith('ben', { kind: 'video', ...pictures }));
    const shown = () => [...region('Ben').querySelectorAll('video')].filter(({ style }) => style.display !== 'none');
    const [far] = shown();
    expect(shown()).toHaveLength(2);
    engine.show(callWith('ben', { kind: 'video', ...pictures, heldByUs: true }));
    await settle();
    expect(shown()).toEqual([]);
    engine.show(callWith('ben', { kind: 'video', ...pictures }));
    await settle();
    expect(shown()[0]).toBe(far);
  });
});

describe('several calls', () => {
  it('a held call waits in a bar, and takes turns with the one that goes on', async () => {
    const { engine } = await inCalls(callWith('ben', { heldByUs: true }), callWith('clara', { connectedAt: 1 }));
    expect(status('Ben')).toBe('On hold');
    expect(buttons('Ben')).toEqual(['Swap', 'Hang up']);
    await press('Swap');
    expect(engine.controls.setHeld.mock.calls).toEqual([[keyOf('ben'), false]]);

    engine.show(callWith('ben'), callWith('clara', { connectedAt: 1, heldByUs: true }));
    await settle();
    expect(queryByRole('group', 'Call controls', region('Ben'))).not.toBeNull();
    expect(buttons('Clara')).toEqual(['Swap', 'Hang up']);
  });

  it('a held call is resumed when nobody else is spoken with, and can be hung up', async () => {
    const { engine } = await inCalls(callWith('ben', { heldByUs: true }), callWith('clara', { heldByUs: true }));
    expect(buttons('Ben')).toEqual(['Resume', 'Hang up']);
    await click(byRole('button', 'Hang up', region('Ben')));
    expect(engine.controls.hangUp.mock.calls).toEqual([[keyOf('ben')]]);
  });

  it('the held call takes the pane when the other is gone', async () => {
    const { engine } = await inCalls(callWith('ben', { heldByUs: true }), callWith('clara', { connectedAt: 1 }));
    engine.show(
      callWith('ben', { heldByUs: true }),
      callWith('clara', { state: { name: 'ended', reason: 'user_hangup', by: 'them' }, connectedAt: 1, endedAt: 2 }),
    );
    await settle();
    expect(buttons('Ben')).toEqual(['Resume', 'Hang up']);
    await press('Close');
    expect(buttons('Ben')).toEqual(expect.arrayContaining(['Resume', 'Mute microphone', 'Hold', 'Hang up']));
  });

  it('calls stay in reach while another account is added', async () => {
    const { engine } = await inCalls(callWith('ben', { heldByUs: true }), callWith('clara'));
    useNavigation().go({ name: 'signIn', again: null });
    await settle();
    expect(queryByRole('textbox', 'Homeserver')).not.toBeNull();
    await press('Return to call');
    expect(queryByRole('group', 'Call controls', region('Clara'))).not.toBeNull();

    useNavigation().go({ name: 'signIn', again: null });
    await settle();
    await press('Swap');
    expect(engine.controls.setHeld.mock.calls).toEqual([[keyOf('ben'), false]]);
    expect(queryByRole('group', 'Call controls', region('Ben'))).not.toBeNull();
  });
});
