/** Signing in through a browser, against a real homeserver and in a real Chromium: single sign-on and OAuth 2.0. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import type { Credentials, StoredSession } from '../../../main/account/vault';
import type { Trust } from '../../../main/trust/contract';
import type { BrowserMethod, SignInResult } from '../../../preload/contract/accounts';
import type { UserId } from '../../../preload/contract/ids';
import type { Homeserver } from '../../homeserver/homeserver.ts';
import { type PersonsBrowser, signInThere, startBrowser, trustCarillon } from '../../homeserver/browser.ts';
import {
  type OAuthHomeserver,
  type SsoHomeserver,
  startOAuthHomeserver,
  startSsoHomeserver,
} from '../../homeserver/signing-in.ts';
import { until } from '../../homeserver/until.ts';
import { makeProfile, type Profile } from './profile.ts';

let browser: PersonsBrowser;
const profiles: Profile[] = [];
let count = 0;

beforeAll(async () => {
  browser = await startBrowser();
});
afterEach(async () => {
  await Promise.all(profiles.splice(0).map(({ accounts }) => accounts.stop(1000)));
});
afterAll(() => browser.close());

function profile(...disk: Parameters<typeof makeProfile>): Profile {
  const made = makeProfile(...disk);
  profiles.push(made);
  return made;
}

const somebody = (): string => `somebody${++count}`;

function accountOf(result: SignInResult): UserId {
  if (!result.ok) throw new Error(result.reason);
  return result.account;
}

/** The keyring of the tests turns texts round. */
const unsealed = (stored: StoredSession | undefined): Credentials =>
  JSON.parse(
    Buffer.from(stored?.secret?.text ?? '', 'base64')
      .reverse()
      .toString(),
  ) as Credentials;

/** An account whose first identity is made, and which wants another one: what that asks of the person is left to do. */
async function startOver(own: Profile, id: UserId, { request }: Pick<Homeserver, 'request'>) {
  const trust = (): Trust => {
    const found = own.session(id).trust();
    if (found === undefined) throw new Error('no client');
    return found;
  };
  await expect.poll(() => trust().current()).toMatchObject({ identity: 'verified', task: null });
  const begin = async () => {
    expect(await trust().newRecoveryKey()).toMatchObject({ ok: true });
    return { result: trust().setUp(true), url: await own.browser.next() };
  };
  const masterKey = async (): Promise<unknown> => {
    const wanted = { device_keys: { [id]: [] } };
    const { token } = unsealed(own.disk[0]);
    const { body } = await request(token, 'POST', '/_matrix/client/v3/keys/query', wanted);
    return (body.master_keys as Record<string, { readonly keys: unknown }>)[id]?.keys;
  };
  const before = await masterKey();
  const isAnother = async (): Promise<void> => {
    expect(trust().current()).toMatchObject({ identity: 'verified', recovery: 'ready', backup: { state: 'on' } });
    const now = await masterKey();
    expect(before).toBeDefined();
    expect(now).toBeDefined();
    expect(now).not.toEqual(before);
  };
  return { trust, begin, isAnother };
}

