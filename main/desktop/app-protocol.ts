/**
 * Serves the page from our own folder under `app://bundle`, with the pictures of people, and nothing else from anywhere. A
 * scheme of our own gives the page an origin that no website can have, and every document its Content-Security-Policy.
 */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { protocol } from 'electron';
import { contentSecurityPolicy, permissionsPolicy } from './security';

export const origin = 'app://bundle';
export const page = `${origin}/index.html`;
export const callWindowPage = `${origin}/call-window.html`;

/** Must run before `ready`. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** A picture that the page may show; null where there is none. */
export type PictureSource = (url: string) => Promise<{
  readonly type: string;
  readonly body: Uint8Array<ArrayBuffer>;
} | null>;

export function serveApp(folder: string, picture: PictureSource): void {
  protocol.handle('app', ({ url }) => (url.startsWith(pictures) ? showPicture(url, picture) : respond(folder, url)));
}

const pictures = `${origin}/avatar/`;

export async function showPicture(url: string, picture: PictureSource): Promise<Response> {
  const found = await picture(url);
  if (found === null) return notFound();
  // What a name stands for never changes: the name is that of the upload.
  return new Response(found.body, { headers: { ...common(found.type), 'cache-control': 'private, max-age=86400' } });
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Answers 404 for everything that is not a file of a known type inside `folder`. */
export async function respond(folder: string, url: string): Promise<Response> {
  const file = fileOf(folder, url);
  const type = file === null ? undefined : types[path.extname(file)];
  if (file === null || type === undefined) return notFound();
  try {
    const body = await readFile(file);
    return file.endsWith('.html')
      ? documentResponse(body.toString('utf8'), type, path.basename(file))
      : fileResponse(body, type);
  } catch {
    return notFound();
  }
}

/** Inside `folder` or null. The URL parser has taken `..` out already, but not `%2e%2e`, `%2f` or a backslash. */
function fileOf(folder: string, url: string): string | null {
  const { host, pathname } = new URL(url);
  if (`app://${host}` !== origin) return null;
  const name = decoded(pathname);
  if (name === null || /[\\\0]/.test(name)) return null;
  const file = path.join(folder, name === '/' ? 'index.html' : name);
  const inside = path.relative(folder, file);
  return inside.startsWith('..') || path.isAbsolute(inside) ? null : file;
}

function decoded(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
}

/** The build leaves a mark where the nonce goes; it is a new one for every document. */
function documentResponse(html: string, type: string, name: string): Response {
  const nonce = randomBytes(16).toString('base64');
  return new Response(html.replaceAll('__CSP_NONCE__', nonce), {
    headers: {
      ...common(type),
      'content-security-policy': contentSecurityPolicy(nonce),
      'permissions-policy': permissionsPolicy(name === 'index.html'),
      'cache-control': 'no-store',
    },
  });
}

const fileResponse = (body: Uint8Array<ArrayBuffer>, type: string): Response =>
  new Response(body, { headers: common(type) });

const common = (type: string): Record<string, string> => ({
  'content-type': type,
  'x-content-type-options': 'nosniff',
});

const notFound = (): Response => new Response('not found', { status: 404, headers: { 'content-type': 'text/plain' } });
