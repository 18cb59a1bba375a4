import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

import { afterEach, expect, it } from 'vitest';

import { request } from '../../../../main/account/http';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** Takes one request per connection, and closes it when a second one is under way: as after a wait that was too long. */
async function impatientServer(): Promise<string> {
  const used = new WeakSet<Socket>();
  server = createServer((asked, response) => {
    if (used.has(asked.socket)) {
      asked.socket.destroy();
      return;
    }
    used.add(asked.socket);
    response.end('{}');
  });
  await new Promise<void>((ready) => server?.listen(0, '127.0.0.1', ready));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

it('a connection of before, which the server may be closing, is not used again', async () => {
  const url = await impatientServer();
  for (let count = 0; count < 3; count++) {
    expect(await request(fetch, 'POST', url, { body: { count } })).toMatchObject({ ok: true, status: 200 });
  }
});
