/**
 * The way to the homeserver for a session of an OAuth 2.0 service, whose access tokens age within minutes: every request
 * leaves with the token of the moment. A token is renewed shortly before its end, or when the homeserver no longer takes
 * it; requests that come meanwhile wait for the one renewal. Spec: client-server API, "Token refresh flow"; MSC2964.
 */
import type { Clock } from '../clock';
import type { Log } from '../log';
import type { Fetch } from './http';
import { requestTokens } from './oauth-client';
import { readOAuthMetadata } from './oauth-metadata';
import type { Credentials, Session } from './vault';

export interface TokenFetch {
  readonly fetch: Fetch;
  /** The newest credentials, once a renewal under way has ended. Never rejects. */
  readonly credentials: () => Promise<Credentials>;
}

export interface TokenFetchEnv {
  readonly session: Session;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly log: Log;
  /** Writes new credentials to the disk. @returns false when it could not. */
  readonly save: (session: Session) => Promise<boolean>;
  /** Nothing goes out, because the disk does not take the new tokens; or it does again. */
  readonly stuck: (is: boolean) => void;
}

/**
 * `refused`: the service has ended the session. `outage`: nobody knows; later again. `unsaved`: the service gave new tokens
 * but the disk does not take them. They are not used before it does: their first use ends the old ones, and a program that
 * dies then would be signed out.
 */
type Renewal = 'renewed' | 'refused' | 'outage' | 'unsaved';

/** Share of a token's life before its end in which it is renewed ahead of need, and the most in ms. */
const AHEAD = { share: 0.1, most: 30_000 };

/** ms after an outage. */
const PAUSE = 5000;

export function makeTokenFetch({ session, fetch, clock, log, save, stuck }: TokenFetchEnv): TokenFetch {
  const { oauth } = session;
  if (oauth === null) return { fetch, credentials: () => Promise.resolve(session) };
  const { clientId } = oauth;
  let current: Session = session;
  /** Given by the service, not on the disk yet. */
  let unsaved: { readonly session: Session; readonly renewAt: number } | null = null;
  let renewAt = Infinity;
  let refused = oauth.refreshToken === null;
  let running: Promise<Renewal> | null = null;

  async function ask(refreshToken: string): Promise<Renewal> {
    const found = await readOAuthMetadata(fetch, session.baseUrl);
    if (!found.ok || found.metadata === null) return 'outage';
    const asked = clock.now();
    const grant = { grant_type: 'refresh_token', refresh_token: refreshToken, client_id: clientId };
    const answer = await requestTokens(fetch, found.metadata, grant);
    if (!answer.ok) return answer.reason === 'refused' ? 'refused' : 'outage';
    const { accessToken, validFor = Infinity } = answer.tokens;
    // A service that does not rotate gives none: the old one stays good. RFC 6749, section 6
    const next = answer.tokens.refreshToken ?? refreshToken;
    unsaved = {
      session: { ...session, token: accessToken, oauth: { clientId, refreshToken: next } },
      renewAt: asked + validFor - Math.min(validFor * AHEAD.share, AHEAD.most),
    };
    return keep();
  }

  async function keep(): Promise<Renewal> {
    const fresh = unsaved;
    if (fresh === null) return 'renewed';
    if (!(await save(fresh.session))) return 'unsaved';
    unsaved = null;
    stuck(false);
    current = fresh.session;
    ({ renewAt } = fresh);
    return 'renewed';
  }

  function renew(): Promise<Renewal> {
    const refreshToken = current.oauth?.refreshToken ?? null;
    if (refused || refreshToken === null) return Promise.resolve('refused');
    running ??= (unsaved === null ? ask(refreshToken) : keep()).then((renewal) => {
      running = null;
      refused = renewal === 'refused';
      // Ahead of need there is time: not every request has to wait for a service that is out of order.
      if (renewal === 'outage') renewAt = clock.now() + PAUSE;
      if (renewal === 'renewed') log.info('token renewed');
      else log.warn('token not renewed', { renewal });
      return renewal;
    });
    return running;
  }

  /** The newest token, and none that is about to end if that can be helped. */
  async function tokenNow(): Promise<string> {
    if (running !== null || unsaved !== null || clock.now() >= renewAt) await renew();
    return current.token;
  }

  return {
    fetch: async (resource, options) => {
      const headers = new Headers(options?.headers);
      if (!headers.has('authorization')) return fetch(resource, options);
      const { signal } = options ?? {};
      const send = (token: string): Promise<Response> => {
        headers.set('authorization', `Bearer ${token}`);
        return fetch(resource, { ...options, headers });
      };
      const used = await unlessAborted(signal, tokenNow());
      const response = await send(used);
      if (!(await saysUnknownToken(response))) return response;
      // Another request may have renewed it meanwhile.
      if (current.token === used) {
        const renewal = await unlessAborted(signal, renew());
        if (renewal === 'refused') return response;
        if (renewal === 'unsaved') stuck(true);
        if (renewal !== 'renewed') throw new TypeError(`the access token could not be renewed: ${renewal}`);
      }
      await response.body?.cancel();
      return send(current.token);
    },
    credentials: async () => {
      await running;
      return unsaved?.session ?? current;
    },
  };
}

async function saysUnknownToken(response: Response): Promise<boolean> {
  if (response.status !== 401) return false;
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  return typeof body === 'object' && body !== null && 'errcode' in body && body.errcode === 'M_UNKNOWN_TOKEN';
}

/** The renewal itself goes on: its tokens must not be lost. */
function unlessAborted<T>(signal: AbortSignal | null | undefined, work: Promise<T>): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    void work.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', abort);
    });
  });
}
