import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { SignInFailure, SignInMethod, SignInProgress, SignInResult } from '../../preload/contract/accounts';
import { account, anna } from './support/fixtures';
import { openApp, press, settle, type } from './support/open-app';
import { allByRole, byRole, nameOf, queryByRole, textOf } from './support/roles';

const oauth: SignInMethod = { kind: 'oauth', deviceCode: true };
const school: SignInMethod = { kind: 'sso', provider: 'oidc-school', name: 'School' };
const password: SignInMethod = { kind: 'password' };

/** The sign-in page, where every server offers the same. */
async function open(methods: readonly SignInMethod[], over: Parameters<typeof openApp>[0] = {}) {
  const app = await openApp({ accounts: [], people: [], ...over });
  app.answers['account:methods'] = () => ({ ok: true, methods });
  return app;
}

async function leave(box: string): Promise<void> {
  byRole('textbox', box).dispatchEvent(new FocusEvent('focusout', { bubbles: true }));
  await settle();
}

async function nameServer(server = 'example.org'): Promise<void> {
  await type(byRole('textbox', 'Homeserver'), server);
  await leave('Homeserver');
}

const choices = (): string[] => [...allByRole('textbox'), ...allByRole('button')].map(nameOf);

/** A sign-in through the browser that is under way. */
async function underWay(methods: readonly SignInMethod[], button: string, at: SignInProgress) {
  const app = await open(methods);
  const { promise, resolve } = Promise.withResolvers<SignInResult>();
  app.answers['account:signInByBrowser'] = () => promise;
  await nameServer();
  await press(button);
  app.tell('signIn:progress', at);
  await settle();
  return {
    ...app,
    answer: async (result: SignInResult) => {
      resolve(result);
      await settle();
    },
  };
}

beforeEach(() => {
  localStorage.clear();
});

describe('what is offered', () => {
  it.each([
    ['passwords', [password], ['Homeserver', 'User name', 'Password', 'Show password', 'Sign in']],
    ['OAuth 2.0', [oauth], ['Homeserver', 'Continue in the browser']],
    ['single sign-on', [school], ['Homeserver', 'Continue with School']],
    [
      'single sign-on that asks which itself',
      [{ kind: 'sso', provider: null, name: null }],
      ['Homeserver', 'Continue with single sign-on'],
    ],
    [
      'all of them',
      [oauth, school, password],
      [
        'Homeserver',
        'User name',
        'Password',
        'Continue in the browser',
        'Continue with School',
        'Show password',
        'Sign in',
      ],
    ],
  ] as const)('%s', async (_what, methods, shown) => {
    await open(methods);
    await nameServer();
    expect(choices()).toEqual(shown);
  });

  it('is asked once per server, also when the person only pauses, and never shown for another', async () => {
    vi.useFakeTimers();
    try {
      const app = await open([oauth]);
      await type(byRole('textbox', 'Homeserver'), 'example.or');
      await type(byRole('textbox', 'Homeserver'), ' example.org');
      expect(app.asked('account:methods')).toEqual([]);
      await vi.advanceTimersByTimeAsync(1000);
      await leave('Homeserver');
      expect(app.asked('account:methods')).toEqual([{ server: 'example.org' }]);
      expect(queryByRole('button', 'Continue in the browser')).not.toBeNull();
      await type(byRole('textbox', 'Homeserver'), 'example.net');
      expect(queryByRole('button', 'Continue in the browser')).toBeNull();
    } finally {
      vi.useRealTimers();
    }
  });

  it('says that it asks, and why there is no answer, once the box was left', async () => {
    const app = await open([]);
    const { promise, resolve } = Promise.withResolvers<{ ok: false; reason: SignInFailure }>();
    app.answers['account:methods'] = () => promise;
    await nameServer('example.orgg');
    expect(textOf(document.body)).toContain('Asking example.orgg how one signs in there…');
    resolve({ ok: false, reason: 'unknownServer' });
    await settle();
    expect(textOf(byRole('alert'))).toContain('no server with this name');
    await type(byRole('textbox', 'Homeserver'), 'example.org');
    expect(queryByRole('alert')).toBeNull();
  });

  it('to an account that was signed out: at once, and for that account', async () => {
    const app = await openApp({ accounts: [account({ connection: 'signedOut' })] });
    app.answers['account:methods'] = () => ({ ok: true, methods: [oauth] });
    app.answers['account:signInByBrowser'] = () => ({ ok: false, reason: 'otherUser' });
    await press('Sign in again');
    await press('Continue in the browser');
    expect(app.asked('account:signInByBrowser')).toEqual([
      { server: 'example.org', method: { kind: 'oauth' }, again: anna },
    ]);
    expect(textOf(byRole('alert'))).toContain('sign in as @anna:example.org');
  });
});

