/** `m.login.password`. Spec: client-server API, "Login". Refresh tokens are not asked for: nothing here would use them. */
import { z } from 'zod';

import { type SignInFailure, UserId } from '../../preload/contract';
import { type Fetch, request } from './http';

export type LoginFailure = Extract<
  SignInFailure,
  'unreachable' | 'certificate' | 'notMatrix' | 'passwordUnsupported' | 'wrongPassword' | 'deactivated' | 'rateLimited'
>;

export type LoginResult =
  | {
      readonly ok: true;
      readonly userId: UserId;
      readonly deviceId: string;
      readonly token: string;
      /** What the homeserver says of its own address: not checked yet. */
      readonly wellKnown: unknown;
    }
  | { readonly ok: false; readonly reason: LoginFailure; readonly retryAfter?: number };

export interface Credentials {
  readonly baseUrl: string;
  /** Localpart or whole user id. */
  readonly user: string;
  readonly password: string;
  /** Set to take over the place of a session whose token was lost. */
  readonly deviceId: string | undefined;
}

const DEVICE_NAME = 'Carillon';

const Flows = z.object({ flows: z.array(z.object({ type: z.string() })) });
const Granted = z.object({
  user_id: UserId,
  device_id: z.string().min(1),
  access_token: z.string().min(1),
  well_known: z.unknown().optional(),
});

/** Never rejects. */
export async function passwordLogin(fetch: Fetch, credentials: Credentials): Promise<LoginResult> {
  const url = `${credentials.baseUrl}/_matrix/client/v3/login`;
  const offer = await request(fetch, 'GET', url);
  if (!offer.ok) return { ok: false, reason: gone(offer.reason) };
  if (offer.status === 429) return limited(offer.retryAfter);
  const flows = Flows.safeParse(offer.body);
  if (offer.status !== 200 || !flows.success) return { ok: false, reason: refusal(offer.status, 'notMatrix') };
  if (!flows.data.flows.some(({ type }) => type === 'm.login.password')) {
    return { ok: false, reason: 'passwordUnsupported' };
  }

  const answer = await request(fetch, 'POST', url, {
    body: {
      type: 'm.login.password',
      identifier: { type: 'm.id.user', user: credentials.user },
      password: credentials.password,
      initial_device_display_name: DEVICE_NAME,
      ...(credentials.deviceId !== undefined && { device_id: credentials.deviceId }),
    },
    timeout: 30_000, // password hashing is slow on purpose
  });
  if (!answer.ok) return { ok: false, reason: gone(answer.reason) };
  if (answer.status === 429) return limited(answer.retryAfter);
  if (answer.status !== 200) return { ok: false, reason: refusal(answer.status, loginRefusal(answer.body)) };
  const granted = Granted.safeParse(answer.body);
  if (!granted.success) return { ok: false, reason: 'notMatrix' };
  const { user_id: userId, device_id: deviceId, access_token: token, well_known: wellKnown } = granted.data;
  return { ok: true, userId, deviceId, token, wellKnown };
}

/** Best effort: the session is forgotten here whatever the homeserver says. Never rejects. */
export async function logout(fetch: Fetch, { baseUrl, token }: { baseUrl: string; token: string }): Promise<void> {
  await request(fetch, 'POST', `${baseUrl}/_matrix/client/v3/logout`, { body: {}, token, timeout: 5000 });
}

/** Discovery has just reached this host: a name that no longer resolves is a connection that was lost. */
function gone(reason: 'unknownServer' | 'unreachable' | 'certificate' | 'notMatrix'): LoginFailure {
  return reason === 'unknownServer' ? 'unreachable' : reason;
}

function limited(retryAfter: number | undefined): LoginResult {
  return { ok: false, reason: 'rateLimited', ...(retryAfter !== undefined && { retryAfter }) };
}

function refusal(status: number, otherwise: LoginFailure): LoginFailure {
  return status >= 500 ? 'unreachable' : otherwise;
}

function loginRefusal(body: unknown): LoginFailure {
  const errcode = z.object({ errcode: z.string() }).safeParse(body).data?.errcode;
  if (errcode === undefined) return 'notMatrix';
  // Locked and suspended people, too, can only turn to whoever runs the server.
  return /^M_USER_(DEACTIVATED|LOCKED|SUSPENDED)$/.test(errcode) ? 'deactivated' : 'wrongPassword';
}
