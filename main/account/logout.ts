/** Ends a session where it was begun: at the OAuth 2.0 service, or at the homeserver itself. */
import { type Fetch, request } from './http';
import { revokeTokens } from './oauth-client';
import { readOAuthMetadata } from './oauth-metadata';
import type { Credentials } from './vault';

/** Best effort: the session is forgotten here whatever they say. Never rejects. */
export async function logout(
  fetch: Fetch,
  { baseUrl, token, oauth }: Credentials & { readonly baseUrl: string },
): Promise<void> {
  if (oauth === null) {
    await request(fetch, 'POST', `${baseUrl}/_matrix/client/v3/logout`, { body: {}, token, timeout: 5000 });
    return;
  }
  const found = await readOAuthMetadata(fetch, baseUrl);
  if (!found.ok || found.metadata === null) return;
  const { refreshToken } = oauth;
  await revokeTokens(fetch, found.metadata, oauth.clientId, { accessToken: token, refreshToken });
}
