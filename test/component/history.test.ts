import { describe, expect, it, vi } from 'vitest';
import type { HistoryEntry, HistoryQuery } from '../../preload/contract/history';
import { account, anna, callWith, person } from './support/fixtures';
import { click, openApp, type OpenApp, press, settle } from './support/open-app';
import { allByRole, byRole, nameOf, queryByRole, textOf } from './support/roles';

const noon = new Date().setHours(12, 0, 0, 0);
const day = 86_400_000;

/** A call from `ben`, missed today at noon, and looked at. */
const past = (id: number, local: string, over: Partial<HistoryEntry> = {}): HistoryEntry => ({
  id,
  account: anna,
  roomId: callWith(local).roomId,
  callId: `call-${String(id)}` as HistoryEntry['callId'],
  peer: person(local).userId,
  peerName: person(local).name,
  direction: 'incoming',
  kind: 'voice',
  startedAt: noon - id * 1000,
  answeredAt: null,
  connectedAt: null,
  endedAt: noon - id * 1000 + 42_000,
  outcome: 'missed',
  cause: null,
  missed: true,
  seen: true,
  ...over,
});
const talked = { outcome: 'answered', missed: false, connectedAt: noon, endedAt: noon + 760_000 } as const;

/** Main's side: keeps the calls as the real one does. */
function keep(app: OpenApp, entries: HistoryEntry[], trouble: 'setAside' | 'notKept' | null = null) {
  let kept = entries;
  const unseen = (): number => kept.filter(({ missed, seen }) => missed && !seen).length;
  const set = (next: HistoryEntry[]): void => {
    kept = next;
    app.tell('history:changed', { unseen: unseen() });
  };
  const after = (entry: HistoryEntry, before: HistoryQuery['before']): boolean =>
    before === null || entry.startedAt < before.startedAt;
  app.answers['history:list'] = ({ filter, peer, before, limit }) => {
    const found = kept.filter(
      (entry) =>
        (filter === 'all' || entry.missed) && (peer === null || entry.peer === peer.userId) && after(entry, before),
    );
    return { entries: found.slice(0, limit), more: found.length > limit, unseen: unseen(), trouble };
  };
  app.answers['history:seen'] = () => {
    set(kept.map((entry) => ({ ...entry, seen: true })));
    return null;
  };
  app.answers['history:delete'] = ({ id }) => {
    set(id === null ? [] : kept.filter((entry) => entry.id !== id));
    return null;
  };
  app.tell('history:changed', { unseen: unseen() });
  return { set };
}

const list = (): HTMLElement => byRole('region', 'Calls');
const rows = (): string[] => allByRole('listitem', undefined, list()).map(textOf);
const row = (index: number): HTMLElement => {
  const found = list().querySelectorAll<HTMLElement>('[data-row]')[index];
  if (found === undefined) throw new Error(`no row ${String(index)}`);
  return found;
};
const details = (): HTMLElement => byRole('region', 'About this call');

async function openHistory(entries: HistoryEntry[], trouble: 'setAside' | 'notKept' | null = null) {
  const app = await openApp();
  const { set } = keep(app, entries, trouble);
  await settle();
  await click(
    allByRole('button').find((button) => nameOf(button).startsWith('History')) ?? byRole('button', 'History'),
  );
  return { ...app, set };
}

