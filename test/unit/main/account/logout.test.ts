import { expect, it } from 'vitest';

import { logout } from '../../../../main/account/logout';
import { metadata, service } from './oauth-service';
import { makeWeb } from './web';

const baseUrl = 'https://hs.example.org';

it('ends a session at the homeserver', async () => {
  const url = `${baseUrl}/_matrix/client/v3/logout`;
  const web = makeWeb({ [url]: { json: {} } });
  await logout(web.fetch, { baseUrl, token: 'token', oauth: null });
  expect(web.asked).toEqual([{ method: 'POST', url, body: {}, token: 'Bearer token' }]);
});

it('revokes both tokens of an OAuth 2.0 service', async () => {
  const web = makeWeb(service(baseUrl));
  await logout(web.fetch, { baseUrl, token: 'token', oauth: { clientId: 'client', refreshToken: 'refresh' } });
  const revoked = web.asked.filter(({ url }) => url === metadata.revocation_endpoint).map(({ body }) => body);
  expect(revoked).toEqual([
    { token: 'token', token_type_hint: 'access_token', client_id: 'client' },
    { token: 'refresh', token_type_hint: 'refresh_token', client_id: 'client' },
  ]);
});

it.each([null, { clientId: 'client', refreshToken: null }])('does not mind when nobody is there', async (oauth) => {
  await logout(makeWeb({}).fetch, { baseUrl, token: 'token', oauth });
});
