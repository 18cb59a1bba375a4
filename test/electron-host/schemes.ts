/**
 * Custom schemes. Chromium is not built with ours, so `app://carillon/x` is shown to it as
 * `http://carillon.app.localhost/x`: like a privileged scheme, `*.localhost` is a secure context without TLS.
 */

export type ProtocolHandler = (request: Request) => Response | Promise<Response>;

/** Schemes that `registerSchemesAsPrivileged` named. */
export const privileged = new Set<string>();
/** Schemes that `protocol.handle` serves. */
export const handlers = new Map<string, ProtocolHandler>();

const builtIn = new Set(['http', 'https', 'file']);

function isCustom(scheme: string): boolean {
  return !builtIn.has(scheme) && (handlers.has(scheme) || privileged.has(scheme));
}

export function schemeOf(url: string): string {
  return url.slice(0, Math.max(0, url.indexOf(':'))).toLowerCase();
}

export function toChromium(url: string): string {
  const { host = '', rest = '' } = /^[^:]+:\/\/(?<host>[^/?#]*)(?<rest>.*)$/s.exec(url)?.groups ?? {};
  const scheme = schemeOf(url);
  if (host === '' || !isCustom(scheme)) return url;
  return `http://${host}.${scheme}.localhost${rest === '' ? '/' : rest}`;
}

export function fromChromium(url: string): string {
  const { host, scheme, rest } =
    /^http:\/\/(?<host>[^/?#]+)\.(?<scheme>[a-z0-9+-]+)\.localhost(?<rest>\/.*)?$/is.exec(url)?.groups ?? {};
  if (host === undefined || scheme === undefined || !isCustom(scheme)) return url;
  return `${scheme}://${host}${rest ?? '/'}`;
}

/** `scheme://host` as main sees it; `'null'` for what has no host. */
export function originOf(url: string): string {
  return /^\w[\w+.-]*:\/\/[^/?#]+/.exec(url)?.[0] ?? 'null';
}

/** Chromium's patterns of the requests that `protocol.handle` wants. */
export function handledPatterns(): string[] {
  const schemes = new Set([...handlers.keys(), ...privileged]);
  return [...schemes].map((scheme) => (builtIn.has(scheme) ? `${scheme}://*` : `http://*.${scheme}.localhost/*`));
}
