/**
 * Pictures of people, fetched for the page, which has neither the token nor the network. Only small pictures of a few
 * formats pass; the last ones are kept. Spec: client-server API, "Content repository", authenticated media.
 */
import { Readable } from 'node:stream';

import type { AvatarAddress } from './avatar-url';
import type { Fetch } from './poll-fetch';

export interface Avatar {
  readonly type: string;
  readonly body: Uint8Array<ArrayBuffer>;
}

export interface Avatars {
  /** Null where there is none, or none that may be shown. Never rejects. */
  readonly get: (address: Pick<AvatarAddress, 'server' | 'mediaId'>) => Promise<Avatar | null>;
}

export interface AvatarsEnv {
  readonly fetch: Fetch;
  readonly baseUrl: string;
  /** The fetch above knows newer ones. */
  readonly token: string;
  /** ms; see Clock. */
  readonly now: () => number;
}

/** px, at twice the size of the largest that is shown all the time. */
const SIZE = 192;
/** Bytes. A thumbnail of this size has some ten thousand; a homeserver that makes none sends what was uploaded. */
const MOST = 1_000_000;
/** Bytes of all that are kept. */
const KEPT = 16_000_000;
/** ms */
const TIMEOUT = 20_000;
/** ms before a picture that could not be had is asked for again. */
const PAUSE = 60_000;
/** At once; a long list would ask for all of its pictures. */
const LANES = 4;

export function makeAvatars({ fetch, baseUrl, token, now }: AvatarsEnv): Avatars {
  /** Oldest first. */
  const kept = new Map<string, Avatar>();
  const failedAt = new Map<string, number>();
  const running = new Map<string, Promise<Avatar | null>>();
  const waiting: (() => void)[] = [];
  let size = 0;
  let busy = 0;

  async function load(path: string): Promise<Avatar | null> {
    if (busy >= LANES) await new Promise<void>((resolve) => waiting.push(resolve));
    busy++;
    try {
      const query = `width=${SIZE}&height=${SIZE}&method=crop`;
      const found = await ask(`/_matrix/client/v1/media/thumbnail/${path}?${query}`);
      // Homeservers before 1.11 know the old way only, without a token.
      const answer = found.status === 404 ? await ask(`/_matrix/media/v3/thumbnail/${path}?${query}`) : found;
      return answer.ok ? await read(answer) : null;
    } finally {
      busy--;
      waiting.shift()?.();
    }
  }

  function ask(path: string): Promise<Response> {
    const headers = path.startsWith('/_matrix/client/') ? { authorization: `Bearer ${token}` } : {};
    return fetch(baseUrl + path, { headers, signal: AbortSignal.timeout(TIMEOUT) });
  }

  function keep(key: string, avatar: Avatar): void {
    kept.set(key, avatar);
    size += avatar.body.length;
    for (const [oldest, { body }] of kept) {
      if (size <= KEPT) break;
      kept.delete(oldest);
      size -= body.length;
    }
  }

  async function fetchAndKeep(key: string): Promise<Avatar | null> {
    const avatar = await load(key).catch(() => null);
    running.delete(key);
    if (avatar !== null) keep(key, avatar);
    else failedAt.set(key, now());
    return avatar;
  }

  return {
    get: ({ server, mediaId }) => {
      const key = `${encodeURIComponent(server)}/${encodeURIComponent(mediaId)}`;
      const known = kept.get(key);
      if (known) return Promise.resolve(known);
      if (now() - (failedAt.get(key) ?? -Infinity) < PAUSE) return Promise.resolve(null);
      failedAt.delete(key);
      const asked = running.get(key) ?? fetchAndKeep(key);
      running.set(key, asked);
      return asked;
    },
  };
}

/** Null for what is too large, or no picture. */
async function read(response: Response): Promise<Avatar | null> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const stream: AsyncIterable<Uint8Array> = response.body ?? Readable.from([]);
  for await (const part of stream) {
    parts.push(part);
    length += part.length;
    if (length > MOST) return null; // leaving the loop ends the download
  }
  const body = Uint8Array.from(Buffer.concat(parts));
  const type = typeOf(body);
  return type === null ? null : { type, body };
}

/** What the bytes themselves say: a homeserver passes on whatever it was told. No SVG, which may hold anything. */
function typeOf(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (/^GIF8[79]a/.test(head)) return 'image/gif';
  return /^RIFF[\s\S]{4}WEBP$/.test(head) ? 'image/webp' : null;
}
