import axe from 'axe-core';
import { describe, expect, it } from 'vitest';
import type { UserId } from '../../preload/contract/ids';
import type { CallView } from '../../renderer/call/call-view';
import { callWith, person } from './support/fixtures';
import { click, openApp, press, settle, type } from './support/open-app';
import { allByRole, byRole, nameOf, queryByRole, textOf } from './support/roles';

const clara = { user: '@clara:example.org' as UserId, name: 'Clara by Ben' };
const keyOf = (local: string) => expect.objectContaining({ callId: `call-${local}` }) as unknown;
const talking = { connectedAt: 1, canTransfer: true } as const;
const region = (name: string) => byRole('region', `Call with ${name}`);

async function inCalls(...calls: readonly CallView[]) {
  const app = await openApp({ people: [person('ben'), person('clara'), person('dora')] });
  for (const [index] of calls.entries()) app.engine.show(...calls.slice(0, index + 1));
  await settle();
  return app;
}

async function openDialog(): Promise<HTMLElement> {
  await press('More');
  await click(byRole('button', 'Transfer…'));
  return byRole('dialog', 'Transfer Ben');
}

describe('transferring somebody', () => {
  it('is offered where the far end can be transferred', async () => {
    await inCalls(callWith('ben', { ...talking, canTransfer: false }));
    await press('More');
    expect(queryByRole('button', 'Transfer…')).toBeNull();
  });

  it('asks for anybody but the two, found by typing', async () => {
    const { engine } = await inCalls(callWith('ben', talking));
    const dialog = await openDialog();
    const names = () =>
      allByRole('button', undefined, dialog)
        .map(nameOf)
        .filter((name) => name.startsWith('Transfer to'));
    expect(names()).toEqual(['Transfer to Clara @clara:example.org', 'Transfer to Dora @dora:example.org']);
    await type(byRole('searchbox', undefined, dialog), 'cla');
    expect(names()).toEqual(['Transfer to Clara @clara:example.org']);
    await press('Transfer to Clara @clara:example.org');
    expect(engine.controls.transfer).toHaveBeenCalledWith(keyOf('ben'), { user: clara.user, name: 'Clara' });
    expect(queryByRole('dialog', 'Transfer Ben')).toBeNull();
  });

  it('offers whoever waits in another call first', async () => {
    const { engine } = await inCalls(callWith('clara', { connectedAt: 1, heldByUs: true }), callWith('ben', talking));
    await openDialog();
    await press('Transfer to Clara @clara:example.org (in call)');
    expect(engine.controls.connect).toHaveBeenCalledWith(keyOf('ben'), keyOf('clara'));
  });

  it.each([
    ['asking', 'Ben is asked to go on with Clara. This call ends when they talk.'],
    ['refused', 'Ben does not want to be transferred to Clara.'],
    ['silent', 'Ben has not been transferred to Clara. You are still connected.'],
    ['promised', 'Clara is asked to call Ben. This call ends when they talk.'],
    ['going', 'Calling Clara, as Ben asked.'],
    ['failed', 'Clara could not be reached. You talk to Ben again.'],
    ['awaited', 'Ben connects you with Clara, who will call you.'],
  ] as const)('says what has become of it: %s', async (step, words) => {
    await inCalls(callWith('ben', { ...talking, transfer: { step, target: clara } }));
    expect(textOf(region('Ben'))).toContain(words);
  });

  it('is called so in the end', async () => {
    const { engine } = await inCalls(callWith('ben', talking));
    engine.show(callWith('ben', { connectedAt: 1, state: { name: 'ended', reason: 'transferred', by: 'them' } }));
    await settle();
    expect(textOf(region('Ben'))).toContain('The call was transferred.');
  });

  it('has no fault that axe finds', async () => {
    await inCalls(callWith('clara', { connectedAt: 1, heldByUs: true }), callWith('ben', talking));
    const dialog = await openDialog();
    const rules = { 'label-content-name-mismatch': { enabled: true } };
    expect((await axe.run(dialog, { rules })).violations).toEqual([]);
  });
});

describe('being transferred', () => {
  const asked = { ...talking, transfer: { step: 'asked', target: clara } } as const;
  const prompt = () => byRole('alertdialog', 'Ben wants to transfer you to Clara');

  it('is a question, by the name that this person knows, with the address beside it', async () => {
    const { engine } = await inCalls(callWith('ben', asked));
    expect(textOf(prompt())).toContain('@clara:example.org');
    expect(textOf(prompt())).toContain('The call with Ben ends when Clara answers.');
    await click(byRole('button', 'Accept', prompt()));
    expect(engine.controls.acceptTransfer).toHaveBeenCalledWith(keyOf('ben'));
    expect((await axe.run(prompt())).violations).toEqual([]);
  });

  it('shows a person whom one does not know by the word of the other, and the address', async () => {
    const target = { user: '@eve:example.org' as UserId, name: 'Eve' };
    await inCalls(callWith('ben', { ...talking, transfer: { step: 'asked', target } }));
    expect(textOf(byRole('alertdialog', 'Ben wants to transfer you to Eve'))).toContain('@eve:example.org');
  });

  it('can be declined', async () => {
    const { engine } = await inCalls(callWith('ben', asked));
    await click(byRole('button', 'Decline', prompt()));
    expect(engine.controls.declineTransfer).toHaveBeenCalledWith(keyOf('ben'));
  });

  it('is still asked when the other one has hung up', async () => {
    const state = { name: 'ended', reason: 'user_hangup', by: 'them' } as const;
    const { engine } = await inCalls(callWith('ben', talking));
    engine.show(callWith('ben', { ...asked, canTransfer: false, state }));
    await settle();
    expect(textOf(prompt())).toContain('Ben has hung up.');
    await click(byRole('button', 'Decline', prompt()));
    expect(engine.controls.dismiss).toHaveBeenCalledWith(keyOf('ben'));
  });

  it('does not take the focus from what the person does', async () => {
    const { engine } = await inCalls(callWith('ben', talking));
    const box = byRole('searchbox');
    box.focus();
    engine.show(callWith('ben', asked));
    await settle();
    expect(document.activeElement).toBe(box);
  });
});
