/**
 * From what a person typed to the base URL of a homeserver that answers.
 * Spec: client-server API, "Server Discovery"; FAIL_PROMPT and FAIL_ERROR become the reasons of `SignInFailure`.
 */
import type { SignInFailure } from '../../preload/contract/accounts';
import { type Fetch, request } from './http';
import { baseUrl, isLoopback, readTypedServer } from './typed-server';

export type DiscoveryFailure = Extract<
  SignInFailure,
  | 'malformedServer'
  | 'insecureServer'
  | 'unknownServer'
  | 'unreachable'
  | 'certificate'
  | 'notMatrix'
  | 'wellKnownInvalid'
  | 'rateLimited'
>;

export type Discovery =
  | {
      readonly ok: true;
      readonly baseUrl: string;
      /** The name whose `.well-known` led here: users of another server do not belong to it. */
      readonly delegatedBy: string | null;
    }
  | { readonly ok: false; readonly reason: DiscoveryFailure };

/** Finds the homeserver and makes it prove that it is one. Never rejects. */
export async function discover(fetch: Fetch, text: string): Promise<Discovery> {
  const typed = readTypedServer(text);
  if (!typed.ok) return typed;
  if (typed.kind === 'name') return byName(fetch, typed.name);

  const direct = await prove(fetch, baseUrl(typed.url), null);
  if (direct.ok || direct.reason !== 'notMatrix' || typed.url.protocol !== 'https:' || typed.url.pathname !== '/') {
    return direct;
  }
  // A name typed with its scheme: the website answers, the homeserver is elsewhere.
  const delegated = await byName(fetch, typed.url.host);
  return delegated.ok ? delegated : direct;
}

async function byName(fetch: Fetch, name: string): Promise<Discovery> {
  const answer = await request(fetch, 'GET', `https://${name}/.well-known/matrix/client`);
  if (!answer.ok) return answer;
  if (answer.status === 404) return prove(fetch, `https://${name}`, null);
  if (answer.status === 429) return { ok: false, reason: 'rateLimited' };
  if (answer.status >= 500) return { ok: false, reason: 'unreachable' };
  const base = answer.status === 200 ? delegatedUrl(answer.body, name) : null;
  if (base === null) return { ok: false, reason: 'wellKnownInvalid' };

  const proven = await prove(fetch, base, name);
  if (proven.ok) return proven;
  // What is down now may be up later, and a certificate can be mended: both are worth their own words.
  const leadsNowhere = proven.reason === 'notMatrix' || proven.reason === 'unknownServer';
  return leadsNowhere ? { ok: false, reason: 'wellKnownInvalid' } : proven;
}

/**
 * The homeserver named by a `.well-known` document, or by the `well_known` of a login answer.
 * @param name who says so: only this machine may point to `http:`, and then only to itself.
 */
export function delegatedUrl(wellKnown: unknown, name: string): string | null {
  const text = field(field(wellKnown, 'm.homeserver'), 'base_url');
  const url = typeof text === 'string' ? URL.parse(text) : null;
  if (url?.username !== '' || url.password !== '') return null;
  const here = isLoopback(url.hostname) && isLoopback(URL.parse(`https://${name}`)?.hostname ?? '');
  return url.protocol === 'https:' || (url.protocol === 'http:' && here) ? baseUrl(url) : null;
}

/** `GET /_matrix/client/versions` is what every homeserver, and nothing else, answers. */
async function prove(fetch: Fetch, base: string, delegatedBy: string | null): Promise<Discovery> {
  const answer = await request(fetch, 'GET', `${base}/_matrix/client/versions`);
  if (!answer.ok) return answer;
  if (answer.status === 429) return { ok: false, reason: 'rateLimited' };
  if (answer.status >= 500) return { ok: false, reason: 'unreachable' };
  const versions = field(answer.body, 'versions');
  if (answer.status !== 200 || !Array.isArray(versions)) return { ok: false, reason: 'notMatrix' };
  return { ok: true, baseUrl: base, delegatedBy };
}

/** Is a Matrix homeserver there? For a `well_known` that came with a login. */
export async function isHomeserver(fetch: Fetch, base: string): Promise<boolean> {
  return (await prove(fetch, base, null)).ok;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
