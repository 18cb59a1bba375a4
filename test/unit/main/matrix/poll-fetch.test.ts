import { beforeEach, expect, it, vi } from 'vitest';

import { type Fetch, makePollFetch, type PollFetch } from '../../../../main/matrix/poll-fetch';

const sync = 'https://x/_matrix/client/v3/sync';

let network: PollFetch;
/** Requests are never answered; their signals tell. */
const fetch = vi.fn<Fetch>(() => new Promise(() => undefined));

beforeEach(() => {
  fetch.mockClear();
  network = makePollFetch(fetch);
});

function ask(url: string, signal?: AbortSignal): AbortSignal | null | undefined {
  void network.fetch(url, signal ? { signal } : {});
  return fetch.mock.calls.at(-1)?.[1]?.signal;
}

it('ends the poll under way when it is told to, and not the next one', () => {
  const first = ask(`${sync}?timeout=20000`);
  network.interrupt();
  const second = ask(`${sync}?timeout=20000`);
  expect([first?.aborted, second?.aborted]).toEqual([true, false]);
});

it('still lets the SDK end its poll', () => {
  const sdk = new AbortController();
  const poll = ask(`${sync}?timeout=20000`, sdk.signal);
  sdk.abort();
  expect(poll?.aborted).toBe(true);
});

it('bounds a poll that is held, not one that asks for everything at once', () => {
  const timeout = vi.spyOn(AbortSignal, 'timeout');
  ask(`${sync}?timeout=20000&since=s1`);
  ask(`${sync}?timeout=0&since=s1`);
  ask(`${sync}?timeout=0`);
  expect(timeout.mock.calls).toEqual([[30_000]]);
  timeout.mockRestore();
});

it('LV-05: makes every first sync unlike that of an earlier start, which the homeserver may have kept', () => {
  const date = vi.spyOn(Date, 'now');
  const asked = [1000, 2000].map((now) => {
    date.mockReturnValue(now);
    ask(`${sync}?timeout=0`);
    return fetch.mock.lastCall?.[0];
  });
  expect(new Set(asked.map(String)).size).toBe(2);
  date.mockRestore();
});

it('LV-05: so is a first sync that goes on from the last start, and only the first', () => {
  const date = vi.spyOn(Date, 'now').mockReturnValue(1007);
  ask(`${sync}?timeout=0&since=s1`);
  ask(`${sync}?timeout=0&since=s1`);
  expect(fetch.mock.calls.map(([url]) => (url instanceof URL ? url.href : url))).toEqual([
    `${sync}?timeout=7&since=s1`,
    `${sync}?timeout=0&since=s1`,
  ]);
  date.mockRestore();
});

it('a homeserver that does not say what it speaks keeps nobody waiting', () => {
  const timeout = vi.spyOn(AbortSignal, 'timeout');
  ask('https://x/_matrix/client/versions');
  ask('https://x/_matrix/client/versions');
  expect(timeout.mock.calls).toEqual([[3000]]);
  timeout.mockRestore();
});

it('leaves every other request alone', () => {
  const options = {};
  void network.fetch('https://x/_matrix/client/v3/voip/turnServer', options);
  expect(fetch.mock.calls).toEqual([['https://x/_matrix/client/v3/voip/turnServer', options]]);
});

it('after the end nothing goes out, and what was under way is not heard of', async () => {
  const heard = vi.fn();
  for (const answer of [Promise.resolve(new Response()), Promise.reject(new Error('aborted'))]) {
    fetch.mockReturnValueOnce(answer);
    void network.fetch('https://x/_matrix/client/v3/keys/upload').then(heard, heard);
  }
  network.end();
  void network.fetch(sync);
  await new Promise(setImmediate);
  expect(fetch).toHaveBeenCalledTimes(2);
  expect(heard).not.toHaveBeenCalled();
});
