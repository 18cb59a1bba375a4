/** What a person and a service may do on the way through the browser. The good ways are shown against a real homeserver. */
import { randomBytes } from 'node:crypto';

import { describe, expect, it, vi } from 'vitest';

import type { Attempt, BrowserEnv } from '../../../../main/account/in-browser';
import type { LoginResult } from '../../../../main/account/login';
import { oauthLogin } from '../../../../main/account/oauth-login';
import { ssoLogin } from '../../../../main/account/sso-login';
import type { SignInProgress } from '../../../../preload/contract/accounts';
import { turnedClock } from '../turned-clock';
import { metadata, service } from './oauth-service';
import { makeWeb, type Page } from './web';

const baseUrl = 'https://hs.example.org';
const whoami = `${baseUrl}/_matrix/client/v3/account/whoami`;

function start(
  pages: Record<string, Page> = {},
  kind: 'browser' | 'deviceCode' | 'sso' = 'browser',
  deviceId?: string,
) {
  const clock = turnedClock();
  const web = makeWeb(service(baseUrl, { [whoami]: { json: { user_id: '@bob:example.org' } }, ...pages }));
  const opened = Promise.withResolvers<URL>();
  const progress: SignInProgress[] = [];
  const giveUp = new AbortController();
  const attempt: Attempt = {
    signal: giveUp.signal,
    progress: (now) => progress.push(now),
    reopen: () => undefined,
  };
  const env: BrowserEnv = {
    clock,
    random: (bytes) => randomBytes(bytes).toString('base64url'),
    browser: {
      open: vi.fn((url: string) => {
        opened.resolve(new URL(url));
        return Promise.resolve();
      }),
      page: (which) => which,
      returned: vi.fn(),
    },
  };
  const { fetch } = web;
  const result: Promise<LoginResult> =
    kind === 'sso'
      ? ssoLogin(fetch, env, attempt, { baseUrl, provider: null, deviceId })
      : oauthLogin(fetch, fetch, env, attempt, { baseUrl, way: kind, deviceId });
  return { ...web, env, clock, progress, giveUp, result, opened: opened.promise };
}

/** The redirect that a browser would follow. */
async function comeBack(opened: Promise<URL>, query: Record<string, string>): Promise<void> {
  const asked = (await opened).searchParams;
  const url = new URL(asked.get('redirectUrl') ?? asked.get('redirect_uri') ?? '');
  const state = asked.get('state');
  for (const [name, value] of Object.entries({ ...(state !== null && { state }), ...query })) {
    url.searchParams.set(name, value);
  }
  await fetch(url);
}

