import { expect, test } from 'vitest';

import { serveWellKnown } from '../../homeserver/well-known.ts';

test.each([
  [{ 'm.homeserver': { base_url: 'http://127.0.0.1:1/' } }, 200, '{"m.homeserver":{"base_url":"http://127.0.0.1:1/"}}'],
  ['<!doctype html>', 200, '<!doctype html>'],
  [{}, 500, '{}'],
] as const)('serves %j with %i at the well-known path alone', async (document, status, body) => {
  const server = await serveWellKnown(document, status);
  try {
    const found = await fetch(`${server.url}/.well-known/matrix/client`);
    expect([found.status, await found.text()]).toEqual([status, body]);
    expect((await fetch(`${server.url}/_matrix/client/versions`)).status).toBe(404);
  } finally {
    await server.stop();
  }
});
