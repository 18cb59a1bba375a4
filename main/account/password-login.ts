/** `m.login.password`. */
import type { Fetch } from './http';
import { login, type LoginResult } from './login';
import { loginFlows } from './login-flows';

export interface Credentials {
  readonly baseUrl: string;
  /** Localpart or whole user id. */
  readonly user: string;
  readonly password: string;
  /** Set to take over the place of a session whose token was lost. */
  readonly deviceId: string | undefined;
}

/**
 * The password is sent only to a homeserver that takes passwords. Never rejects.
 * @param looking the network for what comes before the password: it may be cut at any time without harm.
 */
export async function passwordLogin(
  fetch: Fetch,
  { baseUrl, user, password, deviceId }: Credentials,
  looking: Fetch = fetch,
): Promise<LoginResult> {
  const offer = await loginFlows(looking, baseUrl);
  if (!offer.ok) return offer;
  if (!offer.flows.some(({ type }) => type === 'm.login.password')) return { ok: false, reason: 'passwordUnsupported' };
  const identifier = { type: 'm.id.user', user };
  return login(fetch, baseUrl, { type: 'm.login.password', identifier, password }, deviceId, 'wrongPassword');
}
