/** A web of a few addresses: what each answers, and what was asked of it. */
import { vi } from 'vitest';

import type { Fetch } from '../../../../main/account/http';

/** A JSON body with status 200, a status with a body, text that is not JSON, or a failure below HTTP. */
export type Page =
  | { readonly json: unknown; readonly status?: number; readonly headers?: Readonly<Record<string, string>> }
  | { readonly text: string; readonly status?: number }
  | { readonly code: string };

export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
  readonly token: string | null;
}

/** @param pages by URL, or by `METHOD URL`; every other address does not resolve. */
export function makeWeb(pages: Record<string, Page>) {
  const asked: Asked[] = [];
  const fetch = vi.fn<Fetch>((resource, options) => {
    const url = resource instanceof Request ? resource.url : resource.toString();
    const method = options?.method ?? 'GET';
    const body = readBody(options?.body);
    asked.push({ method, url, body, token: new Headers(options?.headers).get('authorization') });
    const page = pages[`${method} ${url}`] ?? pages[url] ?? { code: 'ENOTFOUND' };
    if ('code' in page) {
      const cause = Object.assign(new Error(page.code), { code: page.code });
      return Promise.reject(new TypeError('fetch failed', { cause }));
    }
    const init = { status: page.status ?? 200, ...('headers' in page && { headers: page.headers }) };
    return Promise.resolve(new Response('text' in page ? page.text : JSON.stringify(page.json), init));
  });
  return { fetch, asked, pages };
}

/** JSON, or the fields of a form. */
function readBody(body: unknown): unknown {
  if (body instanceof URLSearchParams) return Object.fromEntries(body);
  return typeof body === 'string' ? (JSON.parse(body) as unknown) : undefined;
}
