import { expect, it } from 'vitest';

import { signInMethods } from '../../../../main/account/sign-in-methods';
import { metadata } from './oauth-service';
import { makeWeb, type Page } from './web';

const base = 'https://hs.example.org';
const none: Page = { json: { errcode: 'M_UNRECOGNIZED' }, status: 404 };
const flows = (...all: object[]): Page => ({ json: { flows: all } });
const [password, token] = [{ type: 'm.login.password' }, { type: 'm.login.token' }];
const sso = { type: 'm.login.sso', identity_providers: [{ id: 'oidc-school', name: 'School', brand: 'x' }] };
const school = { kind: 'sso', provider: 'oidc-school', name: 'School' };
const code = { kind: 'oauth', deviceCode: true };

const ask = (login: Page, oauth: Page) =>
  signInMethods(
    makeWeb({ [`${base}/_matrix/client/v3/login`]: login, [`${base}/_matrix/client/v1/auth_metadata`]: oauth }).fetch,
    base,
  );

it.each<[string, Page, Page, object[]]>([
  ['a password', flows(password), none, [{ kind: 'password' }]],
  ['the best first', flows(password, token, sso), { json: metadata }, [code, school, { kind: 'password' }]],
  ['OAuth 2.0 where there is no other login', none, { json: metadata }, [code]],
  [
    'single sign-on for programs without OAuth 2.0',
    flows({ ...sso, oauth_aware_preferred: true }, token),
    { json: metadata },
    [code],
  ],
  ['the same where OAuth 2.0 cannot be used', flows({ ...sso, oauth_aware_preferred: true }, token), none, [school]],
  [
    'a homeserver that asks itself',
    flows({ type: 'm.login.sso' }, token),
    none,
    [{ kind: 'sso', provider: null, name: null }],
  ],
  ['single sign-on whose token nobody takes', flows(sso, password), none, [{ kind: 'password' }]],
  [
    'providers that are none',
    flows({ ...sso, identity_providers: 'x' }, token),
    none,
    [{ ...school, provider: null, name: null }],
  ],
  [
    'no device code',
    none,
    { json: { ...metadata, device_authorization_endpoint: undefined } },
    [{ kind: 'oauth', deviceCode: false }],
  ],
])('%s', async (_what, login, oauth, methods) => {
  expect(await ask(login, oauth)).toEqual({ ok: true, methods });
});

it.each<[string, Page]>([
  ['its token would travel unprotected', { json: { ...metadata, token_endpoint: 'http://auth.example.org/token' } }],
  ['it knows no proof of possession', { json: { ...metadata, code_challenge_methods_supported: ['plain'] } }],
  ['it brings nothing back to a listener', { json: { ...metadata, response_modes_supported: ['fragment'] } }],
  ['it is no document', { text: '<html>' }],
])('OAuth 2.0 is not offered where %s', async (_what, oauth) => {
  expect(await ask(flows(password), oauth)).toEqual({ ok: true, methods: [{ kind: 'password' }] });
});

it.each<[string, Page, Page, object]>([
  ['nothing that we know', flows({ type: 'm.login.dummy' }), none, { reason: 'noMethods' }],
  ['no login at all', none, none, { reason: 'notMatrix' }],
  ['gone', { code: 'ECONNREFUSED' }, { code: 'ECONNREFUSED' }, { reason: 'unreachable' }],
  ['in trouble', flows(password), { json: {}, status: 502 }, { reason: 'unreachable' }],
  ['too often', { json: { retry_after_ms: 7 }, status: 429 }, none, { reason: 'rateLimited', retryAfter: 7 }],
])('no answer: %s', async (_what, login, oauth, failure) => {
  expect(await ask(login, oauth)).toEqual({ ok: false, ...failure });
});
