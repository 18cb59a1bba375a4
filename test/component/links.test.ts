import { describe, expect, it, vi } from 'vitest';
import { followLinks } from '../../renderer/stores/links';
import { account, ben, person } from './support/fixtures';
import { openApp, press, settle } from './support/open-app';
import { byRole, queryByRole, textOf } from './support/roles';

type Over = Parameters<typeof openApp>[0];

/** The page with a link that the desktop wants opened. */
async function opened(link: string, over: Over = {}) {
  const app = await openApp(over);
  let waiting: string | null = link;
  app.answers['link:take'] = () => {
    const taken = waiting;
    waiting = null;
    return taken;
  };
  followLinks();
  await settle();
  return app;
}

const dialog = () => queryByRole('alertdialog');
/** Drawn some moments after main's answer. */
const shown = (name?: string) => vi.waitFor(() => byRole('alertdialog', name), 10_000);

describe('a link that asks for a call', () => {
  it('calls when the person says so, and not before', async () => {
    const { engine } = await opened('matrix:u/ben:example.org?action=call');
    expect(textOf(await shown('Call Ben?'))).toContain(ben);
    expect(engine.controls.place).not.toHaveBeenCalled();
    await press('Call');
    expect(engine.controls.place.mock.calls.map(([target, kind]) => [target.peer, kind])).toEqual([[ben, 'voice']]);
    expect(dialog()).toBeNull();
  });

  it('calls nobody when the person does not want it', async () => {
    const { engine } = await opened('https://matrix.to/#/@ben:example.org?action=call');
    await shown();
    await press('Cancel');
    expect([engine.controls.place.mock.calls.length, dialog()]).toEqual([0, null]);
  });

  it('shows somebody who cannot be called, with the reason', async () => {
    const { engine } = await opened('matrix:u/ben:example.org?action=call', {
      people: [person('ben', { standing: 'invited' })],
    });
    expect(dialog()).toBeNull();
    expect(textOf(document.body)).toContain('Ben has not accepted your invitation yet');
    expect(engine.controls.place).not.toHaveBeenCalled();
  });

  it('right after the start waits until it is known whom it leads to', async () => {
    const app = await opened('matrix:u/ben:example.org?action=call', {
      accounts: [account({ connection: 'connecting' })],
      people: [],
    });
    expect(dialog()).toBeNull();
    app.tell('people:changed', { account: account().userId, people: [person('ben')] });
    expect(await shown('Call Ben?')).not.toBeNull();
  });
});

describe('a link to a person', () => {
  it('shows them, and calls nobody', async () => {
    const { engine } = await opened('matrix:u/ben:example.org');
    expect(dialog()).toBeNull();
    expect(queryByRole('heading', 'Ben')).not.toBeNull();
    expect(engine.controls.place).not.toHaveBeenCalled();
  });

  it('lets one start a conversation with somebody unknown', async () => {
    await opened('matrix:u/zoe:example.org?action=call');
    expect(textOf(document.body)).toContain('You have no conversation with @zoe:example.org yet');
  });
});

describe('a telephone number', () => {
  it('stands in the dial field, and is called by nobody', async () => {
    const { engine } = await opened('tel:+49-30-1234');
    expect((byRole('textbox', 'Address or number') as HTMLInputElement).value).toBe('+49301234');
    expect(dialog()).toBeNull();
    expect(engine.controls.place).not.toHaveBeenCalled();
  });
});

describe('any other link', () => {
  it.each([
    ['matrix:r/lounge:example.org', 'It leads to a room'],
    ['https://matrix.to/#/!abc:example.org', 'It leads to a room'],
    ['matrix:u/anna:example.org', 'It leads to yourself'],
    ['matrix:', 'It leads to nobody'],
    ['matrix:u/', 'It leads to nobody'],
    ['matrix:u/..%2f..%2fetc?action=call', 'It leads to nobody'],
    ['matrix:u/<img src=x onerror=alert(1)>:example.org?action=call', 'It leads to nobody'],
    [`https://matrix.to/#/@${'x'.repeat(300)}:example.org?action=call`, 'It leads to nobody'],
  ])('%s is told in words, and calls nobody', async (link, words) => {
    const { engine } = await opened(link);
    expect(textOf(await shown('This link cannot be followed'))).toContain(words);
    expect(engine.controls.place).not.toHaveBeenCalled();
    await press('Close');
    expect(dialog()).toBeNull();
  });

  it('needs somebody who is signed in', async () => {
    await opened('matrix:u/ben:example.org?action=call', { accounts: [], people: [] });
    expect(textOf(await shown())).toContain('Sign in first');
  });
});
