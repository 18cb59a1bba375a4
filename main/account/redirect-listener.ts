/**
 * Where the browser brings back what a sign-in has earned: a listener on loopback for one redirect (RFC 8252, section 7.3).
 * Other programs of this machine, and pages in the browser, can reach it too. They know neither its path nor its state,
 * learn nothing, and end nothing.
 */
import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type RedirectPage = 'done' | 'refused' | 'foreign';

export interface RedirectListener {
  /** `http://127.0.0.1:PORT/RANDOM` */
  readonly uri: string;
  /** The same without the port, as it is registered: any port will do then. */
  readonly registeredUri: string;
  /** Must come back as the query parameter `state`. */
  readonly state: string;
  /** The query of the redirect. Never rejects; after `close` it stays open for ever. */
  readonly answer: Promise<URLSearchParams>;
  readonly close: () => void;
}

const HOST = '127.0.0.1';
/** ms that a connection may take its time. */
const PATIENCE = 5000;
const MOST_CONNECTIONS = 16;

/**
 * @param random so many bytes as text for URLs.
 * @param page the HTML that the browser shows at the end.
 * @throws when this machine lets nobody listen.
 */
export async function listenForRedirect(
  random: (bytes: number) => string,
  page: (which: RedirectPage) => string,
): Promise<RedirectListener> {
  const state = random(32);
  const path = `/${random(16)}`;
  const { promise: answer, resolve } = Promise.withResolvers<URLSearchParams>();
  const server = createServer({ requestTimeout: PATIENCE, headersTimeout: PATIENCE }, (request, response) => {
    const query = queryOf(request, `${HOST}:${portOf()}`, path);
    if (query === null) {
      respond(response, 404, '');
    } else if (!isSame(query.get('state') ?? '', state)) {
      respond(response, 400, page('foreign'));
    } else {
      respond(response, 200, page(query.has('error') ? 'refused' : 'done'));
      resolve(query);
    }
  });
  server.maxConnections = MOST_CONNECTIONS;
  const portOf = (): number => (server.address() as AddressInfo).port;
  await new Promise<void>((ready, fail) => {
    server.once('error', fail);
    server.listen(0, HOST, ready);
  });

  return {
    uri: `http://${HOST}:${portOf()}${path}`,
    registeredUri: `http://${HOST}${path}`,
    state,
    answer,
    close: () => {
      server.close();
      server.closeIdleConnections();
      // The last page may still be on its way; whoever stays longer is no browser.
      setTimeout(() => {
        server.closeAllConnections();
      }, 1000).unref();
    },
  };
}

/** The query of a request for our path; null for any other. A foreign `Host` is a page that plays with its own name (DNS rebinding). */
function queryOf(request: IncomingMessage, host: string, path: string): URLSearchParams | null {
  const url = URL.parse(request.url ?? '', `http://${host}`);
  const isOurs = request.method === 'GET' && request.headers.host === host && url?.pathname === path;
  return isOurs ? url.searchParams : null;
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function respond(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'cache-control': 'no-store',
    // The address of this page holds what the browser brought.
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    connection: 'close',
  });
  response.end(html);
}
