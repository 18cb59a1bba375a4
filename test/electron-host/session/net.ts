/** `net` and `protocol`: requests of the main process (Node's fetch; `file:` as Electron serves it), and custom schemes. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { state } from '../process-state.ts';
import { handlers, privileged, schemeOf } from '../schemes.ts';
import { complete } from '../surface.ts';
import { updateInterception } from './interception.ts';

const mediaTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.map': 'application/json',
  '.mjs': 'text/javascript',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain',
  '.wasm': 'application/wasm',
  '.wav': 'audio/wav',
  '.woff2': 'font/woff2',
};

async function fetchFile(url: string): Promise<Response> {
  const file = fileURLToPath(url);
  const type = mediaTypes[path.extname(file).toLowerCase()] ?? 'application/octet-stream';
  try {
    return new Response(await fs.readFile(file), { headers: { 'content-type': type } });
  } catch {
    throw new Error('net::ERR_FILE_NOT_FOUND');
  }
}

/** As `net.fetch`. Rejects with `net::ERR_FILE_NOT_FOUND` for a missing file. */
export async function netFetch(
  input: string | Request,
  init?: RequestInit & { bypassCustomProtocolHandlers?: boolean },
): Promise<Response> {
  const url = typeof input === 'string' ? input : input.url;
  if (schemeOf(url) === 'file') return fetchFile(url);
  const handler = init?.bypassCustomProtocolHandlers === true ? undefined : handlers.get(schemeOf(url));
  return handler ? handler(new Request(input, init)) : fetch(input, init);
}

export const net = complete(
  { fetch: netFetch, isOnline: () => true, online: true } satisfies Partial<Electron.Net>,
  'Net',
  'net',
);

export const protocol = complete(
  {
    registerSchemesAsPrivileged: (schemes: Electron.CustomScheme[]) => {
      if (state.ready) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
      for (const { scheme } of schemes) privileged.add(scheme);
    },
    handle: (scheme, handler) => {
      if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
      handlers.set(scheme, handler);
      updateInterception();
    },
    unhandle: (scheme) => {
      if (!handlers.delete(scheme)) throw new Error(`Failed to unhandle protocol: ${scheme}`);
      updateInterception();
    },
    isProtocolHandled: (scheme) =>
      handlers.has(scheme) || ['http', 'https', 'file', 'ws', 'wss', 'data', 'blob'].includes(scheme),
  } satisfies Partial<Electron.Protocol>,
  'Protocol',
  'protocol',
);