describe('the badge', () => {
  it('says in words how many missed calls are new, and goes when the list is looked at', async () => {
    const app = await openApp();
    const { set } = keep(app, [past(1, 'ben', { seen: false })]);
    await settle();
    const entry = byRole('button', 'History 1 missed call');
    set([past(1, 'ben', { seen: false }), past(2, 'clara', { seen: false })]);
    await settle();
    expect(nameOf(entry)).toBe('History 2 missed calls');

    await click(entry);
    await settle();
    expect(app.asked('history:seen')).toHaveLength(1);
    expect(nameOf(entry)).toBe('History');
    // What was new stays marked for as long as one looks.
    expect(rows()).toEqual([expect.stringContaining('Ben new'), expect.stringContaining('Clara new')]);
    await press('People');
    await click(entry);
    await settle();
    expect(rows().join()).not.toContain('new');
  });

  it('stays while nobody looks at the window', async () => {
    const focus = vi.spyOn(document, 'hasFocus').mockReturnValue(false);
    const app = await openHistory([past(1, 'ben', { seen: false })]);
    await settle();
    expect(app.asked('history:seen')).toEqual([]);
    focus.mockReturnValue(true);
    window.dispatchEvent(new Event('focus'));
    await settle();
    expect(app.asked('history:seen')).toHaveLength(1);
    focus.mockRestore();
  });
});

describe('the list of calls', () => {
  it('tells by days who called whom, what came of it, and how long it took', async () => {
    await openHistory([
      past(1, 'ben'),
      past(2, 'clara', { ...talked, kind: 'video' }),
      past(3, 'gone', { outcome: 'suppressed', cause: 'muted', missed: false }),
      past(4, 'ben', { direction: 'outgoing', outcome: 'declined', missed: false, startedAt: noon - day }),
    ]);
    expect(allByRole('heading', undefined, list()).map(textOf)).toEqual(['History', 'Today', 'Yesterday']);
    const time = /1[12]:\d\d/;
    const [missed, talk, silent, declined] = rows();
    expect(missed).toMatch(time);
    expect(missed).toMatch(/^Ben .* Incoming, Missed$/);
    expect(talk).toMatch(/^Clara .* Incoming · Video · 12 min 40 sec$/);
    expect(silent).toMatch(/^Gone .* Incoming, Did not ring$/);
    expect(declined).toMatch(/^Ben .* Outgoing, Declined$/);
  });

  it('shows missed calls alone', async () => {
    const app = await openHistory([past(1, 'ben'), past(2, 'clara', talked)]);
    await click(byRole('radio', 'Missed'));
    await settle();
    expect(app.asked('history:list').at(-1)).toMatchObject({ filter: 'missed', peer: null });
    expect(rows()).toHaveLength(1);
  });

  it('is walked with the arrow keys, and Delete asks', async () => {
    await openHistory([past(1, 'ben'), past(2, 'clara'), past(3, 'ben')]);
    row(0).focus();
    const key = (name: string) =>
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true }));
    key('ArrowUp');
    expect(document.activeElement).toBe(row(0));
    key('ArrowDown');
    key('ArrowDown');
    expect(document.activeElement).toBe(row(2));
    key('Delete');
    await settle();
    expect(queryByRole('alertdialog', 'Delete this call from the list?')).not.toBeNull();
  });

  it('calls again whoever can be called', async () => {
    const { engine } = await openHistory([past(1, 'ben'), past(2, 'gone')]);
    const calls = allByRole('button', undefined, list())
      .map(nameOf)
      .filter((name) => /^(video )?call /i.test(name));
    expect(calls).toEqual(['Call Ben', 'Video call Ben']);
    await click(byRole('button', 'Video call Ben', list()));
    const { account: of, roomId, userId: peer } = person('ben');
    expect(engine.controls.place.mock.calls).toEqual([[{ account: of, roomId, peer }, 'video']]);
    // The list stays; the call has the pane.
    expect(queryByRole('region', 'Call with Ben')).not.toBeNull();
    expect(rows()).toHaveLength(2);
  });

  it('follows what main tells, without losing what was chosen', async () => {
    const { set } = await openHistory([past(1, 'ben')]);
    await click(row(0));
    set([past(0, 'clara'), past(1, 'ben', { outcome: 'answeredElsewhere', missed: false })]);
    await settle();
    expect(rows()).toHaveLength(2);
    expect(textOf(details())).toContain('Answered on another device');
  });

  it('is empty: it says so, and what to do', async () => {
    await openHistory([]);
    expect(textOf(list())).toContain('No calls yet Search for a person to call.');
    expect(queryByRole('button', 'More about the list of calls')).toBeNull();
    await click(byRole('radio', 'Missed'));
    await settle();
    expect(textOf(list())).toContain('No missed calls');
    await click(byRole('radio', 'All'));
    await settle();
    await press('Find a person');
    expect(queryByRole('searchbox', 'Search people or enter an address')).not.toBeNull();
  });

  it.each([
    ['setAside', 'was damaged'],
    ['notKept', 'cannot be saved'],
  ] as const)('says what is wrong with its file: %s', async (trouble, words) => {
    await openHistory([past(1, 'ben')], trouble);
    expect(textOf(list())).toContain(words);
  });

  it('can be asked for again when it could not be read', async () => {
    const app = await openApp();
    app.answers['history:list'] = () => Promise.reject(new Error('gone'));
    await press('History');
    expect(textOf(byRole('alert'))).toContain('could not be read');
    keep(app, [past(1, 'ben')]);
    await press('Try again');
    expect(rows()).toHaveLength(1);
  });
});

