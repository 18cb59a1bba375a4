import { beforeEach, describe, expect, it } from 'vitest';
import { defaultSettings } from '../../preload/contract/default-settings';
import type { SignInFailure, SignInResult } from '../../preload/contract/accounts';
import { account, anna } from './support/fixtures';
import { openApp, press, settle, type } from './support/open-app';
import { allByRole, byRole, queryByRole, textOf } from './support/roles';

const value = (name: string): string => (byRole('textbox', name) as HTMLInputElement).value;

async function fill(server: string, user: string, password: string): Promise<void> {
  await type(byRole('textbox', 'Homeserver'), server);
  await type(byRole('textbox', 'User name'), user);
  await type(byRole('textbox', 'Password'), password);
}

const openSignIn = () => openApp({ accounts: [], people: [] });

beforeEach(() => {
  localStorage.clear();
});

describe('signing in', () => {
  it('hands over what was typed, without stray blanks around the names, and opens the main view', async () => {
    const app = await openSignIn();
    app.answers['account:signIn'] = () => {
      app.tell('accounts:changed', [account()]);
      return { ok: true, account: anna };
    };

    await fill(' example.org ', ' anna ', ' secret ');
    await press('Sign in');

    expect(app.asked('account:signIn')).toEqual([{ server: 'example.org', user: 'anna', password: ' secret ' }]);
    expect(queryByRole('navigation', 'Main')).not.toBeNull();
  });

  it.each<{ reason: SignInFailure; at: string | null; words: RegExp }>([
    { reason: 'malformedServer', at: 'Homeserver', words: /not a server name.*Enter a name such as matrix\.org/ },
    { reason: 'insecureServer', at: 'Homeserver', words: /http:\/\/.*Use https:/ },
    { reason: 'unknownServer', at: 'Homeserver', words: /no server with this name.*spelling/ },
    { reason: 'unreachable', at: 'Homeserver', words: /does not answer.*try again/ },
    { reason: 'certificate', at: 'Homeserver', words: /certificate.*Check/ },
    { reason: 'notMatrix', at: 'Homeserver', words: /not as a Matrix homeserver.*Check/ },
    { reason: 'wellKnownInvalid', at: 'Homeserver', words: /points to.*Enter the homeserver’s own address/ },
    { reason: 'passwordUnsupported', at: 'Homeserver', words: /does not accept passwords.*Use another/ },
    { reason: 'otherServer', at: 'Homeserver', words: /different server.*Enter the server/ },
    { reason: 'deactivated', at: 'User name', words: /deactivated.*Use another account/ },
    { reason: 'alreadySignedIn', at: 'User name', words: /already signed in.*account menu/ },
    { reason: 'wrongPassword', at: 'Password', words: /is wrong.*Check both/ },
    { reason: 'rateLimited', at: null, words: /too many attempts.*Wait 12 seconds/ },
    { reason: 'storage', at: null, words: /could not be written.*disk/ },
  ])('$reason is told where its cause was typed, with what to do next', async ({ reason, at, words }) => {
    const app = await openSignIn();
    app.answers['account:signIn'] = () => ({ ok: false, reason, retryAfter: 12_000 });

    await fill('example.org', 'anna', 'secret');
    await press('Sign in');

    const alert = byRole('alert');
    expect(textOf(alert)).toMatch(words);
    if (at === null) {
      expect(document.activeElement).toBe(alert);
    } else {
      expect(document.activeElement).toBe(byRole('textbox', at));
      expect(document.activeElement?.getAttribute('aria-invalid')).toBe('true');
      expect(document.activeElement?.getAttribute('aria-describedby')).toBe(alert.id);
    }
    expect([value('Homeserver'), value('User name'), value('Password')]).toEqual(['example.org', 'anna', 'secret']);
  });

  it('tells of its own breakdown too, and lets the person try again', async () => {
    const app = await openSignIn();
    await fill('example.org', 'anna', 'secret');
    await press('Sign in');

    expect(textOf(byRole('alert'))).toContain('failed inside Carillon');
    expect(byRole('button', 'Sign in')).toBeDefined();
    expect(app.asked('account:signIn')).toHaveLength(1);
  });

  it('says which field is empty before it asks anybody', async () => {
    const app = await openSignIn();
    await fill('example.org', '', '');
    await press('Sign in');

    expect(textOf(byRole('alert'))).toBe('Enter your user name.');
    expect(document.activeElement).toBe(byRole('textbox', 'User name'));
    expect(app.asked('account:signIn')).toEqual([]);
  });

  it('signs in once, however often the button is pressed, and says that it is waiting', async () => {
    const app = await openSignIn();
    let answer: (result: SignInResult) => void = () => undefined;
    app.answers['account:signIn'] = () => new Promise<SignInResult>((resolve) => (answer = resolve));

    await fill('example.org', 'anna', 'secret');
    await press('Sign in');
    await press('Signing in…');
    byRole('textbox', 'Password').closest('form')?.requestSubmit();
    await settle();

    expect(app.asked('account:signIn')).toHaveLength(1);
    expect(textOf(document.body)).toContain('Asking example.org…');
    expect((byRole('textbox', 'Password') as HTMLInputElement).readOnly).toBe(true);

    answer({ ok: false, reason: 'unreachable' });
    await settle();
    expect(byRole('button', 'Sign in').getAttribute('aria-disabled')).toBe('false');
  });

  it('takes the server from a whole Matrix address', async () => {
    await openSignIn();
    await type(byRole('textbox', 'User name'), '@anna:matrix.example:8448');
    byRole('textbox', 'User name').dispatchEvent(new Event('focusout', { bubbles: true }));
    await settle();

    expect(value('Homeserver')).toBe('matrix.example:8448');
  });

  it('remembers the homeserver of the last success, and only that', async () => {
    const app = await openSignIn();
    app.answers['account:signIn'] = () => ({ ok: false, reason: 'unknownServer' });
    await fill('typo.example', 'anna', 'secret');
    await press('Sign in');
    expect(localStorage.length).toBe(0);

    app.answers['account:signIn'] = () => ({ ok: true, account: anna });
    await type(byRole('textbox', 'Homeserver'), 'example.org');
    await press('Sign in');
    expect([localStorage.length, localStorage.getItem(localStorage.key(0) ?? '')]).toEqual([1, 'example.org']);
  });

  it('shows the password only on request', async () => {
    await openSignIn();
    const box = byRole('textbox', 'Password') as HTMLInputElement;
    expect(box.type).toBe('password');
    await press('Show password');
    expect(box.type).toBe('text');
    expect(byRole('button', 'Show password').getAttribute('aria-pressed')).toBe('true');
  });

  it('says why the accounts of before are not there', async () => {
    await openApp({ accounts: [], people: [], accountsLost: true });
    expect(textOf(document.body)).toContain('It was kept as accounts.json.unreadable. Sign in again');
  });

  describe('on a desktop without a keyring', () => {
    const bare = { accounts: [], people: [], secretsProtected: false };

    it('says so, and goes on when the person wants to', async () => {
      const app = await openApp(bare);
      const warning = byRole('region', 'This desktop has no keyring');
      expect(textOf(warning)).toContain('other programs of your desktop user can read');
      expect(queryByRole('textbox', 'Homeserver')).toBeNull();
      expect(document.activeElement).toBe(byRole('heading', 'This desktop has no keyring'));

      await press('Continue without a keyring');
      expect(app.asked('settings:change')).toEqual([{ withoutKeyring: true }]);
      expect(queryByRole('region', 'This desktop has no keyring')).toBeNull();
      expect(document.activeElement).toBe(byRole('textbox', 'Homeserver'));
    });

    it('says so once', async () => {
      await openApp({ ...bare, settings: { ...defaultSettings, language: 'en', withoutKeyring: true } });
      expect(textOf(document.body)).not.toContain('keyring');
      expect(queryByRole('textbox', 'Homeserver')).not.toBeNull();
    });

    it('goes on also where the choice cannot be kept', async () => {
      const app = await openApp(bare);
      app.answers['settings:change'] = () => Promise.reject(new Error('disk full'));
      await press('Continue without a keyring');
      expect(queryByRole('textbox', 'Homeserver')).not.toBeNull();
    });
  });
});

