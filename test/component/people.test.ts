import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PersonFailure, SearchResult } from '../../preload/contract/people';
import { account, anna, person, stranger } from './support/fixtures';
import { click, openApp, press, settle, type } from './support/open-app';
import { allByRole, byRole, nameOf, queryByRole, textOf } from './support/roles';

const search = () => byRole('searchbox', 'Search people or enter an address');
const names = (): string[] =>
  [...document.querySelectorAll('[data-row]')].map((row) => textOf(row.querySelector('bdi')));
const row = (name: string): HTMLElement => {
  const found = allByRole('button').find((button) => button.matches('[data-row]') && nameOf(button).startsWith(name));
  if (found === undefined) throw new Error(`no row ${name}`);
  return found;
};

async function searchFor(term: string): Promise<void> {
  await type(search(), term);
  await vi.advanceTimersByTimeAsync(250);
  await settle();
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the list of people', () => {
  it.each([
    { button: 'Call Ben', kind: 'voice' },
    { button: 'Video call Ben', kind: 'video' },
  ] as const)('$button places a $kind call in the room with that person', async ({ button, kind }) => {
    const { engine } = await openApp();
    await press(button);

    const { account: of, roomId, userId: peer } = person('ben');
    expect(engine.controls.place.mock.calls).toEqual([[{ account: of, roomId, peer }, kind]]);
    expect(queryByRole('region', 'Call with Ben')).not.toBeNull();
  });

  it('offers calls only where they can be placed, and says in a line what hinders the others', async () => {
    await openApp({
      people: [
        person('ben'),
        person('erik', { standing: 'invited' }),
        person('ida', { standing: 'left' }),
        person('jun', { barred: 'powerLevel' }),
      ],
    });
    const calls = allByRole('button')
      .map(nameOf)
      .filter((name) => /^(video )?call /i.test(name));
    expect(calls).toEqual(['Call Ben', 'Video call Ben']);
    expect(textOf(row('Ben'))).toBe('Ben@ben:example.org');
    expect(textOf(row('Erik'))).toContain('Waiting for an answer to your invitation');
    expect(textOf(row('Ida'))).toContain('Has left');
    expect(textOf(row('Jun'))).toContain('not allowed');
  });

  it.each([
    { who: person('erik', { standing: 'invited' }), why: /has not accepted your invitation.*can call as soon as/ },
    { who: person('ida', { standing: 'left' }), why: /has left.*Invite Ida again/ },
    { who: person('jun', { barred: 'powerLevel' }), why: /permissions.*Ask Jun/ },
  ])('explains at $who.name why no call can be placed and what to do', async ({ who, why }) => {
    await openApp({ people: [who] });
    await click(row(who.name));
    const pane = byRole('region', who.name);
    expect(textOf(pane)).toMatch(why);
    expect(queryByRole('button', 'Call', pane)).toBeNull();
  });

  it('offers no calls for an account that the server has signed out', async () => {
    await openApp({ accounts: [account({ connection: 'signedOut' })] });
    expect(queryByRole('button', 'Call Ben')).toBeNull();
    await click(row('Ben'));
    expect(textOf(byRole('region', 'Ben'))).toContain('Sign in again to call Ben.');
  });

  it('keeps to the chosen person while main tells news of them', async () => {
    const app = await openApp({ people: [person('erik', { standing: 'invited' })] });
    await click(row('Erik'));
    app.tell('people:changed', { account: anna, people: [person('erik')] });
    await settle();
    expect(queryByRole('button', 'Call', byRole('region', 'Erik'))).not.toBeNull();
  });

  it('can be walked by the arrow keys, from the search box on', async () => {
    await openApp();
    search().focus();
    const key = (name: string) =>
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true }));
    key('ArrowDown');
    expect(document.activeElement).toBe(row('Ben'));
    key('ArrowDown');
    expect(document.activeElement).toBe(row('Clara'));
    key('ArrowUp');
    expect(document.activeElement).toBe(row('Ben'));
  });

  it('claims nobody is there only when the server has told so', async () => {
    const app = await openApp({ people: [], accounts: [account({ connection: 'connecting' })] });
    expect(textOf(document.body)).toContain('Fetching your people…');
    expect(textOf(document.body)).not.toContain('No people yet');

    app.tell('accounts:changed', [account()]);
    await settle();
    expect(textOf(document.body)).toContain('No people yet Search for a name, or enter an address');
  });
});

