/** What a person typed as their homeserver: a server name, which `.well-known` may delegate, or the URL itself. */

export type TypedServer =
  | { readonly ok: true; readonly kind: 'name'; readonly name: string }
  | { readonly ok: true; readonly kind: 'url'; readonly url: URL }
  | { readonly ok: false; readonly reason: 'malformedServer' | 'insecureServer' };

const malformed: TypedServer = { ok: false, reason: 'malformedServer' };

/** Tolerates blanks around it, a trailing slash and capitals; `http:` is allowed for loopback addresses only. */
export function readTypedServer(text: string): TypedServer {
  const typed = text.trim();
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed);
  const url = URL.parse(hasScheme ? typed : `https://${typed}`);
  if (typed === '' || !url || !isServerName(url.host) || url.username !== '' || url.password !== '') return malformed;
  if (url.search !== '' || url.hash !== '') return malformed;
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) return { ok: false, reason: 'insecureServer' };
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return malformed;
  return hasScheme || url.pathname !== '/'
    ? { ok: true, kind: 'url', url }
    : { ok: true, kind: 'name', name: url.host };
}

/** 127.0.0.0/8, ::1 and localhost, as `URL.hostname` writes them. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/** The form in which all endpoints are appended: without a slash at the end. */
export function baseUrl(url: URL): string {
  return url.origin + url.pathname.replace(/\/+$/, '');
}

/** Spec appendices, "Server Name". */
function isServerName(host: string): boolean {
  return /^(\[[0-9a-f:.]+\]|[0-9a-z.-]+)(:\d{1,5})?$/.test(host);
}