describe('through the browser', () => {
  it('says what to do there, can open the page again, and ends in the main view', async () => {
    const app = await underWay([school], 'Continue with School', { stage: 'browser' });
    app.answers['account:openBrowser'] = () => null;
    expect(app.asked('account:signInByBrowser')).toEqual([
      { server: 'example.org', method: { kind: 'sso', provider: 'oidc-school' }, again: null },
    ]);
    expect(document.activeElement?.textContent).toContain('page that has opened in your browser');
    expect(choices()).toEqual(['Open the page again', 'Cancel']);
    await press('Open the page again');
    expect(app.asked('account:openBrowser')).toHaveLength(1);

    app.tell('accounts:changed', [account()]);
    await app.answer({ ok: true, account: anna });
    expect(queryByRole('navigation', 'Main')).not.toBeNull();
  });

  it('is cancelled: the form is there again, as it was, without a reproach', async () => {
    const app = await underWay([oauth, password], 'Continue in the browser', { stage: 'browser' });
    app.answers['account:cancelSignIn'] = () => null;
    await press('Cancel');
    expect(app.asked('account:cancelSignIn')).toHaveLength(1);
    await app.answer({ ok: false, reason: 'cancelled' });
    expect((byRole('textbox', 'Homeserver') as HTMLInputElement).value).toBe('example.org');
    expect(queryByRole('alert')).toBeNull();
    expect(queryByRole('button', 'Continue in the browser')).not.toBeNull();
  });

  it('shows a code for another device, and lets one copy it', async () => {
    const app = await underWay([oauth], 'Continue in the browser', { stage: 'browser' });
    const written = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    await press('Use a code instead');
    expect(app.asked('account:signInByBrowser').map(({ method }) => method.kind)).toEqual(['oauth', 'deviceCode']);
    const code = { stage: 'code', code: 'WDJB-MJHT', address: 'https://example.org/link', validFor: 600_000 } as const;
    app.tell('signIn:progress', code);
    await settle();
    expect(textOf(document.body)).toMatch(/WDJB-MJHT.*https:\/\/example\.org\/link.*good for 10 minutes/);
    await press('Copy code');
    expect(written).toHaveBeenCalledWith('WDJB-MJHT');
    expect(choices()).toEqual(['Copied', 'Copy address', 'Cancel']);
  });

  it.each<[SignInFailure, RegExp]>([
    ['noBrowser', /No browser could be opened.*default browser/],
    ['refusedInBrowser', /Nothing was granted.*Try again/],
    ['serviceFailed', /cannot use.*Try again/],
    ['timedOut', /Nothing came back.*Try again/],
  ])('%s is told with what to do next', async (reason, words) => {
    const app = await underWay([oauth], 'Continue in the browser', { stage: 'browser' });
    await app.answer({ ok: false, reason });
    expect(textOf(byRole('alert'))).toMatch(words);
    expect(document.activeElement).toBe(byRole('alert'));
    expect(queryByRole('button', 'Continue in the browser')).not.toBeNull();
  });
});

it('a sign-in with a password can be cancelled too', async () => {
  const app = await open([password]);
  const { promise, resolve } = Promise.withResolvers<SignInResult>();
  app.answers['account:signIn'] = () => promise;
  app.answers['account:cancelSignIn'] = () => null;
  await nameServer();
  await type(byRole('textbox', 'User name'), 'anna');
  await type(byRole('textbox', 'Password'), 'secret');
  await press('Sign in');
  await press('Cancel');
  resolve({ ok: false, reason: 'cancelled' });
  await settle();
  expect(app.asked('account:cancelSignIn')).toHaveLength(1);
  expect(queryByRole('alert')).toBeNull();
  expect((byRole('textbox', 'Password') as HTMLInputElement).value).toBe('secret');
});
