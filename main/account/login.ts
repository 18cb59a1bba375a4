/** `POST /login`, whatever is shown to it. Spec: client-server API, "Login". No refresh tokens are asked for: only OAuth has them. */
import { z } from 'zod';

import type { SignInFailure } from '../../preload/contract/accounts';
import { UserId } from '../../preload/contract/ids';
import { type Fetch, type NetworkFailure, request } from './http';
import type { OAuthGrant } from './vault';

export type LoginFailure = Extract<
  SignInFailure,
  | 'unreachable'
  | 'certificate'
  | 'notMatrix'
  | 'passwordUnsupported'
  | 'wrongPassword'
  | 'deactivated'
  | 'rateLimited'
  | 'noBrowser'
  | 'refusedInBrowser'
  | 'serviceFailed'
  | 'timedOut'
  | 'cancelled'
>;

/** What a homeserver, or the service that speaks for it, has granted. */
export interface Granted {
  readonly userId: UserId;
  readonly deviceId: string;
  readonly token: string;
  readonly oauth: OAuthGrant | null;
  /** What the homeserver says of its own address: not checked yet. */
  readonly wellKnown: unknown;
}

export type LoginResult =
  | ({ readonly ok: true } & Granted)
  | { readonly ok: false; readonly reason: LoginFailure; readonly retryAfter?: number };

export const DEVICE_NAME = 'Carillon';

const Answer = z.object({
  user_id: UserId,
  device_id: z.string().min(1),
  access_token: z.string().min(1),
  well_known: z.unknown().optional(),
});

/**
 * Never rejects.
 * @param proof the members of the body that show who we are.
 * @param deviceId set to take over the place of a session whose token was lost.
 * @param refused what a refusal of the proof means, unless the account itself is at fault.
 */
export async function login(
  fetch: Fetch,
  baseUrl: string,
  proof: object,
  deviceId: string | undefined,
  refused: LoginFailure,
): Promise<LoginResult> {
  const answer = await request(fetch, 'POST', `${baseUrl}/_matrix/client/v3/login`, {
    body: {
      ...proof,
      initial_device_display_name: DEVICE_NAME,
      ...(deviceId !== undefined && { device_id: deviceId }),
    },
    timeout: 30_000, // password hashing is slow on purpose
  });
  if (!answer.ok) return { ok: false, reason: gone(answer.reason) };
  if (answer.status === 429) return limited(answer.retryAfter);
  if (answer.status !== 200) return { ok: false, reason: refusal(answer.status, loginRefusal(answer.body, refused)) };
  const granted = Answer.safeParse(answer.body);
  if (!granted.success) return { ok: false, reason: 'notMatrix' };
  const { user_id: userId, device_id: deviceIdNow, access_token: token, well_known: wellKnown } = granted.data;
  return { ok: true, userId, deviceId: deviceIdNow, token, oauth: null, wellKnown };
}

/** Discovery has just reached this host: a name that no longer resolves is a connection that was lost. */
export function gone(reason: NetworkFailure): Extract<NetworkFailure, LoginFailure> {
  return reason === 'unknownServer' ? 'unreachable' : reason;
}

export function limited(retryAfter: number | undefined): Extract<LoginResult, { ok: false }> {
  return { ok: false, reason: 'rateLimited', ...(retryAfter !== undefined && { retryAfter }) };
}

export function refusal<T extends string>(status: number, otherwise: T): T | 'unreachable' {
  return status >= 500 ? 'unreachable' : otherwise;
}

function loginRefusal(body: unknown, refused: LoginFailure): LoginFailure {
  const errcode = z.object({ errcode: z.string() }).safeParse(body).data?.errcode;
  if (errcode === undefined) return 'notMatrix';
  // Locked and suspended people, too, can only turn to whoever runs the server.
  return /^M_USER_(DEACTIVATED|LOCKED|SUSPENDED)$/.test(errcode) ? 'deactivated' : refused;
}