describe('OAuth 2.0 in the browser', () => {
  it('registers a native program at a listener without port, and asks for a device of ours with PKCE', async () => {
    const { opened, result, asked, env } = start();
    const query = Object.fromEntries((await opened).searchParams);
    expect(query).toMatchObject({
      response_type: 'code',
      response_mode: 'query',
      client_id: 'client',
      code_challenge_method: 'S256',
    });
    expect(query.scope).toMatch(/^urn:matrix:client:api:\* urn:matrix:client:device:[\w-]{16}$/);
    expect(query.redirect_uri).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{22}$/);
    expect(asked.find(({ url }) => url === metadata.registration_endpoint)?.body).toMatchObject({
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      redirect_uris: [query.redirect_uri?.replace(/:\d+/, '')],
      grant_types: metadata.grant_types_supported,
    });

    await comeBack(opened, { code: 'earned', iss: metadata.issuer });
    expect(await result).toMatchObject({
      ok: true,
      userId: '@bob:example.org',
      token: 'token',
      oauth: { clientId: 'client', refreshToken: 'refresh' },
    });
    expect(env.browser.returned).toHaveBeenCalledOnce();
    const redeemed = asked.find(({ url }) => url === metadata.token_endpoint)?.body as Record<string, string>;
    expect(redeemed).toMatchObject({ code: 'earned', redirect_uri: query.redirect_uri });
    expect(redeemed.code_verifier).toMatch(/^[\w-]{43,128}$/);
  });

  it.each([
    ['OLDDEVICE42', /device:OLDDEVICE42$/],
    ['short', /device:[\w-]{16}$/],
  ])('takes the place of the device %s if its id will do', async (deviceId, scope) => {
    const { opened, giveUp } = start({}, 'browser', deviceId);
    expect((await opened).searchParams.get('scope')).toMatch(scope);
    giveUp.abort();
  });

  it.each<[string, Record<string, string>, string]>([
    ['by the person', { error: 'access_denied', iss: metadata.issuer }, 'refusedInBrowser'],
    ['by a fault of the service', { error: 'server_error' }, 'serviceFailed'],
    ['by another service than the one that was asked', { code: 'x', iss: 'https://evil.example' }, 'serviceFailed'],
  ])('refused %s: nothing is redeemed', async (_what, query, reason) => {
    const { opened, result, asked } = start();
    await comeBack(opened, query);
    expect(await result).toEqual({ ok: false, reason });
    expect(asked.some(({ url }) => url === metadata.token_endpoint)).toBe(false);
  });

  it('a service that promises to name itself must', async () => {
    const strict = { ...metadata, authorization_response_iss_parameter_supported: true };
    const { opened, result } = start({ [`${baseUrl}/_matrix/client/v1/auth_metadata`]: { json: strict } });
    await comeBack(opened, { code: 'x' });
    expect(await result).toEqual({ ok: false, reason: 'serviceFailed' });
  });

  it.each<[string, Page, string]>([
    ['the code is refused', { json: { error: 'invalid_grant' }, status: 400 }, 'serviceFailed'],
    ['no tokens come', { json: {} }, 'serviceFailed'],
    ['tokens of another kind come', { json: { access_token: 'x', token_type: 'mac' } }, 'serviceFailed'],
    ['the service is out of order', { json: {}, status: 500 }, 'unreachable'],
  ])('%s', async (_what, page, reason) => {
    const { opened, result } = start({ [metadata.token_endpoint]: page });
    await comeBack(opened, { code: 'x' });
    expect(await result).toEqual({ ok: false, reason });
  });

  it.each<[string, Page, string]>([
    ['knows nobody by the token', { json: { errcode: 'M_UNKNOWN_TOKEN' }, status: 401 }, 'serviceFailed'],
    ['knows it for another device', { json: { user_id: '@bob:x', device_id: 'OTHER' } }, 'serviceFailed'],
    ['is gone', { code: 'ECONNREFUSED' }, 'unreachable'],
  ])('a homeserver that %s: the tokens are given back', async (_what, page, reason) => {
    const { opened, result, asked, clock } = start({ [whoami]: page });
    await comeBack(opened, { code: 'x' });
    const turning = setInterval(() => clock.turn(1000), 10);
    expect(await result).toEqual({ ok: false, reason });
    clearInterval(turning);
    expect(asked.filter(({ url }) => url === metadata.revocation_endpoint)).toHaveLength(2);
  });

  it.each<[string, Page]>([
    ['is too busy', { json: {}, status: 503 }],
    ['loses the connection', { code: 'UND_ERR_SOCKET' }],
  ])('a homeserver that %s for a moment is asked again: the person has done their part', async (_what, page) => {
    const { opened, result, asked, clock, pages } = start({ [whoami]: page });
    await comeBack(opened, { code: 'x' });
    await vi.waitFor(() => {
      expect(asked.filter(({ url }) => url === whoami)).toHaveLength(1);
    }, 10_000);
    pages[whoami] = { json: { user_id: '@bob:example.org' } };
    const turning = setInterval(() => clock.turn(1000), 10);
    expect(await result).toMatchObject({ ok: true, userId: '@bob:example.org' });
    clearInterval(turning);
    expect(asked.filter(({ url }) => url === metadata.revocation_endpoint)).toEqual([]);
  });

  it.each<[string, Record<string, Page>, string]>([
    [
      'has no OAuth 2.0 any more',
      { [`${baseUrl}/_matrix/client/v1/auth_metadata`]: { json: {}, status: 404 } },
      'serviceFailed',
    ],
    ['does not take us', { [metadata.registration_endpoint]: { json: { error: 'x' }, status: 400 } }, 'serviceFailed'],
    ['is out of order', { [metadata.registration_endpoint]: { json: {}, status: 502 } }, 'unreachable'],
  ])('a server that %s: no browser is opened', async (_what, pages, reason) => {
    const { result, env } = start(pages);
    expect(await result).toEqual({ ok: false, reason });
    expect(env.browser.open).not.toHaveBeenCalled();
  });

  it('never opens anything but a page of the web', async () => {
    const evil = { ...metadata, authorization_endpoint: 'file:///usr/bin/calculator' };
    const { result, env } = start({ [`${baseUrl}/_matrix/client/v1/auth_metadata`]: { json: evil } });
    expect(await result).toEqual({ ok: false, reason: 'serviceFailed' });
    expect(env.browser.open).not.toHaveBeenCalled();
  });
});

