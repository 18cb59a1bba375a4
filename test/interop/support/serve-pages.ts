/** Builds the far ends' pages and serves them on loopback, from memory: nothing is left behind. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

import { build, type Rolldown } from 'vite';

const root = path.join(import.meta.dirname, '../pages');
const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
};

export interface ServedPages {
  /** `http://127.0.0.1:PORT`: there Chromium hands out microphones and cameras. */
  readonly origin: string;
  readonly stop: () => Promise<void>;
}

/** Takes a second or two. @throws when the pages do not build. */
export async function servePages(): Promise<ServedPages> {
  const files = await buildPages();
  const server = createServer((request, response) => {
    const name = (request.url ?? '/').slice(1);
    const file = files.get(name);
    response.writeHead(file === undefined ? 404 : 200, {
      'content-type': contentTypes[path.extname(name)] ?? 'application/octet-stream',
    });
    response.end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Name → content. */
async function buildPages(): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const input = ['sdk.html', 'zero.html'].map((page) => path.join(root, page));
  const built = await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'esnext',
      minify: false,
      modulePreload: false,
      rolldownOptions: {
        input,
      },
    },
  });
  const outputs = (Array.isArray(built) ? built : [built]) as Rolldown.RolldownOutput[];
  return new Map(
    outputs.flatMap(({ output }) => output).map((part) => [part.fileName, 'code' in part ? part.code : part.source]),
  );
}