describe('single sign-on', () => {
  const school: BrowserMethod = { kind: 'sso', provider: 'oidc-school' };
  let homeserver: SsoHomeserver;
  beforeAll(async () => {
    homeserver = await startSsoHomeserver({ turn: false });
  });
  afterAll(() => homeserver.stop());

  async function signIn(own: Profile, name: string, again: UserId | null = null): Promise<SignInResult> {
    const result = own.accounts.signInByBrowser(homeserver.baseUrl, school, again);
    const page = await browser.open(await own.browser.next());
    await signInThere(page, name);
    await trustCarillon(page);
    await page.waitForURL(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{22}\?/);
    expect(await page.title()).toBe('done');
    return result;
  }

  test('is offered by its name, before passwords', async () => {
    expect(await profile().accounts.methods(homeserver.baseUrl)).toEqual({
      ok: true,
      methods: [{ kind: 'sso', provider: 'oidc-school', name: 'School' }, { kind: 'password' }],
    });
  });

  test('signs in, says where it stands, and is there again at the next start', async () => {
    const [own, name] = [profile(), somebody()];
    const id = accountOf(await signIn(own, name));
    expect(id).toBe(`@${name}:${homeserver.serverName}`);
    expect(own.progress).toEqual([{ stage: 'asking' }, { stage: 'browser' }, { stage: 'finishing' }]);
    await own.connection(id, 'online');
    await own.accounts.stop(1000);
    const next = profile(own.disk, own.folder);
    await next.accounts.restore();
    await next.connection(id, 'online');
  });

  test('a stranger at the listener learns nothing and ends nothing', async () => {
    const [own, name] = [profile(), somebody()];
    const result = own.accounts.signInByBrowser(homeserver.baseUrl, school, null);
    const url = await own.browser.next();
    const back = new URL(new URL(url).searchParams.get('redirectUrl') ?? '');
    const ask = async (address: string, init?: RequestInit) => {
      const response = await fetch(address, init);
      return { status: response.status, text: await response.text() };
    };
    expect(await ask(back.origin)).toEqual({ status: 404, text: '' });
    expect(await ask(`${back.href}&loginToken=mine`, { method: 'POST' })).toEqual({ status: 404, text: '' });
    const foreign = await ask(`${back.origin}${back.pathname}?state=guessed&loginToken=mine`);
    expect(foreign).toEqual({ status: 400, text: '<!doctype html><title>foreign</title>' });

    const page = await browser.open(url);
    await signInThere(page, name);
    await trustCarillon(page);
    expect(accountOf(await result)).toBe(`@${name}:${homeserver.serverName}`);
    await expect(fetch(back.href)).rejects.toThrow();
  });

  test('cancelled: nothing is kept, and a page that comes back late finds nobody', async () => {
    const own = profile();
    const result = own.accounts.signInByBrowser(homeserver.baseUrl, school, null);
    const url = await own.browser.next();
    own.accounts.openBrowser();
    expect(await own.browser.next()).toBe(url);
    own.accounts.cancelSignIn();
    expect(await result).toEqual({ ok: false, reason: 'cancelled' });
    const back = new URL(url).searchParams.get('redirectUrl') ?? '';
    await until('the listener to be gone', 20_000, () =>
      fetch(back).then(
        () => undefined,
        () => true,
      ),
    );
    own.accounts.openBrowser();
    expect(own.browser.opened).toHaveLength(2);
    expect([own.disk, own.accounts.list()]).toEqual([[], []]);
  });

  test('the homeserver goes away while the person is in the browser: said, and later it works', async () => {
    const [own, name] = [profile(), somebody()];
    const result = own.accounts.signInByBrowser(homeserver.baseUrl, school, null);
    const page = await browser.open(await own.browser.next());
    own.network.hinder('fails', /\/login$/);
    await signInThere(page, name);
    await trustCarillon(page);
    expect(await result).toEqual({ ok: false, reason: 'unreachable' });
    expect([own.disk, own.accounts.list()]).toEqual([[], []]);
    own.network.mend();
    await own.connection(accountOf(await signIn(own, name)), 'online');
  });

  test('without a browser', async () => {
    const own = profile();
    own.browser.remove();
    expect(await own.accounts.signInByBrowser(homeserver.baseUrl, school, null)).toMatchObject({ reason: 'noBrowser' });
  });

  test('a new identity is proved by the same sign-in; given up in the middle, it can be begun anew', async () => {
    const [own, name] = [profile(), somebody()];
    const { trust, begin, isAnother } = await startOver(own, accountOf(await signIn(own, name)), homeserver);
    const first = await begin();
    expect(trust().current().task).toEqual({ what: 'reset', stage: 'browser' });
    trust().cancelTask();
    expect(await first.result).toEqual({ ok: false, reason: 'cancelled' });

    const { result, url } = await begin();
    const page = await browser.open(url);
    await page.getByRole('link', { name: 'Continue with School' }).click();
    await signInThere(page, name);
    expect(await result).toEqual({ ok: true });
    await isAnother();
  });

  test('again as somebody else is refused, and that session ended', async () => {
    const [own, name, other] = [profile(), somebody(), somebody()];
    const id = accountOf(await signIn(own, name));
    await own.accounts.signOut(id);
    expect(await signIn(own, other, id)).toEqual({ ok: false, reason: 'otherUser' });
    expect(own.disk).toEqual([]);
  });
});

