/** `m.login.sso`: the homeserver's own pages in the browser bring back a token for `m.login.token`. Spec: "SSO client login". */
import type { Fetch } from './http';
import { askInBrowser, type Attempt, type BrowserEnv, openListener } from './in-browser';
import { login, type LoginResult } from './login';

export interface SsoChoice {
  readonly baseUrl: string;
  /** Null: the homeserver asks which. */
  readonly provider: string | null;
  /** Set to take over the place of a session whose token was lost. */
  readonly deviceId: string | undefined;
}

/** Never rejects. A refusal on the homeserver's pages comes back from nobody: the person cancels, or time does. */
export async function ssoLogin(
  fetch: Fetch,
  env: BrowserEnv,
  attempt: Attempt,
  { baseUrl, provider, deviceId }: SsoChoice,
): Promise<LoginResult> {
  const listener = await openListener(env);
  if (listener === null) return { ok: false, reason: 'noBrowser' };
  // SSO has no state of its own; the homeserver keeps the query of the redirect and adds its token.
  const redirectUrl = `${listener.uri}?state=${listener.state}`;
  const which = provider === null ? '' : `/${encodeURIComponent(provider)}`;
  const query = new URLSearchParams({ redirectUrl, action: 'login' });
  const url = `${baseUrl}/_matrix/client/v3/login/sso/redirect${which}?${query.toString()}`;
  const answer = await askInBrowser(env, attempt, url, listener);
  if (!answer.ok) return answer;
  const token = answer.query.get('loginToken');
  if (token === null) return { ok: false, reason: 'serviceFailed' };
  return login(fetch, baseUrl, { type: 'm.login.token', token }, deviceId, 'serviceFailed');
}
