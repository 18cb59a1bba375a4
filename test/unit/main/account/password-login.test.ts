import { describe, expect, it } from 'vitest';

import { passwordLogin } from '../../../../main/account/password-login';
import { makeWeb, type Page } from './web';

const baseUrl = 'https://hs.example.org';
const login = `${baseUrl}/_matrix/client/v3/login`;
const flows: Page = { json: { flows: [{ type: 'm.login.sso' }, { type: 'm.login.password' }] } };
const granted = { user_id: '@bob:example.org', device_id: 'DEVICE', access_token: 'token' };
const credentials = { baseUrl, user: 'bob', password: 'secret', deviceId: undefined };

function answering(page: Page, offer = flows) {
  return makeWeb({ [`GET ${login}`]: offer, [`POST ${login}`]: page });
}

it('asks for the flows first, then names the device and no refresh token', async () => {
  const web = answering({ json: { ...granted, well_known: { a: 1 } } });
  expect(await passwordLogin(web.fetch, credentials)).toEqual({
    ok: true,
    userId: '@bob:example.org',
    deviceId: 'DEVICE',
    token: 'token',
    oauth: null,
    wellKnown: { a: 1 },
  });
  expect(web.asked.map(({ method }) => method)).toEqual(['GET', 'POST']);
  expect(web.asked[1]?.body).toEqual({
    type: 'm.login.password',
    identifier: { type: 'm.id.user', user: 'bob' },
    password: 'secret',
    initial_device_display_name: 'Carillon',
  });
});

it('takes the place of a device whose token was lost', async () => {
  const web = answering({ json: granted });
  await passwordLogin(web.fetch, { ...credentials, deviceId: 'OLD' });
  expect(web.asked[1]?.body).toMatchObject({ device_id: 'OLD' });
});

it('a password is not carried to where a redirect points', async () => {
  const web = answering({ json: granted });
  await passwordLogin(web.fetch, credentials);
  expect(web.fetch.mock.calls.map(([, options]) => options?.redirect)).toEqual(['follow', 'error']);
});

describe('refused', () => {
  const error = (status: number, errcode?: string): Page => ({
    json: errcode === undefined ? {} : { errcode },
    status,
  });

  it.each<[string, Page, string]>([
    ['a wrong password', error(403, 'M_FORBIDDEN'), 'wrongPassword'],
    ['a name that cannot be', error(400, 'M_INVALID_USERNAME'), 'wrongPassword'],
    ['deactivated', error(403, 'M_USER_DEACTIVATED'), 'deactivated'],
    ['locked', error(401, 'M_USER_LOCKED'), 'deactivated'],
    ['the homeserver in trouble', error(500, 'M_UNKNOWN'), 'unreachable'],
    ['gone meanwhile', { code: 'ECONNRESET' }, 'unreachable'],
    ['a name that no longer resolves', { code: 'ENOTFOUND' }, 'unreachable'],
    ['no Matrix error', error(400), 'notMatrix'],
    ['an answer without a token', { json: { user_id: '@bob:example.org' } }, 'notMatrix'],
    ['a user id that is none', { json: { ...granted, user_id: 'bob' } }, 'notMatrix'],
  ])('%s', async (_what, page, reason) => {
    expect(await passwordLogin(answering(page).fetch, credentials)).toEqual({ ok: false, reason });
  });

  it.each<[string, Page, string]>([
    ['other ways to sign in only', { json: { flows: [{ type: 'm.login.sso' }] } }, 'passwordUnsupported'],
    ['no login at all', error(404, 'M_UNRECOGNIZED'), 'notMatrix'],
    ['the homeserver in trouble', error(502), 'unreachable'],
    ['gone', { code: 'ECONNREFUSED' }, 'unreachable'],
  ])('before the password is sent: %s', async (_what, offer, reason) => {
    const web = answering({ json: granted }, offer);
    expect(await passwordLogin(web.fetch, credentials)).toEqual({ ok: false, reason });
    expect(web.asked).toHaveLength(1);
  });

  it.each<[string, Page, number | undefined]>([
    ['in the body', { json: { errcode: 'M_LIMIT_EXCEEDED', retry_after_ms: 1500 }, status: 429 }, 1500],
    ['in the header', { json: {}, status: 429, headers: { 'retry-after': '3' } }, 3000],
    ['nowhere', { json: {}, status: 429 }, undefined],
  ])('too often; the time to wait %s', async (_where, page, retryAfter) => {
    const result = await passwordLogin(answering(page).fetch, credentials);
    expect(result).toEqual({ ok: false, reason: 'rateLimited', ...(retryAfter !== undefined && { retryAfter }) });
  });
});
