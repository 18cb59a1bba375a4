/**
 * Plain requests to a server that is not known to be a homeserver yet. What can go wrong on the way is told apart,
 * because each cause asks something else of the person who typed the server.
 */
import { isLoopback } from './typed-server';

export type Fetch = typeof globalThis.fetch;

export type NetworkFailure = 'unknownServer' | 'unreachable' | 'certificate' | 'notMatrix';

export type Answer =
  | {
      readonly ok: true;
      readonly status: number;
      /** Parsed JSON; `undefined` where the body was none. */
      readonly body: unknown;
      /** ms that a 429 asks us to wait. */
      readonly retryAfter: number | undefined;
    }
  | { readonly ok: false; readonly reason: NetworkFailure };

export interface RequestOptions {
  /** Sent as JSON; `URLSearchParams` as a form, as OAuth 2.0 wants it. */
  readonly body?: object | undefined;
  readonly token?: string;
  /** ms */
  readonly timeout?: number;
}

const TIMEOUT = 10_000; // ms, for name, connection, TLS and answer together

/** One request and its JSON answer. Never rejects. Only a GET follows redirects: a password goes where it was sent. */
export async function request(
  fetch: Fetch,
  method: 'GET' | 'POST',
  url: string,
  { body, token, timeout = TIMEOUT }: RequestOptions = {},
): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method,
      redirect: method === 'GET' ? 'follow' : 'error',
      signal: AbortSignal.timeout(timeout),
      headers: {
        accept: 'application/json',
        // A person takes their time between two of these; a connection that the server has just closed would fail the second.
        connection: 'close',
        ...(body && !isForm(body) && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      ...(body && { body: isForm(body) ? body : JSON.stringify(body) }),
    });
    if (response.url !== '' && !isSecure(new URL(response.url))) return { ok: false, reason: 'notMatrix' };
    const parsed = parseJson(await response.text());
    return { ok: true, status: response.status, body: parsed, retryAfter: retryAfter(response, parsed) };
  } catch (error) {
    return { ok: false, reason: networkFailure(error) };
  }
}

const isForm = (body: object): body is URLSearchParams => body instanceof URLSearchParams;

/** The same network, through which nothing goes any more once `signal` is aborted. */
export function abortable(fetch: Fetch, signal: AbortSignal): Fetch {
  return (resource, options) =>
    fetch(resource, { ...options, signal: AbortSignal.any([signal, ...(options?.signal ? [options.signal] : [])]) });
}

/** `http:` is for this machine only. */
export function isSecure(url: URL): boolean {
  return url.protocol === 'https:' || isLoopback(url.hostname);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Client-server API, "Rate limiting": the header in seconds, the older body field in ms. */
function retryAfter(response: Response, body: unknown): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  if (seconds >= 0) return seconds * 1000;
  const ms = typeof body === 'object' && body !== null && 'retry_after_ms' in body ? body.retry_after_ms : undefined;
  return typeof ms === 'number' && ms >= 0 ? ms : undefined;
}

/** The same network, which tells of each request whether the certificate that it met is trusted. */
export function watchCertificates(fetch: Fetch, told: (trusted: boolean) => void): Fetch {
  return async (resource, options) => {
    try {
      const response = await fetch(resource, options);
      told(true);
      return response;
    } catch (error) {
      if (networkFailure(error) === 'certificate') told(false);
      throw error;
    }
  };
}

/** Node's fetch rejects with a bare TypeError; the cause holds the code of the system, of undici or of OpenSSL. */
function networkFailure(error: unknown): NetworkFailure {
  const code = codeOf(error);
  if (code === 'ENOTFOUND') return 'unknownServer';
  if (/CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|^HOSTNAME_MISMATCH$/.test(code)) return 'certificate';
  if (/^(EPROTO|HPE_|ERR_SSL_|UND_ERR_HTTP_PARSER)/.test(code) || isRedirect(error)) return 'notMatrix';
  return 'unreachable';
}

function codeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  if (typeof cause !== 'object' || cause === null || !('code' in cause)) return '';
  return typeof cause.code === 'string' ? cause.code : '';
}

function isRedirect(error: unknown): boolean {
  return error instanceof Error && error.cause instanceof Error && error.cause.message.includes('redirect');
}
