/**
 * The requests of an OAuth 2.0 client: registration, tokens, revocation. Spec: client-server API, "OAuth 2.0 API"; MSC2964,
 * MSC2966, MSC4254; RFC 6749, RFC 7009, RFC 7591. Written out here because each must be bounded in time and must be told
 * apart by what its failure means: an outage is waited out, a refusal ends the session.
 */
import { z } from 'zod';

import { type Fetch, type NetworkFailure, request } from './http';
import { DEVICE_NAME } from './login';
import { DEVICE_CODE, type OAuthMetadata, offersDeviceCode } from './oauth-metadata';

/** Shown by the service to the person who is asked to let this program in. */
const CLIENT_URI = 'https://example.org/carillon';

export interface Tokens {
  readonly accessToken: string;
  /** Null: none came with this answer. */
  readonly refreshToken: string | null;
  /** ms, from the moment of asking; undefined where the service does not say. */
  readonly validFor: number | undefined;
}

export type TokenAnswer =
  | { readonly ok: true; readonly tokens: Tokens }
  /** The service's considered no, by its code of RFC 6749 (5.2) or RFC 8628 (3.5). */
  | { readonly ok: false; readonly reason: 'refused'; readonly error: string }
  /** `malformed`: neither tokens nor a reason. */
  | { readonly ok: false; readonly reason: NetworkFailure | 'malformed' };

const Registered = z.object({ client_id: z.string().min(1) });
const Granted = z.object({
  access_token: z.string().min(1),
  token_type: z.string().regex(/^bearer$/i),
  refresh_token: z.string().min(1).optional(),
  expires_in: z.number().positive().optional().catch(undefined),
});
const Refused = z.object({ error: z.string() });

/** Makes us known to the service. `reachable`: it answered, but does not take us. Never rejects. */
export async function registerClient(
  fetch: Fetch,
  metadata: OAuthMetadata,
  redirectUri: string,
): Promise<{ readonly ok: true; readonly clientId: string } | { readonly ok: false; readonly reachable: boolean }> {
  const grants = ['authorization_code', 'refresh_token', ...(offersDeviceCode(metadata) ? [DEVICE_CODE] : [])];
  const answer = await request(fetch, 'POST', metadata.registration_endpoint, {
    body: {
      application_type: 'native',
      client_name: DEVICE_NAME,
      client_uri: CLIENT_URI,
      redirect_uris: [redirectUri],
      response_types: ['code'],
      grant_types: grants,
      token_endpoint_auth_method: 'none',
    },
  });
  const registered = answer.ok && answer.status < 300 ? Registered.safeParse(answer.body).data : undefined;
  if (registered !== undefined) return { ok: true, clientId: registered.client_id };
  return { ok: false, reachable: answer.ok && answer.status < 500 };
}

/** The token endpoint, for any grant. Never rejects. */
export async function requestTokens(
  fetch: Fetch,
  metadata: OAuthMetadata,
  grant: Readonly<Record<string, string>>,
): Promise<TokenAnswer> {
  const answer = await request(fetch, 'POST', metadata.token_endpoint, { body: new URLSearchParams(grant) });
  if (!answer.ok) return answer;
  if (answer.status >= 500 || answer.status === 429) return { ok: false, reason: 'unreachable' };
  const refused = answer.status >= 400 ? Refused.safeParse(answer.body).data : undefined;
  if (refused !== undefined) return { ok: false, reason: 'refused', error: refused.error };
  const granted = answer.status === 200 ? Granted.safeParse(answer.body).data : undefined;
  if (granted === undefined) return { ok: false, reason: 'malformed' };
  const { access_token: accessToken, refresh_token: refreshToken = null, expires_in: seconds } = granted;
  const validFor = seconds === undefined ? undefined : seconds * 1000;
  return { ok: true, tokens: { accessToken, refreshToken, validFor } };
}

/** Best effort: whether it worked is the service's affair. Never rejects. */
export async function revokeTokens(
  fetch: Fetch,
  metadata: OAuthMetadata,
  clientId: string,
  tokens: Pick<Tokens, 'accessToken' | 'refreshToken'>,
): Promise<void> {
  const revoke = (token: string, hint: string): Promise<unknown> =>
    request(fetch, 'POST', metadata.revocation_endpoint, {
      body: new URLSearchParams({ token, token_type_hint: hint, client_id: clientId }),
      timeout: 5000,
    });
  const { accessToken, refreshToken } = tokens;
  await Promise.all([
    revoke(accessToken, 'access_token'),
    ...(refreshToken === null ? [] : [revoke(refreshToken, 'refresh_token')]),
  ]);
}
