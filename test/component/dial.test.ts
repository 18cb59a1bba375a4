import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { NumberFailure, NumberResult } from '../../preload/contract/numbers';
import { playCallSounds } from '../../renderer/sounds';
import { useDialling } from '../../renderer/stores/dialling';
import { account, anna, callWith, person, stranger } from './support/fixtures';
import { click, openApp, type OpenApp, press, settle, type } from './support/open-app';
import { allByRole, byRole, nameOf, queryByRole, textOf } from './support/roles';

const field = (): HTMLInputElement => byRole('textbox', 'Address or number') as HTMLInputElement;
const dialler = (): HTMLElement => byRole('region', 'Dial');
const matches = (): string[] =>
  [...byRole('region', 'Matches').querySelectorAll('[data-row]')].map((row) => textOf(row.querySelector('bdi')));
const call = (kind: 'Call' | 'Video call' = 'Call'): Promise<void> => click(byRole('button', kind, dialler()));
const placed = ({ engine }: OpenApp) => engine.controls.place.mock.calls.map(([{ peer }, kind]) => `${kind} ${peer}`);

async function openDialler(over: Parameters<typeof openApp>[0] = {}, support: 'yes' | 'no' | 'unknown' = 'yes') {
  const app = await openApp(over);
  app.answers['number:support'] = () => support;
  await press('Keypad');
  await settle();
  return app;
}

async function dial(text: string): Promise<void> {
  await type(field(), text);
  await vi.advanceTimersByTimeAsync(250);
  await settle();
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the dial field', () => {
  it('has the focus, and takes the keys of the pad, which sound', async () => {
    await openDialler();
    const player = { play: vi.fn(), press: vi.fn(), sign: vi.fn() };
    onTestFinished(playCallSounds(player));
    expect(document.activeElement).toBe(field());
    await press('0, plus');
    await press('2, A B C');
    await press('Hash');
    expect(field().value).toBe('02#');
    expect(player.press.mock.calls.flat()).toEqual(['0', '2', '#']);
    await press('Delete the last character');
    expect(field().value).toBe('02');
  });

  it('takes the digits of the keyboard wherever the focus is', async () => {
    await openDialler();
    byRole('button', '1').focus();
    for (const key of ['4', '*']) {
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    }
    await settle();
    expect(field().value).toBe('4*');
  });

  it('gets a plus from a long press on 0, and no zero with it', async () => {
    await openDialler();
    const zero = byRole('button', '0, plus');
    zero.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
    await vi.advanceTimersByTimeAsync(500);
    zero.dispatchEvent(new PointerEvent('pointerup', { bubbles: true }));
    await click(zero);
    expect(field().value).toBe('+');
    zero.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
    zero.dispatchEvent(new PointerEvent('pointerup', { bubbles: true }));
    await click(zero);
    expect(field().value).toBe('+0');
  });

  it.each([
    ['tel:+49-30-901820', '+4930901820'],
    ['+49 (0)30 90 18 20', '+4930901820'],
    ['0800 FLOWERS', '08003569377'],
  ])('makes %s fit to be dialled when it is pasted', async (pasted, shown) => {
    await openDialler();
    const data = new DataTransfer();
    data.setData('text/plain', pasted);
    field().dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    await settle();
    expect(field().value).toBe(shown);
  });

  it('keeps what was typed while one looks elsewhere, and Escape empties it', async () => {
    await openDialler();
    await dial('0309');
    await press('People');
    await press('Keypad');
    expect(field().value).toBe('0309');
    field().dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await settle();
    expect(field().value).toBe('');
  });

  it('shows a link that the desktop hands over, and waits for the person', async () => {
    const app = await openDialler();
    await press('People');
    useDialling().open('tel:+49-30-901820');
    await settle();
    expect(field().value).toBe('+4930901820');
    expect(placed(app)).toEqual([]);
  });
});