it('single sign-on that brings nothing back', async () => {
  const { opened, result } = start({}, 'sso');
  const url = new URL((await opened).searchParams.get('redirectUrl') ?? '');
  await fetch(url);
  expect(await result).toEqual({ ok: false, reason: 'serviceFailed' });
});

it.each(['sso', 'browser'] as const)(
  '%s: a person who never comes back is waited for, but not for ever',
  async (kind) => {
    const { opened, result, clock, progress } = start({}, kind);
    await opened;
    await vi.waitFor(() => {
      expect(progress.at(-1)).toEqual({ stage: 'browser' });
    }, 10_000);
    clock.turn(15 * 60_000);
    expect(await result).toEqual({ ok: false, reason: 'timedOut' });
  },
);

describe('a code for another device', () => {
  const pending: Page = { json: { error: 'authorization_pending' }, status: 400 };
  const shown = { stage: 'code', code: 'WDJB-MJHT', address: 'https://auth.example.org/link', validFor: 600_000 };
  const looks = ({ asked }: ReturnType<typeof start>): number =>
    asked.filter(({ url }) => url === metadata.token_endpoint).length;

  async function waiting(answer: Page) {
    const made = start({ [metadata.token_endpoint]: answer }, 'deviceCode');
    await vi.waitFor(() => {
      expect(made.progress.at(-1)).toEqual(shown);
    }, 10_000);
    return made;
  }
  /** ms, and until it was asked about so many times. */
  async function turn(made: ReturnType<typeof start>, ms: number, times: number): Promise<void> {
    made.clock.turn(ms);
    await vi.waitFor(() => {
      expect(looks(made)).toBe(times);
    }, 10_000);
    await new Promise(setImmediate);
  }

  it('is asked about at the pace that the service wants, and through an outage', async () => {
    const made = await waiting(pending);
    made.clock.turn(4999);
    expect(looks(made)).toBe(0);
    await turn(made, 1, 1);
    made.pages[metadata.token_endpoint] = { json: { error: 'slow_down' }, status: 400 };
    await turn(made, 5000, 2);
    made.pages[metadata.token_endpoint] = { code: 'ECONNREFUSED' };
    made.clock.turn(9999);
    expect(looks(made)).toBe(2);
    await turn(made, 1, 3);
    made.pages[metadata.token_endpoint] = { json: { access_token: 'token', token_type: 'bearer' } };
    await turn(made, 10_000, 4);
    expect(await made.result).toMatchObject({ ok: true, token: 'token', oauth: { refreshToken: null } });
    expect(made.progress.at(-1)).toEqual({ stage: 'finishing' });
  });

  it.each([
    ['access_denied', 'refusedInBrowser'],
    ['expired_token', 'timedOut'],
    ['invalid_grant', 'serviceFailed'],
  ])('%s', async (error, reason) => {
    const made = await waiting({ json: { error }, status: 400 });
    made.clock.turn(5000);
    expect(await made.result).toEqual({ ok: false, reason });
  });

  it('is good for so long only', async () => {
    const made = await waiting(pending);
    made.clock.turn(600_000);
    expect(await made.result).toEqual({ ok: false, reason: 'timedOut' });
  });

  it.each<[string, Page, string]>([
    ['no code', { json: {} }, 'serviceFailed'],
    [
      'an address that is no page',
      { json: { device_code: 'x', user_code: 'x', verification_uri: 'javascript:x', expires_in: 9 } },
      'serviceFailed',
    ],
    ['out of order', { json: {}, status: 503 }, 'unreachable'],
  ])('%s', async (_what, page, reason) => {
    const { result } = start({ [metadata.device_authorization_endpoint]: page }, 'deviceCode');
    expect(await result).toEqual({ ok: false, reason });
  });
});