describe('one past call', () => {
  it('tells everything that is known', async () => {
    const failed = {
      outcome: 'failed',
      cause: 'noConnection',
      missed: false,
      kind: 'video',
      answeredAt: noon,
    } as const;
    await openHistory([past(1, 'ben', { ...failed, direction: 'outgoing', startedAt: noon - 7000 })]);
    await click(row(0));
    expect(textOf(details())).toMatch(
      /Ben @ben:example\.org Call Video call Failed No connection to Ben could be made\. Kind Video call Began .*11:59:53.* Rang for 7 sec Ended /,
    );
    expect(textOf(details())).not.toContain('Your account');
  });

  it('names the account where there are several', async () => {
    const app = await openHistory([past(1, 'ben')]);
    app.tell('accounts:changed', [account(), account({ userId: person('work').userId })]);
    await click(row(0));
    expect(textOf(details())).toContain('Your account @anna:example.org');
  });

  it('of somebody who is gone leads to a new conversation', async () => {
    const app = await openHistory([past(1, 'gone', { peerName: 'Gone Girl' })]);
    await click(row(0));
    expect(textOf(details())).toContain('You have no conversation with Gone Girl any more.');
    await press('Show person');
    expect(queryByRole('button', 'Start a conversation', byRole('region', 'Gone Girl'))).not.toBeNull();
    expect(app.asked('people:start')).toEqual([]);
  });

  it('claims nothing about people as long as they are not known', async () => {
    const app = await openHistory([past(1, 'gone')]);
    await click(row(0));
    app.tell('accounts:changed', [account({ connection: 'offline' })]);
    await settle();
    expect(textOf(details())).toContain('No connection to example.org');
    expect(textOf(details())).not.toContain('any more');
  });

  it('is opened by the notification of a missed call', async () => {
    const app = await openApp();
    keep(app, [past(1, 'ben')]);
    app.tell('history:open', past(1, 'ben'));
    await settle();
    expect(textOf(details())).toContain('You missed a call from Ben.');
    app.tell('history:open', null);
    await settle();
    expect(queryByRole('region', 'About this call')).toBeNull();
    expect(rows()).toHaveLength(1);
  });

  it('calls back from its notification, as they called', async () => {
    const app = await openHistory([past(1, 'ben', { kind: 'video' })]);
    await press('People');
    app.tell('history:callBack', past(1, 'ben', { kind: 'video' }));
    await settle();
    expect(app.engine.controls.place.mock.calls).toEqual([
      [expect.objectContaining({ peer: '@ben:example.org' }), 'video'],
    ]);
    app.tell('history:callBack', null);
    await settle();
    expect(app.engine.controls.place).toHaveBeenCalledOnce();
  });
});

