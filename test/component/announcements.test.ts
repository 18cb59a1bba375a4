import { describe, expect, it } from 'vitest';
import { callWith, person } from './support/fixtures';
import { click, openApp, settle } from './support/open-app';
import { byRole, textOf } from './support/roles';

const said = (urgency: 'polite' | 'assertive') =>
  textOf(document.querySelector(`body [aria-live="${urgency}"][aria-atomic]`));
const broken = { state: { name: 'ended', reason: 'ice_failed', by: 'us' }, connectedAt: 1, endedAt: 2 } as const;

async function inApp() {
  return openApp({ people: [person('ben'), person('clara')] });
}

describe('what a screen reader is told of calls', () => {
  it('says politely that somebody is being called, once', async () => {
    const { engine } = await inApp();
    engine.show(callWith('ben', { state: { name: 'inviting' } }));
    await settle();
    expect(said('polite')).toBe('Waiting for Ben to answer');
    engine.show(callWith('ben', { connectedAt: 1 }));
    await settle();
    expect(said('polite')).toBe('Waiting for Ben to answer');
  });

  it('says at once that a call in a bar has broken off', async () => {
    const { engine } = await inApp();
    engine.show(callWith('ben', { connectedAt: 1 }));
    await settle();
    await click(byRole('button', 'Settings'));
    engine.show(callWith('ben', broken));
    await settle();
    expect(said('assertive')).toContain('connection');
  });

  it('leaves it to the alert of the call that has the pane', async () => {
    const { engine } = await inApp();
    engine.show(callWith('ben', { connectedAt: 1 }));
    await settle();
    const before = said('assertive');
    engine.show(callWith('ben', broken));
    await settle();
    expect(textOf(byRole('alert'))).toContain('connection');
    expect(said('assertive')).toBe(before);
  });
});
