import { beforeEach, describe, expect, it, vi } from 'vitest';

import { avatarUrl, readAvatarUrl } from '../../../../main/matrix/avatar-url';
import { type Avatars, makeAvatars } from '../../../../main/matrix/avatars';
import type { UserId } from '../../../../preload/contract/ids';
import { turnedClock } from '../turned-clock';

const anna = '@anna:example.org' as UserId;
const png = Buffer.from('\x89PNG\r\n\x1a\nrest', 'latin1');
const picture = { server: 'example.org', mediaId: 'abc' };

describe('the address of a picture', () => {
  it.each(['mxc://example.org/abc', 'mxc://example.org:8448/A-b_c', 'mxc://[2001:db8::1]/abc'])('%s', (mxc) => {
    const url = avatarUrl(anna, mxc);
    expect(new URL(url ?? '').host).toBe('bundle');
    const [, server, mediaId] = /^mxc:\/\/([^/]+)\/(.*)$/.exec(mxc) ?? [];
    expect(readAvatarUrl(url ?? '')).toEqual({ account: anna, server, mediaId });
  });

  it.each([
    undefined,
    '',
    'https://example.org/a.png',
    'mxc://example.org',
    'mxc://exa mple/abc',
    'mxc://e/a/../b',
    'mxc://e/a?b',
  ])('none: %s', (mxc) => {
    expect(avatarUrl(anna, mxc)).toBeNull();
  });

  it.each([
    'app://bundle/index.html',
    'app://bundle/avatar/@anna:example.org/example.org',
    'app://bundle/avatar/anna/example.org/abc',
    'app://bundle/avatar/@anna:example.org/example.org/%2e%2e%2f',
    'app://bundle/avatar/@anna:example.org/example.org/abc/more',
    'app://bundle/avatar/%/example.org/abc',
  ])('is not %s', (url) => {
    expect(readAvatarUrl(url)).toBeNull();
  });
});

describe('a picture', () => {
  let clock: ReturnType<typeof turnedClock>;
  let avatars: Avatars;
  const fetch = vi.fn<(url: string, options: RequestInit) => Promise<Response>>();
  const body = (bytes: Buffer): Response => new Response(Uint8Array.from(bytes));

  beforeEach(() => {
    vi.resetAllMocks();
    clock = turnedClock();
    avatars = makeAvatars({ fetch: fetch as never, baseUrl: 'https://hs', token: 't', now: clock.now });
  });

  it('comes with the token, small, and once', async () => {
    fetch.mockImplementation(() => Promise.resolve(body(png)));
    const both = await Promise.all([avatars.get(picture), avatars.get(picture)]);
    expect(both[0]).toEqual({ type: 'image/png', body: Uint8Array.from(png) });
    expect(await avatars.get(picture)).toEqual(both[0]);
    expect(fetch).toHaveBeenCalledTimes(1);
    const [url, options] = fetch.mock.calls[0] ?? [];
    expect(url).toBe('https://hs/_matrix/client/v1/media/thumbnail/example.org/abc?width=192&height=192&method=crop');
    expect(options?.headers).toEqual({ authorization: 'Bearer t' });
  });

  it('of an older homeserver comes the old way, without the token', async () => {
    fetch.mockResolvedValueOnce(new Response('{}', { status: 404 })).mockResolvedValueOnce(body(png));
    expect((await avatars.get(picture))?.type).toBe('image/png');
    const [url, options] = fetch.mock.calls[1] ?? [];
    expect(url).toContain('https://hs/_matrix/media/v3/thumbnail/');
    expect(options?.headers).toEqual({});
  });

  it.each([
    ['jpeg', '\xff\xd8\xff\xe0', 'image/jpeg'],
    ['gif', 'GIF89a..', 'image/gif'],
    ['webp', 'RIFF\x01\x02\x03\x04WEBP', 'image/webp'],
  ])('may be %s', async (_name, bytes, type) => {
    fetch.mockResolvedValue(body(Buffer.from(bytes, 'latin1')));
    expect((await avatars.get(picture))?.type).toBe(type);
  });

  it.each([
    ['a drawing that may hold scripts', () => body(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))],
    ['a page', () => new Response('<html>', { headers: { 'content-type': 'image/png' } })],
    ['too large', () => body(Buffer.concat([png, Buffer.alloc(1_000_000)]))],
    ['nothing', () => new Response(null)],
    ['refused', () => new Response(Uint8Array.from(png), { status: 403 })],
  ])('is not shown: %s', async (_why, answer) => {
    fetch.mockImplementation(() => Promise.resolve(answer()));
    expect(await avatars.get(picture)).toBeNull();
  });

  it('that could not be had is asked for again a minute later', async () => {
    fetch.mockRejectedValueOnce(new TypeError('fetch failed')).mockResolvedValue(body(png));
    expect(await avatars.get(picture)).toBeNull();
    clock.turn(59_999);
    expect(await avatars.get(picture)).toBeNull();
    clock.turn(1);
    expect(await avatars.get(picture)).not.toBeNull();
  });

  it('is one of four that are fetched at once', async () => {
    const answers: ((response: Response) => void)[] = [];
    fetch.mockImplementation(() => new Promise((resolve) => answers.push(resolve)));
    const all = Promise.all(['a', 'b', 'c', 'd', 'e'].map((mediaId) => avatars.get({ ...picture, mediaId })));
    await new Promise((resolve) => setImmediate(resolve));
    expect(answers).toHaveLength(4);
    for (let done = 0; done < 5; done++) {
      answers[done]?.(body(png));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await all).not.toContain(null);
  });
});
