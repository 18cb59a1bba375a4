/** A web server that is not a homeserver, on loopback: for what discovery may meet at the address that a person typed. */
import { createServer } from 'node:http';

export interface WellKnownServer {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/**
 * Answers `GET /.well-known/matrix/client` with `document` (a string is sent as it is, so that it may be malformed) and
 * everything else with 404.
 */
export async function serveWellKnown(document: unknown, status = 200): Promise<WellKnownServer> {
  const server = createServer((request, response) => {
    const asked = request.url === '/.well-known/matrix/client';
    response.writeHead(asked ? status : 404, { 'content-type': 'application/json' });
    response.end(asked ? (typeof document === 'string' ? document : JSON.stringify(document)) : '{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');

  return {
    url: `http://127.0.0.1:${address.port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