describe('an address', () => {
  it.each([
    '@ben:example.org',
    'matrix:u/ben:example.org',
    'https://matrix.to/#/@ben:example.org',
    'Ben',
    '!ben:example.org',
  ])('%s calls Ben', async (text) => {
    const app = await openDialler();
    await dial(text);
    await call('Video call');
    expect(placed(app)).toEqual(['video @ben:example.org']);
    expect(queryByRole('region', 'Call with Ben')).not.toBeNull();
  });

  it('is called by Enter, and the field is free for the next one', async () => {
    const app = await openDialler();
    await dial('@ben:example.org');
    field().dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    await settle();
    expect(placed(app)).toEqual(['voice @ben:example.org']);
    app.engine.show();
    await settle();
    expect(field().value).toBe('');
    // As on any telephone.
    await call();
    expect(field().value).toBe('@ben:example.org');
  });

  it.each([
    ['@ben', /server is missing.*@anna:example\.org/],
    ['@:example.org', /name is missing/],
    ['ben:example.org', /begins with an at sign/],
    ['@ben:exa mple.org', /is no server/],
    ['#room:example.org', /leads to a room/],
    ['matrix:r/room:example.org', /leads to a room/],
    ['matrix:nowhere', /leads nowhere/],
    ['sip:ben@example.org', /another network \(SIP\)/],
    ['https://example.org', /neither of Matrix nor a number/],
    ['1'.repeat(33), /too long for a telephone number/],
    ['', /Enter an address such as @anna:example\.org/],
    ['Nobody', /nobody called “Nobody”/],
  ])('that cannot be called says why: %s', async (text, words) => {
    const app = await openDialler();
    await dial(text);
    await call();
    expect(textOf(dialler())).toMatch(words);
    expect(placed(app)).toEqual([]);
  });

  it('of somebody who cannot be called yet says so at once, and leads to them', async () => {
    const app = await openDialler();
    app.answers['people:search'] = () => ({ ok: true, people: [stranger('nora')] });
    app.answers['people:start'] = () => ({ ok: true, person: person('nora', { standing: 'invited' }) });
    await dial('@nora:example.org');
    expect(textOf(dialler())).toContain('You have no conversation with Nora yet.');
    await press('Start a conversation with Nora');
    expect(textOf(byRole('region', 'Nora'))).toContain('Nora has not accepted your invitation yet.');
  });

  it('that the server does not know says so', async () => {
    const app = await openDialler();
    app.answers['people:search'] = () => ({ ok: false, reason: 'notFound' });
    await dial('@nora:example.org');
    await call();
    expect(textOf(dialler())).toContain('nobody with the address @nora:example.org');
  });

  it('is no reason to nag while it is being typed', async () => {
    await openDialler();
    await dial('@be');
    expect(queryByRole('alert')).toBeNull();
    await call();
    expect(queryByRole('alert')).not.toBeNull();
    await dial('@ben');
    expect(queryByRole('alert')).toBeNull();
  });
});

describe('the matches', () => {
  it('come while one types, by name, address, keys and number', async () => {
    const people = [person('ben'), person('clara'), person('tel', { name: '+4930901820' })];
    await openDialler({ people });
    for (const [text, found] of [
      ['cl', ['Clara']],
      ['ben', ['Ben']],
      ['236', ['Ben']],
      ['030 90', ['+4930901820']],
      ['2', []],
    ] as const) {
      await dial(text);
      expect(matches()).toEqual(found);
    }
  });

  it('can be called, and walked by the arrow keys', async () => {
    const app = await openDialler();
    await dial('example');
    const key = (name: string) =>
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true }));
    field().focus();
    key('ArrowDown');
    expect(textOf(document.activeElement)).toContain('Ben');
    key('ArrowDown');
    expect(textOf(document.activeElement)).toContain('Clara');
    key('ArrowUp');
    key('ArrowUp');
    expect(document.activeElement).toBe(field());
    await press('Call Clara');
    expect(placed(app)).toEqual(['voice @clara:example.org']);
  });
});