describe('deleting', () => {
  it('asks, and shows the next call then', async () => {
    const app = await openHistory([past(1, 'ben'), past(2, 'clara')]);
    await click(row(0));
    await press('Delete');
    const dialog = byRole('alertdialog', 'Delete this call from the list?');
    expect(textOf(dialog)).toContain('The call with Ben is removed from this device.');
    await click(byRole('button', 'Cancel', dialog));
    expect(app.asked('history:delete')).toEqual([]);

    await press('Delete');
    await click(byRole('button', 'Delete', byRole('alertdialog')));
    expect(app.asked('history:delete')).toEqual([{ id: 1 }]);
    await settle();
    expect(rows()).toHaveLength(1);
    expect(textOf(details())).toContain('Clara');
  });

  it('says when it did not work', async () => {
    const app = await openHistory([past(1, 'ben')]);
    app.answers['history:delete'] = () => Promise.reject(new Error('out of order'));
    await click(row(0));
    await press('Delete');
    await click(byRole('button', 'Delete', byRole('alertdialog')));
    expect(textOf(byRole('alert', undefined, byRole('alertdialog')))).toContain('did not work');
    await press('Cancel');
    expect(rows()).toHaveLength(1);
  });

  it('can empty the list, after asking', async () => {
    const app = await openHistory([past(1, 'ben'), past(2, 'clara')]);
    await openMenu();
    await click(byRole('menuitem', 'Delete all calls…'));
    await click(byRole('button', 'Delete all', byRole('alertdialog', 'Delete all calls from the list?')));
    expect(app.asked('history:delete')).toEqual([{ id: null }]);
    await settle();
    expect(textOf(list())).toContain('No calls yet');
  });
});

describe('saving as a file', () => {
  it.each([
    [{ ok: true, calls: 1 }, '1 call was saved.'],
    [{ ok: true, calls: 12 }, '12 calls were saved.'],
    [{ ok: false, reason: 'failed' }, 'The file could not be written.'],
  ] as const)('%j is told', async (result, words) => {
    const app = await openHistory([past(1, 'ben')]);
    app.answers['history:export'] = () => result;
    await openMenu();
    await click(byRole('menuitem', 'Save as CSV…'));
    await settle();
    expect(textOf(list())).toContain(words);
  });

  it('says nothing when the person changed their mind', async () => {
    const app = await openHistory([past(1, 'ben')]);
    app.answers['history:export'] = () => ({ ok: false, reason: 'cancelled' });
    await openMenu();
    await click(byRole('menuitem', 'Save as CSV…'));
    expect(textOf(list())).not.toMatch(/saved|written/);
  });
});

describe('the calls with one person', () => {
  it('stand below them, a few at first, and lead to the whole story', async () => {
    const app = await openApp();
    const calls = [1, 2, 3, 4, 5, 6].map((id) => past(id, 'ben', id === 2 ? { ...talked, missed: false } : {}));
    keep(app, [...calls, past(7, 'clara')]);
    await click(allByRole('button').find((button) => nameOf(button).startsWith('Ben')) ?? document.body);
    await settle();
    const card = byRole('region', 'Calls with Ben');
    const shown = () => allByRole('listitem', undefined, card).map(textOf);
    expect(shown()).toHaveLength(5);
    expect(shown()[0]).toMatch(/^Missed\s*rang 42 sec\s*Today 1/);
    expect(shown()[1]).toMatch(/^Incoming\s*12 min 40 sec\s*Today 1/);
    await click(byRole('button', 'Show more', card));
    await settle();
    expect(shown()).toHaveLength(6);

    await click(allByRole('button', undefined, card)[1] ?? card);
    expect(textOf(details())).toContain('Length 12 min 40 sec');
  });

  it('are no heading without a call', async () => {
    await openApp();
    await click(allByRole('button').find((button) => nameOf(button).startsWith('Ben')) ?? document.body);
    await settle();
    expect(queryByRole('region', 'Calls with Ben')).toBeNull();
  });
});

async function openMenu(): Promise<void> {
  const trigger = byRole('button', 'More about the list of calls');
  trigger.focus();
  trigger.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
  await settle();
}