describe('OAuth 2.0', () => {
  const oauth: BrowserMethod = { kind: 'oauth' };
  let homeserver: OAuthHomeserver;
  beforeAll(async () => {
    homeserver = await startOAuthHomeserver({ turn: false });
  });
  afterAll(() => homeserver.stop());
  afterEach(() => {
    homeserver.oauth.lifetime.accessToken = 300;
    Object.assign(homeserver.oauth.faults, { tokenEndpointDown: false, noRotation: false, refuses: false });
  });

  async function begin(own: Profile, name: string, again: UserId | null = null) {
    const result = own.accounts.signInByBrowser(homeserver.baseUrl, oauth, again);
    const page = await browser.open(await own.browser.next());
    await signInThere(page, name);
    return { result, page };
  }
  async function signedIn(own: Profile, name = somebody()): Promise<UserId> {
    const { result } = await begin(own, name);
    const id = accountOf(await result);
    await own.connection(id, 'online');
    return id;
  }
  const renewals = (): number => homeserver.oauth.granted.filter((grant) => grant === 'refresh_token').length;
  const renewed = (more: number): Promise<boolean> => {
    const wanted = renewals() + more;
    return until('a renewal', 20_000, () => Promise.resolve(renewals() >= wanted || undefined));
  };

  test('is all that is offered', async () => {
    const { accounts } = profile();
    expect(await accounts.methods(homeserver.baseUrl)).toEqual({
      ok: true,
      methods: [{ kind: 'oauth', deviceCode: true }],
    });
    expect(await accounts.signIn(homeserver.baseUrl, 'alice', 'secret')).toMatchObject({ ok: false });
  });

  test('signs in with a code that only we can redeem; the next start renews and needs no person', async () => {
    homeserver.oauth.lifetime.accessToken = 2;
    const [own, name] = [profile(), somebody()];
    const { result, page } = await begin(own, name);
    const id = accountOf(await result);
    expect(id).toBe(`@${name}:${homeserver.serverName}`);
    await page.waitForURL(/\?code=/);
    expect(new URL(page.url()).searchParams.get('iss')).toBe(homeserver.oauth.service.issuer);
    await own.connection(id, 'online');
    await own.accounts.stop(1000);

    const [kept] = own.disk;
    await until('the token to age out', 20_000, async () => {
      const { token } = unsealed(kept);
      const { status } = await homeserver.request(token, 'GET', '/_matrix/client/v3/account/whoami');
      return status === 401 || undefined;
    });
    homeserver.oauth.lifetime.accessToken = 300;
    const next = profile(own.disk, own.folder);
    await next.accounts.restore();
    await next.connection(id, 'online');
    expect(unsealed(next.disk[0]).token).not.toBe(unsealed(kept).token);
  });

  test('tokens are renewed while it runs, through an outage of the service too', async () => {
    homeserver.oauth.lifetime.accessToken = 2;
    const own = profile();
    const id = await signedIn(own);
    const shake = setInterval(() => own.accounts.wake(), 500); // the poll under way would outlive many tokens
    await renewed(2);
    homeserver.oauth.faults.tokenEndpointDown = true;
    await own.connection(id, 'offline');
    homeserver.oauth.faults.tokenEndpointDown = false;
    await own.connection(id, 'online');
    await renewed(1);
    clearInterval(shake);
  });

  test('a service that does not rotate refresh tokens', async () => {
    homeserver.oauth.lifetime.accessToken = 2;
    homeserver.oauth.faults.noRotation = true;
    const own = profile();
    const id = await signedIn(own);
    const shake = setInterval(() => own.accounts.wake(), 500);
    await renewed(3);
    clearInterval(shake);
    expect(own.accounts.list()).toMatchObject([{ userId: id, connection: 'online' }]);
  });

  test('a refused renewal signs out; signing in again brings the account back', async () => {
    homeserver.oauth.lifetime.accessToken = 2;
    const [own, name] = [profile(), somebody()];
    const id = await signedIn(own, name);
    homeserver.oauth.faults.refuses = true;
    const shake = setInterval(() => own.accounts.wake(), 500);
    await own.connection(id, 'signedOut');
    clearInterval(shake);
    expect(own.disk).toMatchObject([{ userId: id, secret: null, ended: 'hard' }]);

    homeserver.oauth.faults.refuses = false;
    const { result } = await begin(own, name, id);
    expect(await result).toEqual({ ok: true, account: id });
    await own.connection(id, 'online');
  });

  test('signing out revokes both tokens and removes the device', async () => {
    const [own, name] = [profile(), somebody()];
    const other = await homeserver.person(name);
    const id = await signedIn(own, name);
    const devices = async () =>
      (await homeserver.request(other.accessToken, 'GET', '/_matrix/client/v3/devices')).body.devices;
    expect(await devices()).toHaveLength(2);
    await own.accounts.signOut(id);
    expect(await devices()).toMatchObject([{ device_id: other.deviceId }]);
    expect(own.disk).toEqual([]);
  });

  test('a new identity is allowed on the page of the service', async () => {
    const [own, name] = [profile(), somebody()];
    const { begin, isAnother } = await startOver(own, await signedIn(own, name), homeserver);
    const { result, url } = await begin();
    const page = await browser.open(url);
    await page.getByLabel('Name').fill(name);
    await page.getByRole('button', { name: 'Allow' }).click();
    expect(await result).toEqual({ ok: true });
    await isAnother();
  });

  test('refused in the browser', async () => {
    const own = profile();
    const result = own.accounts.signInByBrowser(homeserver.baseUrl, oauth, null);
    const page = await browser.open(await own.browser.next());
    await signInThere(page, somebody(), 'wrong');
    expect(await result).toEqual({ ok: false, reason: 'refusedInBrowser' });
    await page.waitForFunction(() => document.title === 'refused');
  });

  test('a service that is gone in the middle', async () => {
    const own = profile();
    const result = own.accounts.signInByBrowser(homeserver.baseUrl, oauth, null);
    const page = await browser.open(await own.browser.next());
    homeserver.oauth.faults.tokenEndpointDown = true;
    await signInThere(page, somebody());
    expect(await result).toEqual({ ok: false, reason: 'unreachable' });
  });

  test.each([
    ['the homeserver at first', /\/versions$/, 'before'],
    ['the homeserver that is asked for its service', /\/auth_metadata$/, 'before'],
    ['the service that is to know us', /\/reg$/, 'before'],
    ['the service that is to grant tokens', /\/token$/, 'after'],
    ['the homeserver that is asked whose they are', /\/whoami$/, 'after'],
  ] as const)('%s goes away: said, nothing is kept, and later it works', async (_what, at, when) => {
    const own = profile();
    const gone = { ok: false, reason: 'unreachable' };
    own.network.hinder('fails', at);
    if (when === 'before') expect(await own.accounts.signInByBrowser(homeserver.baseUrl, oauth, null)).toEqual(gone);
    else expect(await (await begin(own, somebody())).result).toEqual(gone);
    expect([own.disk, own.accounts.list()]).toEqual([[], []]);
    own.network.mend();
    await signedIn(own);
  });

  test('the service is gone when the person signs out: forgotten here all the same, and at once', async () => {
    const own = profile();
    const id = await signedIn(own);
    own.network.hinder('fails', /\/(auth_metadata|token\/revocation)$/);
    await own.accounts.signOut(id);
    expect([own.disk, own.accounts.list()]).toEqual([[], []]);
  });

  describe('by a code that is typed on another device', () => {
    async function codeOf(own: Profile) {
      return until('a code', 20_000, () => Promise.resolve(own.progress.find((now) => now.stage === 'code')));
    }
    async function type(own: Profile, name: string, password?: string): Promise<void> {
      const { code, address, validFor } = await codeOf(own);
      expect(validFor).toBe(600_000);
      const page = await browser.open(address);
      await page.getByRole('textbox').fill(code);
      await page.getByRole('button').click();
      await page.getByRole('button', { name: 'Continue' }).click();
      await signInThere(page, name, password);
    }

    test('signs in where no browser can be opened', async () => {
      const [own, name] = [profile(), somebody()];
      own.browser.remove();
      const result = own.accounts.signInByBrowser(homeserver.baseUrl, oauth, null);
      await type(own, name);
      expect(accountOf(await result)).toBe(`@${name}:${homeserver.serverName}`);
      expect(own.progress.at(-1)).toEqual({ stage: 'finishing' });
    });

    test('is refused there', async () => {
      const own = profile();
      const result = own.accounts.signInByBrowser(homeserver.baseUrl, { kind: 'deviceCode' }, null);
      await type(own, somebody(), 'wrong');
      expect(await result).toEqual({ ok: false, reason: 'refusedInBrowser' });
    });

    test('can be cancelled while it waits', async () => {
      const own = profile();
      const result = own.accounts.signInByBrowser(homeserver.baseUrl, { kind: 'deviceCode' }, null);
      await codeOf(own);
      own.accounts.cancelSignIn();
      expect(await result).toEqual({ ok: false, reason: 'cancelled' });
    });
  });
});