describe('an account that the server has signed out', () => {
  it('is told in a banner that leads to the form, filled in as far as known', async () => {
    await openApp({ accounts: [account({ connection: 'signedOut' })] });
    expect(textOf(document.body)).toContain('example.org has signed @anna:example.org out. Calls cannot reach you.');

    await press('Sign in again');
    expect([value('Homeserver'), value('User name'), value('Password')]).toEqual(['example.org', 'anna', '']);
    expect(document.activeElement).toBe(byRole('textbox', 'Password'));

    await press('Back');
    expect(allByRole('navigation', 'Main')).toHaveLength(1);
  });
});

it('an account whose session the keyring does not open is told so, and not that its server has ended it', async () => {
  await openApp({ accounts: [account({ connection: 'signedOut', trouble: 'keyring' })] });
  expect(textOf(document.body)).toContain('@anna:example.org: the keyring of this desktop does not open its session.');
  expect(textOf(document.body)).not.toContain('has signed');
  await press('Sign in again');
  expect(value('User name')).toBe('anna');
});

describe('an account whose files are in trouble', () => {
  it('is told why; the person can have it tried again', async () => {
    const app = await openApp({ accounts: [account({ connection: 'offline', trouble: 'diskFull' })] });
    expect(textOf(document.body)).toContain('@anna:example.org: the disk is full.');
    await press('Try again');
    expect(app.asked('account:retry')).toEqual([{ account: '@anna:example.org' }]);
    app.tell('accounts:changed', [account({})]);
    await settle();
    expect(textOf(document.body)).not.toContain('the disk is full');
  });

  it('is told that the certificate of its server is not trusted any more', async () => {
    const app = await openApp({ accounts: [account({ connection: 'offline', trouble: 'certificate' })] });
    expect(textOf(document.body)).toMatch(/certificate of its server is not trusted any more.*this computer’s clock/);
    await press('Try again');
    expect(app.asked('account:retry')).toEqual([{ account: '@anna:example.org' }]);
  });

  it('starts over as a new device where the keys are lost', async () => {
    const app = await openApp({ accounts: [account({ connection: 'offline', trouble: 'damaged' })] });
    expect(textOf(document.body)).toContain('this computer then counts as a new device');
    await press('Sign in again');
    expect(app.asked('account:startOver')).toEqual([{ account: '@anna:example.org' }]);
    expect(value('User name')).toBe('anna');
  });

  it('waits for an update where the files are of a later version', async () => {
    await openApp({ accounts: [account({ connection: 'offline', trouble: 'newer' })] });
    expect(textOf(document.body)).toContain('Update Carillon to receive calls.');
    expect(allByRole('button', 'Try again')).toEqual([]);
  });
});