describe('favourites', () => {
  const headings = (): string[] => allByRole('heading', undefined, byRole('region', 'People')).map(textOf).slice(1);

  it('come first, under their own heading, and can be shown alone', async () => {
    await openApp({
      people: [person('ben'), person('clara', { favourite: true }), person('gia', { standing: 'invitesUs' })],
    });
    expect(headings()).toEqual(['Waiting for your answer', 'Favourites', 'People']);
    expect(names()).toEqual(['Gia', 'Clara', 'Ben']);
    await press('Favourites only');
    expect(names()).toEqual(['Clara']);
    expect(byRole('button', 'Favourites only').getAttribute('aria-pressed')).toBe('true');
    await press('Favourites only');
    expect(names()).toHaveLength(3);
  });

  it('are made and unmade by the star, at once', async () => {
    const app = await openApp();
    app.answers['people:favourite'] = () => ({ ok: true });
    await click(row('Clara'));
    const star = (): HTMLElement => byRole('button', 'Favourite', byRole('region', 'Clara'));
    await click(star());
    expect(star().getAttribute('aria-pressed')).toBe('true');
    expect(names()).toEqual(['Clara', 'Ben']);
    expect(textOf(row('Clara'))).toContain(', Favourite');
    await click(star());
    expect(names()).toEqual(['Ben', 'Clara']);
    const { roomId } = person('clara');
    expect(app.asked('people:favourite')).toEqual([
      { account: anna, roomId, favourite: true },
      { account: anna, roomId, favourite: false },
    ]);
  });

  it('are none when the server does not take it, and it is said why', async () => {
    const app = await openApp();
    app.answers['people:favourite'] = () => ({ ok: false, reason: 'unreachable' });
    await openMenu('Clara');
    await click(byRole('menuitem', 'Add to favourites'));
    await settle();
    expect(names()).toEqual(['Ben', 'Clara']);
    expect(textOf(byRole('alert', undefined, byRole('region', 'Clara')))).toContain('No answer from example.org.');
  });
});

describe('the menu of a person', () => {
  it('calls, and copies the address', async () => {
    const { engine } = await openApp();
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    await openMenu('Ben');
    expect(allByRole('menuitem').map(nameOf)).toEqual(['Call', 'Video call', 'Add to favourites', 'Copy address']);
    await click(byRole('menuitem', 'Copy address'));
    expect(write.mock.calls).toEqual([['@ben:example.org']]);
    await openMenu('Ben');
    await click(byRole('menuitem', 'Video call'));
    expect(engine.controls.place.mock.calls[0]?.[1]).toBe('video');
    write.mockRestore();
  });

  it('offers only what can be done', async () => {
    await openApp({ people: [person('ida', { standing: 'left' })] });
    await openMenu('Ida');
    expect(allByRole('menuitem').map(nameOf)).toEqual(['Add to favourites', 'Copy address']);
  });
});

async function openMenu(name: string): Promise<void> {
  row(name).dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }));
  await vi.advanceTimersByTimeAsync(10);
  await settle();
}

describe('presence', () => {
  it.each([
    ['online', 'Available'],
    ['unavailable', 'Away'],
    ['offline', 'Offline'],
  ] as const)('%s is told in words: %s', async (presence, words) => {
    const app = await openApp();
    app.answers['people:presence'] = () => [presence];
    await click(row('Ben'));
    await vi.advanceTimersByTimeAsync(500);
    await settle();
    expect(app.asked('people:presence')).toEqual([{ account: anna, userIds: [person('ben').userId] }]);
    expect(textOf(byRole('region', 'Ben'))).toContain(words);
    expect(textOf(row('Ben'))).toBe(`Ben${words}`);
  });

  it('is not claimed where the server does not tell it, nor asked of strangers', async () => {
    const app = await openApp({ people: [person('erik', { standing: 'invited' })] });
    await click(row('Erik'));
    await vi.advanceTimersByTimeAsync(500);
    expect(app.asked('people:presence')).toEqual([]);
    expect(textOf(byRole('region', 'Erik'))).not.toMatch(/Available|Away|Offline/);
  });
});

