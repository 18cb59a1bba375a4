/**
 * OAuth 2.0: authorization code with PKCE through the browser, or a code that is typed on another device. Spec:
 * client-server API, "Authorization code flow", "Device authorization flow"; MSC2964, MSC4341, RFC 7636, RFC 8628, RFC 9207.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';

import { UserId } from '../../preload/contract/ids';
import type { Clock } from '../clock';
import { type Answer, type Fetch, isSecure, request } from './http';
import { askInBrowser, type Attempt, type BrowserEnv, openListener } from './in-browser';
import { gone, type LoginFailure, type LoginResult } from './login';
import { registerClient, requestTokens, revokeTokens, type TokenAnswer, type Tokens } from './oauth-client';
import { DEVICE_CODE, type OAuthMetadata, offersDeviceCode, readOAuthMetadata } from './oauth-metadata';
import type { RedirectListener } from './redirect-listener';

export interface OAuthChoice {
  readonly baseUrl: string;
  readonly way: 'browser' | 'deviceCode';
  /** Set to take over the place of a session whose token was lost. */
  readonly deviceId: string | undefined;
}

type Refused = Extract<LoginResult, { ok: false }>;

/** What one sign-in has agreed upon with the service. */
interface Client {
  readonly fetch: Fetch;
  readonly metadata: OAuthMetadata;
  readonly clientId: string;
  readonly deviceId: string;
  readonly baseUrl: string;
  readonly clock: Clock;
  /** Given up. */
  readonly signal: AbortSignal;
}

const Whoami = z.object({ user_id: UserId, device_id: z.string().optional() });

const DeviceAuthorization = z.object({
  device_code: z.string().min(1),
  user_code: z.string().min(1).max(100),
  verification_uri: z.string().refine((text) => {
    const url = URL.parse(text);
    return url !== null && isSecure(url);
  }),
  expires_in: z.number().positive(),
  interval: z.number().positive().optional(),
});

/** ms between two looks whether a code was typed, where the service says nothing; and what `slow_down` adds. RFC 8628, 3.5 */
const INTERVAL = 5000;

/** ms until the homeserver is asked again whose tokens these are: the person has done their part, which a hiccup must not undo. */
const ASK_AGAIN = [500, 2000] as const;

/**
 * Never rejects.
 * @param looking the network until tokens may have been granted: it may be cut at any time without harm.
 */
export async function oauthLogin(
  fetch: Fetch,
  looking: Fetch,
  env: BrowserEnv,
  attempt: Attempt,
  choice: OAuthChoice,
): Promise<LoginResult> {
  attempt.progress({ stage: 'asking' });
  const found = await readOAuthMetadata(looking, choice.baseUrl);
  if (!found.ok) return refused(gone(found.reason));
  const { metadata } = found;
  if (metadata === null) return refused('serviceFailed');
  const listener = await openListener(env);
  // Registered anew each time: a service may forget clients, and would say so in the browser only.
  const redirectUri = listener?.registeredUri ?? 'http://127.0.0.1/';
  const registered = await registerClient(looking, metadata, redirectUri);
  if (!registered.ok) {
    listener?.close();
    return refused(registered.reachable ? 'serviceFailed' : 'unreachable');
  }
  const { baseUrl } = choice;
  const deviceId = usable(choice.deviceId) ?? env.random(12);
  const { clock } = env;
  const { signal } = attempt;
  const client: Client = { fetch, metadata, clientId: registered.clientId, deviceId, baseUrl, clock, signal };

  if (choice.way === 'browser' && listener !== null) {
    const result = await byRedirect(client, env, attempt, listener);
    if (result.ok || result.reason !== 'noBrowser' || !offersDeviceCode(metadata)) return result;
  }
  listener?.close();
  return byDeviceCode(client, looking, env, attempt);
}

async function byRedirect(
  client: Client,
  env: BrowserEnv,
  attempt: Attempt,
  listener: RedirectListener,
): Promise<LoginResult> {
  const { metadata, clientId } = client;
  const verifier = env.random(64);
  const url = new URL(metadata.authorization_endpoint);
  const parameters = {
    response_type: 'code',
    response_mode: 'query',
    client_id: clientId,
    redirect_uri: listener.uri,
    scope: scopeOf(client.deviceId),
    state: listener.state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);

  const answer = await askInBrowser(env, attempt, url.href, listener);
  if (!answer.ok) return answer;
  const { query } = answer;
  if (!isFromIssuer(query, metadata)) return refused('serviceFailed');
  if (query.has('error')) return refused(query.get('error') === 'access_denied' ? 'refusedInBrowser' : 'serviceFailed');
  return finish(
    client,
    await requestTokens(client.fetch, metadata, {
      grant_type: 'authorization_code',
      client_id: clientId,
      redirect_uri: listener.uri,
      code: query.get('code') ?? '',
      code_verifier: verifier,
    }),
  );
}