describe('a number', () => {
  const bridge = person('_tel_4930', { name: '+4930901820' });

  it('is called through the bridge, without pictures', async () => {
    const app = await openDialler();
    app.answers['number:find'] = () => ({ ok: true, person: bridge });
    await dial('+49 30 901820');
    expect(queryByRole('button', 'Video call', dialler())).toBeNull();
    await call();
    expect(app.asked('number:find')).toEqual([{ account: anna, number: '+4930901820' }]);
    expect(placed(app)).toEqual(['voice @_tel_4930:example.org']);
  });

  it('is looked for, which can be called off', async () => {
    const app = await openDialler();
    let answer: (result: NumberResult) => void = () => undefined;
    app.answers['number:find'] = () => new Promise((resolve) => (answer = resolve));
    await dial('110');
    await call();
    expect(textOf(dialler())).toContain('Looking for 110…');
    await press('Cancel');
    answer({ ok: true, person: bridge });
    await settle();
    expect(placed(app)).toEqual([]);
    expect(textOf(dialler())).not.toContain('Looking');
  });

  it('says before anybody calls when the server leads to no telephone network', async () => {
    const app = await openDialler({}, 'no');
    await dial('110');
    expect(textOf(dialler())).toContain('example.org cannot reach telephone numbers');
    await call();
    expect(app.asked('number:find')).toEqual([]);
  });

  it.each<{ reason: NumberFailure; words: RegExp }>([
    { reason: 'noBridge', words: /cannot reach telephone numbers/ },
    { reason: 'unknownNumber', words: /cannot reach 110\. Check the number/ },
    { reason: 'bridgeSilent', words: /does not answer for 110/ },
    { reason: 'unreachable', words: /No answer from example\.org/ },
    { reason: 'rateLimited', words: /asks for a pause/ },
    { reason: 'forbidden', words: /does not allow this/ },
  ])('that cannot be called says why: $reason', async ({ reason, words }) => {
    const app = await openDialler({}, 'unknown');
    app.answers['number:find'] = () => ({ ok: false, reason });
    await dial('110');
    await call();
    expect(textOf(byRole('alert'))).toMatch(words);
    expect(placed(app)).toEqual([]);
  });
});

describe('redial', () => {
  it('calls the one who was called last, also before this start', async () => {
    const app = await openApp();
    const entry = {
      ...callWith('clara'),
      id: 1,
      peerName: 'Clara',
      direction: 'outgoing',
      kind: 'video',
      startedAt: 1,
      answeredAt: null,
      endedAt: null,
      outcome: 'noAnswer',
      cause: null,
      missed: false,
      seen: true,
    } as const;
    app.answers['history:list'] = () => ({
      entries: [{ ...entry, id: 2, direction: 'incoming', peer: person('ben').userId }, entry],
      more: false,
      unseen: 0,
      trouble: null,
    });
    await press('Keypad');
    await settle();
    await press('Redial Clara');
    expect(placed(app)).toEqual(['video @clara:example.org']);
  });

  it('is not offered where nobody was called', async () => {
    await openDialler();
    expect(allByRole('button', undefined, dialler()).map(nameOf).join()).not.toContain('Redial');
  });
});

describe('the account that calls', () => {
  const work = account({ userId: '@anna:work.example' as typeof anna, server: 'work.example' });

  it('goes without saying where there is one', async () => {
    await openDialler();
    expect(textOf(dialler())).not.toContain('Calls from');
  });

  it('is shown and chosen where there are several, and calls go out from it', async () => {
    const at = { account: work.userId };
    const app = await openDialler({ accounts: [account(), work], people: [person('ben'), person('wanda', at)] });
    const button = byRole('button', 'Calls go out from @anna:example.org. Choose another account');
    button.focus();
    button.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    await settle();
    await click(byRole('menuitemradio', '@anna:work.example Connected'));
    await dial('wanda');
    await call();
    expect(app.engine.controls.place.mock.calls[0]?.[0]).toMatchObject({ account: work.userId });
    expect(app.asked('number:support')).toEqual([{ account: anna }, { account: work.userId }]);
  });
});