describe('names', () => {
  const long = 'x'.repeat(300);
  it.each([
    ['of three hundred letters', long],
    ['that run the other way', 'فاطمة الزهراء'],
    ['that look like markup', '<img src=x onerror=alert(1)>'],
  ])('%s stand apart from the words around them, whole for whoever asks', async (_what, name) => {
    await openApp({ people: [person('odd', { name })] });
    const shown = row(name).querySelector('bdi');
    expect(shown?.textContent).toBe(name);
    expect(shown?.title).toBe(name);
    expect(document.querySelector('img')).toBeNull();
    await click(row(name));
    expect(textOf(byRole('heading', name).querySelector('bdi'))).toBe(name);
  });
});

describe('pictures', () => {
  it('stand above the initials, and go when they cannot be had', async () => {
    const avatar = 'app://bundle/avatar/%40anna%3Aexample.org/example.org/abc';
    await openApp({ people: [person('ben', { avatar })] });
    const picture = row('Ben').querySelector('img');
    expect(picture?.getAttribute('src')).toBe(avatar);
    expect(picture?.getAttribute('alt')).toBe('');
    picture?.dispatchEvent(new Event('error'));
    await settle();
    expect(row('Ben').querySelector('img')).toBeNull();
  });
});

describe('thousands of people', () => {
  const crowd = Array.from({ length: 5000 }, (_, at) => person(`p${String(at).padStart(4, '0')}`));

  it('are listed, but only those near the eye are drawn, and each is found', async () => {
    await openApp({ people: crowd });
    expect(names().length).toBeLessThan(100);
    await type(search(), 'p4321');
    expect(names()).toEqual(['P4321']);
    await type(search(), '');
    expect(names().length).toBeLessThan(100);
  });
});

describe('an invitation from somebody', () => {
  const gia = person('gia', { standing: 'invitesUs' });

  it('can be accepted, and then called', async () => {
    const app = await openApp({ people: [gia] });
    app.answers['people:accept'] = () => {
      app.tell('people:changed', { account: anna, people: [person('gia')] });
      return { ok: true, person: person('gia') };
    };
    await press('Accept Gia');
    expect(app.asked('people:accept')).toEqual([{ account: anna, roomId: gia.roomId }]);
    expect(queryByRole('button', 'Call Gia')).not.toBeNull();
  });

  it('can be declined', async () => {
    const app = await openApp({ people: [gia, person('ben')] });
    app.answers['people:decline'] = () => {
      app.tell('people:changed', { account: anna, people: [person('ben')] });
      return { ok: true };
    };
    await press('Decline Gia');
    expect(app.asked('people:decline')).toEqual([{ account: anna, roomId: gia.roomId }]);
    expect(names()).toEqual(['Ben']);
    expect(queryByRole('region', 'Gia')).toBeNull();
  });
});