/** Mix-up of two services: the one that answers must be the one that was asked. RFC 9207 */
function isFromIssuer(query: URLSearchParams, metadata: OAuthMetadata): boolean {
  const issuer = query.get('iss');
  return issuer === null
    ? metadata.authorization_response_iss_parameter_supported !== true
    : issuer === metadata.issuer;
}

async function byDeviceCode(client: Client, looking: Fetch, env: BrowserEnv, attempt: Attempt): Promise<LoginResult> {
  const { metadata, clientId } = client;
  const endpoint = metadata.device_authorization_endpoint;
  if (endpoint === undefined) return refused('noBrowser');
  const body = new URLSearchParams({ client_id: clientId, scope: scopeOf(client.deviceId) });
  const answer = await request(looking, 'POST', endpoint, { body });
  if (!answer.ok) return refused(gone(answer.reason));
  const started = answer.status === 200 ? DeviceAuthorization.safeParse(answer.body).data : undefined;
  if (started === undefined) return refused(answer.status >= 500 ? 'unreachable' : 'serviceFailed');
  const validFor = started.expires_in * 1000;
  attempt.progress({ stage: 'code', code: started.user_code, address: started.verification_uri, validFor });

  const { clock } = env;
  const end = clock.now() + validFor;
  let interval = started.interval === undefined ? INTERVAL : started.interval * 1000;
  while (clock.now() < end) {
    await pause(clock, interval, attempt.signal);
    if (attempt.signal.aborted) return refused('cancelled');
    const grant = { grant_type: DEVICE_CODE, device_code: started.device_code, client_id: clientId };
    const tokens = await requestTokens(client.fetch, metadata, grant);
    if (tokens.ok) {
      attempt.progress({ stage: 'finishing' });
      return finish(client, tokens);
    }
    // An outage is waited out for as long as the code is good.
    if (tokens.reason !== 'refused') continue;
    if (tokens.error === 'access_denied') return refused('refusedInBrowser');
    if (tokens.error === 'expired_token') return refused('timedOut');
    if (tokens.error === 'slow_down') interval += INTERVAL;
    else if (tokens.error !== 'authorization_pending') return refused('serviceFailed');
  }
  return refused('timedOut');
}

/** Whose tokens are they? Only the homeserver knows. */
async function finish(client: Client, answer: TokenAnswer): Promise<LoginResult> {
  if (!answer.ok) {
    return refused(
      answer.reason === 'refused' || answer.reason === 'malformed' ? 'serviceFailed' : gone(answer.reason),
    );
  }
  const { tokens } = answer;
  const { clientId, deviceId } = client;
  const token = tokens.accessToken;
  const who = await whoami(client, token);
  const known = who.ok && who.status === 200 ? Whoami.safeParse(who.body).data : undefined;
  if (known === undefined || (known.device_id ?? deviceId) !== deviceId) {
    await giveBack(client, tokens);
    return refused(!who.ok || who.status >= 500 ? 'unreachable' : 'serviceFailed');
  }
  const oauth = { clientId, refreshToken: tokens.refreshToken };
  return { ok: true, userId: known.user_id, deviceId, token, oauth, wellKnown: undefined };
}

async function whoami({ fetch, baseUrl, clock, signal }: Client, token: string): Promise<Answer> {
  const ask = (): Promise<Answer> => request(fetch, 'GET', `${baseUrl}/_matrix/client/v3/account/whoami`, { token });
  let answer = await ask();
  for (const ms of ASK_AGAIN) {
    if (answer.ok && answer.status < 500) break;
    await pause(clock, ms, signal);
    if (signal.aborted) break;
    answer = await ask();
  }
  return answer;
}

async function giveBack({ fetch, metadata, clientId }: Client, tokens: Tokens): Promise<void> {
  await revokeTokens(fetch, metadata, clientId, tokens);
}

/** Spec: client-server API, "Scope"; the last part must be at least ten characters that need no escaping. */
function scopeOf(deviceId: string): string {
  return `urn:matrix:client:api:* urn:matrix:client:device:${deviceId}`;
}

function usable(deviceId: string | undefined): string | undefined {
  return deviceId !== undefined && /^[\w.~-]{10,}$/.test(deviceId) ? deviceId : undefined;
}

/** Ends early when the signal is aborted. */
function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      cancel();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const cancel = clock.after(ms, end);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}

function refused(reason: LoginFailure): Refused {
  return { ok: false, reason };
}
