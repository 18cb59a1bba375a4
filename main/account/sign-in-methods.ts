/** The ways to sign in that a homeserver has and we know, best first: OAuth 2.0, single sign-on, password. */
import type { SignInMethod, SignInMethods } from '../../preload/contract/accounts';
import type { Fetch } from './http';
import { gone } from './login';
import { type LoginFlow, loginFlows } from './login-flows';
import { offersDeviceCode, readOAuthMetadata } from './oauth-metadata';

/** Never rejects. */
export async function signInMethods(fetch: Fetch, baseUrl: string): Promise<SignInMethods> {
  const [oauth, login] = await Promise.all([readOAuthMetadata(fetch, baseUrl), loginFlows(fetch, baseUrl)]);
  if (!oauth.ok) return { ok: false, reason: gone(oauth.reason) };
  const { metadata } = oauth;
  // A homeserver that leaves all to OAuth 2.0 may have no `/login` at all.
  if (!login.ok && metadata === null) return login;
  const flows = login.ok ? login.flows : [];
  const methods: SignInMethod[] = [
    ...(metadata === null ? [] : [{ kind: 'oauth', deviceCode: offersDeviceCode(metadata) } as const]),
    ...singleSignOn(flows, metadata !== null),
    ...(flows.some(({ type }) => type === 'm.login.password') ? [{ kind: 'password' } as const] : []),
  ];
  return methods.length > 0 ? { ok: true, methods } : { ok: false, reason: 'noMethods' };
}

/** Without `m.login.token` nothing could be done with what the browser brings back. */
function singleSignOn(flows: readonly LoginFlow[], hasOAuth: boolean): SignInMethod[] {
  const sso = flows.find(({ type }) => type === 'm.login.sso');
  if (sso === undefined || !flows.some(({ type }) => type === 'm.login.token')) return [];
  if (hasOAuth && sso.oauth_aware_preferred === true) return [];
  const providers = sso.identity_providers ?? [];
  if (providers.length === 0) return [{ kind: 'sso', provider: null, name: null }];
  return providers.map(({ id, name }) => ({ kind: 'sso', provider: id, name }));
}
