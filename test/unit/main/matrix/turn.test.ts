import { MatrixError } from 'matrix-js-sdk';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { makeTurn, type Turn } from '../../../../main/matrix/turn';
import type { TurnServers } from '../../../../preload/contract/signalling';
import { turnedClock } from '../turned-clock';

const answer = { username: 'u', password: 'p', uris: ['turn:relay.example.org?transport=udp'], ttl: 3600 };

let clock: ReturnType<typeof turnedClock>;
let turn: Turn;
const ask = vi.fn<() => Promise<unknown>>();
const changed = vi.fn<(servers: TurnServers | null) => void>();

beforeEach(() => {
  vi.resetAllMocks();
  clock = turnedClock();
  turn = makeTurn({ ask, clock, date: () => clock.now(), changed });
});

function turnOver(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe('V0-12: credentials', () => {
  it('are fetched once and told', async () => {
    ask.mockResolvedValue(answer);
    const servers = { urls: answer.uris, username: 'u', credential: 'p', expiresAt: 3_600_000 };
    expect(await Promise.all([turn.get(), turn.get()])).toEqual([servers, servers]);
    expect(await turn.get()).toEqual(servers);
    expect(ask).toHaveBeenCalledTimes(1);
    expect(changed.mock.calls).toEqual([[servers]]);
  });

  it('are renewed when 80 % of their life has passed, and told', async () => {
    ask.mockResolvedValue(answer);
    await turn.get();
    clock.turn(2_879_999);
    expect(ask).toHaveBeenCalledTimes(1);
    clock.turn(1);
    await turnOver();
    expect(changed).toHaveBeenLastCalledWith(expect.objectContaining({ expiresAt: 2_880_000 + 3_600_000 }));
  });

  it('are not asked for before somebody needs them, nor after the end', async () => {
    clock.turn(1e9);
    expect(ask).not.toHaveBeenCalled();
    ask.mockResolvedValue(answer);
    await turn.get();
    turn.stop();
    clock.turn(1e9);
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it('with a life of no time do not become a flood', async () => {
    ask.mockResolvedValue({ ...answer, ttl: 1 });
    await turn.get();
    clock.turn(9999);
    expect(ask).toHaveBeenCalledTimes(1);
  });
});

describe('V0-13: none', () => {
  it.each([
    ['an empty object', {}],
    ['no addresses', { ...answer, uris: [] }],
    ['addresses of another kind', { ...answer, uris: ['https://example.org', 7] }],
    ['no password', { ...answer, password: undefined }],
    ['a life that is none', { ...answer, ttl: 0 }],
    ['nothing', null],
  ])('%s', async (_what, body) => {
    ask.mockResolvedValue(body);
    expect(await turn.get()).toBeNull();
    expect(changed).not.toHaveBeenCalled();
  });

  it('one address that is none does not spoil the others', async () => {
    const good = ['turn:[2001:db8::1]:3478?transport=tcp', 'turns:relay.example.org', 'stun:192.0.2.1:3478'];
    const bad = [
      'stun:relay.example.org?transport=udp',
      'turn:relay:99999',
      'turn:',
      'turn:a?transport=sctp',
      'turn:a b',
    ];
    ask.mockResolvedValue({ ...answer, uris: [...bad, ...good] });
    expect((await turn.get())?.urls).toEqual(good);
  });

  it.each([403, 404, 429, 500])(
    '%d: the call goes on, and the homeserver is left alone for a while',
    async (status) => {
      ask.mockRejectedValue(new MatrixError({}, status));
      expect(await turn.get()).toBeNull();
      expect(await turn.get()).toBeNull();
      expect(ask).toHaveBeenCalledTimes(1);
      ask.mockResolvedValue(answer);
      clock.turn(600_000);
      await turnOver();
      expect(await turn.get()).not.toBeNull();
    },
  );

  it('429: asked again when the homeserver allows it, not before', async () => {
    ask.mockRejectedValue(new MatrixError({ errcode: 'M_LIMIT_EXCEEDED', retry_after_ms: 90_000 }, 429));
    await turn.get();
    clock.turn(89_999);
    expect(ask).toHaveBeenCalledTimes(1);
    clock.turn(1);
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('no answer: the call waits two seconds; what comes later is told', async () => {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    ask.mockReturnValue(promise);
    const get = turn.get();
    clock.turn(2000);
    expect(await get).toBeNull();
    resolve(answer);
    await turnOver();
    expect(changed).toHaveBeenCalledWith(expect.objectContaining({ username: 'u' }));
    expect(await turn.get()).toMatchObject({ username: 'u' });
  });

  it('a renewal that fails leaves what still holds', async () => {
    ask.mockResolvedValueOnce(answer).mockRejectedValue(new TypeError('fetch failed'));
    await turn.get();
    clock.turn(2_880_000);
    await turnOver();
    expect(await turn.get()).toMatchObject({ username: 'u' });
    expect(changed).toHaveBeenCalledTimes(1);
    // Asleep beyond the end: what has run out is not handed to anybody.
    clock.turn(3_600_000);
    await turnOver();
    expect(await turn.get()).toBeNull();
  });
});