describe('searching', () => {
  it('finds own people at once, by parts of name or address and without accents', async () => {
    await openApp({ people: [person('ben'), person('clara', { name: 'Clara Núñez' })] });
    await type(search(), 'nunez');
    expect(names()).toEqual(['Clara Núñez']);
    await type(search(), '@BEN');
    expect(names()).toEqual(['Ben']);
  });

  it('shows own people before those of the directory, and nobody twice', async () => {
    const app = await openApp();
    app.answers['people:search'] = () => ({ ok: true, people: [stranger('bea'), person('ben')] });
    await searchFor('be');
    expect(names()).toEqual(['Ben', 'Bea']);
    expect(app.asked('people:search')).toEqual([{ account: anna, term: 'be' }]);
  });

  it('leads on to the keypad for a number', async () => {
    await openApp();
    await searchFor('+49 30 901820');
    await press('Dial +4930901820');
    expect((byRole('textbox', 'Address or number') as HTMLInputElement).value).toBe('+4930901820');
  });

  it('asks the server once, when the typing pauses', async () => {
    const app = await openApp();
    for (const term of ['b', 'be', 'ben']) await type(search(), term);
    await vi.advanceTimersByTimeAsync(250);
    expect(app.asked('people:search')).toEqual([{ account: anna, term: 'ben' }]);
  });

  it('never shows the answer to an earlier term', async () => {
    const app = await openApp({ people: [] });
    const answers: ((result: SearchResult) => void)[] = [];
    app.answers['people:search'] = () => new Promise<SearchResult>((resolve) => answers.push(resolve));
    await searchFor('old');
    await searchFor('new');
    answers[1]?.({ ok: true, people: [stranger('nell')] });
    answers[0]?.({ ok: true, people: [stranger('oleg')] });
    await settle();
    expect(names()).toEqual(['Nell']);
  });

  it.each([
    '@nora:far.example',
    'https://matrix.to/#/@nora:far.example?via=far.example',
    'https://matrix.to/#/%40nora%3Afar.example',
    'matrix:u/nora:far.example',
  ])('takes %s for an address, and offers the person even if the directory does not know them', async (typed) => {
    const app = await openApp();
    await searchFor(typed);
    expect(app.asked('people:search')).toEqual([{ account: anna, term: '@nora:far.example' }]);
    expect(names()).toEqual(['@nora:far.example']);
  });

  it('starts a conversation and says that it must be accepted first', async () => {
    const app = await openApp();
    const nora = stranger('nora');
    app.answers['people:search'] = () => ({ ok: true, people: [nora] });
    app.answers['people:start'] = () => ({ ok: true, person: person('nora', { standing: 'invited' }) });
    await searchFor('nora');
    await press('Start a conversation with Nora');

    expect(app.asked('people:start')).toEqual([{ account: anna, userId: nora.userId }]);
    expect(textOf(byRole('region', 'Nora'))).toContain('Nora has not accepted your invitation yet.');
  });

  it.each<{ reason: PersonFailure; words: RegExp }>([
    { reason: 'notFound', words: /nobody with the address @nora:example\.org.*spelling/ },
    { reason: 'malformed', words: /not a complete Matrix address/ },
    { reason: 'self', words: /your own address/ },
    { reason: 'forbidden', words: /example\.org does not allow this.*another account/ },
    { reason: 'unreachable', words: /No answer from example\.org.*try again/ },
    { reason: 'rateLimited', words: /asks for a pause.*try again/ },
    { reason: 'signedOut', words: /signed you out.*Sign in again/ },
  ])('says at the person why no conversation could be started: $reason', async ({ reason, words }) => {
    const app = await openApp();
    app.answers['people:search'] = () => ({ ok: true, people: [stranger('nora')] });
    app.answers['people:start'] = () => ({ ok: false, reason });
    await searchFor('nora');
    await click(row('Nora'));
    await press('Start a conversation');

    expect(textOf(byRole('alert', undefined, byRole('region', 'Nora')))).toMatch(words);
    expect(queryByRole('button', 'Start a conversation')).not.toBeNull();
  });

  it('says when the server could not search, and when there is nobody', async () => {
    const app = await openApp({ people: [] });
    app.answers['people:search'] = () => ({ ok: false, reason: 'unreachable' });
    await searchFor('nora');
    expect(textOf(document.body)).toContain('No answer from example.org.');

    app.answers['people:search'] = () => ({ ok: true, people: [] });
    await searchFor('norbert');
    expect(textOf(document.body)).toContain('Nobody found for “norbert” Check the spelling');
  });
});

describe('the connection', () => {
  it('is told in words while calls cannot arrive, and no longer', async () => {
    const app = await openApp({ accounts: [account({ connection: 'offline' })] });
    const words = 'No connection to example.org. Calls cannot reach you. Trying again.';
    expect(textOf(document.body)).toContain(words);
    expect(queryByRole('button', 'Account Anna: No connection')).not.toBeNull();

    app.tell('accounts:changed', [account()]);
    await settle();
    expect(textOf(document.body)).not.toContain(words);
  });

  it('is no news while it is being made, unless that takes long', async () => {
    await openApp({ accounts: [account({ connection: 'connecting' })] });
    expect(textOf(document.body)).not.toContain('Connecting to example.org');
    await vi.advanceTimersByTimeAsync(4000);
    await settle();
    expect(textOf(document.body)).toContain('Connecting to example.org. Calls cannot reach you yet.');
  });
});
