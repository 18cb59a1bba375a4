import { beforeEach, describe, expect, it, vi } from 'vitest';

import { makeTokenFetch } from '../../../../main/account/token-fetch';
import type { Session } from '../../../../main/account/vault';
import type { UserId } from '../../../../preload/contract/ids';
import { quietLog } from '../quiet-log';
import { turnedClock } from '../turned-clock';
import { metadata, service } from './oauth-service';
import { makeWeb, type Page } from './web';

const baseUrl = 'https://hs.example.org';
const asked = `${baseUrl}/_matrix/client/v3/joined_rooms`;
const session: Session = {
  userId: '@bob:example.org' as UserId,
  deviceId: 'DEVICE',
  baseUrl,
  token: 'old',
  storeKey: '',
  hasKeys: false,
  oauth: { clientId: 'client', refreshToken: 'refresh 0' },
};
const unknown: Page = { json: { errcode: 'M_UNKNOWN_TOKEN', soft_logout: true }, status: 401 };

/** A homeserver that takes only the tokens in `good`, and a service that hands out `token 1`, `token 2` and so on. */
function world(kept = session) {
  const clock = turnedClock();
  const good = new Set<string>();
  const web = makeWeb(service(baseUrl));
  const save = vi.fn<(session: Session) => Promise<boolean>>(() => Promise.resolve(true));
  const stuck = vi.fn<(is: boolean) => void>();
  let count = 0;
  const made = makeTokenFetch({
    session: kept,
    clock,
    log: quietLog(),
    save,
    stuck,
    fetch: (resource, options) => {
      const url = resource instanceof Request ? resource.url : resource.toString();
      const token = new Headers(options?.headers).get('authorization')?.slice('Bearer '.length) ?? '';
      if (url === asked) web.pages[asked] = good.has(token) ? { json: { token } } : unknown;
      if (url === metadata.token_endpoint && handsOut) {
        count++;
        good.add(`token ${count}`);
        const fresh = { access_token: `token ${count}`, refresh_token: `refresh ${count}` };
        web.pages[url] = { json: { ...fresh, token_type: 'Bearer', expires_in: 300 } };
      }
      return web.fetch(resource, options);
    },
  });
  let handsOut = true;
  const ask = async (signal?: AbortSignal): Promise<unknown> => {
    const headers = { authorization: 'Bearer of the SDK' };
    const response = await made.fetch(asked, { headers, ...(signal && { signal }) });
    return response.json();
  };
  return {
    ...made,
    clock,
    good,
    save,
    stuck,
    ask,
    asked: web.asked,
    /** From now on the token endpoint answers this; undefined: tokens again. */
    answers: (page?: Page) => {
      handsOut = page === undefined;
      if (page) web.pages[metadata.token_endpoint] = page;
    },
    renewals: () => web.asked.filter(({ url }) => url === metadata.token_endpoint).map(({ body }) => body),
  };
}

let all: ReturnType<typeof world>;
beforeEach(() => {
  all = world();
});

it('a session of the homeserver itself goes through untouched', () => {
  const { fetch } = makeWeb({});
  expect(makeTokenFetch({ ...all, log: quietLog(), session: { ...session, oauth: null }, fetch }).fetch).toBe(fetch);
});

it('every request leaves with the token of the moment; what has none gets none', async () => {
  all.good.add('old');
  expect(await all.ask()).toEqual({ token: 'old' });
  await all.fetch(`${baseUrl}/_matrix/client/v1/auth_metadata`);
  expect(all.asked.map(({ token }) => token)).toEqual(['Bearer old', null]);
  expect(all.renewals()).toEqual([]);
});

it('a token that is no longer taken is renewed, on the disk first, and the request repeated', async () => {
  all.save.mockImplementation((fresh) => {
    expect(fresh).toEqual({ ...session, token: 'token 1', oauth: { clientId: 'client', refreshToken: 'refresh 1' } });
    expect(all.asked.filter(({ url }) => url === asked)).toHaveLength(1);
    return Promise.resolve(true);
  });
  expect(await all.ask()).toEqual({ token: 'token 1' });
  expect(all.renewals()).toEqual([{ grant_type: 'refresh_token', refresh_token: 'refresh 0', client_id: 'client' }]);
  expect(await all.credentials()).toMatchObject({ token: 'token 1', oauth: { refreshToken: 'refresh 1' } });
});

it('many requests at once: one renewal', async () => {
  const answers = await Promise.all(Array.from({ length: 5 }, () => all.ask()));
  expect(answers).toEqual(Array(5).fill({ token: 'token 1' }));
  expect(all.renewals()).toHaveLength(1);
});

it('is renewed a little before its end, whatever the clock on the wall says', async () => {
  await all.ask();
  all.clock.turn(269_000);
  await all.ask();
  expect(all.renewals()).toHaveLength(1);
  all.clock.turn(2000);
  expect(await all.ask()).toEqual({ token: 'token 2' });
  expect(all.renewals()).toHaveLength(2);
});

it('a service that does not rotate: the refresh token stays', async () => {
  all.good.add('fresh');
  all.answers({ json: { access_token: 'fresh', token_type: 'bearer' } });
  expect(await all.ask()).toEqual({ token: 'fresh' });
  expect(await all.credentials()).toMatchObject({ token: 'fresh', oauth: { refreshToken: 'refresh 0' } });
});

describe('what cannot be renewed', () => {
  it.each<[string, Page]>([
    ['out of order', { json: {}, status: 503 }],
    ['too often', { json: { error: 'slow_down' }, status: 429 }],
    ['gone', { code: 'ECONNREFUSED' }],
    ['a proxy that knows better', { text: '<html>', status: 403 }],
  ])('%s: as if the network were gone, and tried again', async (_what, page) => {
    all.answers(page);
    await expect(all.ask()).rejects.toThrow(TypeError);
    all.answers();
    expect(await all.ask()).toEqual({ token: 'token 1' });
  });

  it('an outage ahead of need: the old token does, and is not asked about at every request', async () => {
    await all.ask();
    all.clock.turn(271_000);
    all.answers({ json: {}, status: 503 });
    expect(await all.ask()).toEqual({ token: 'token 1' });
    expect(await all.ask()).toEqual({ token: 'token 1' });
    expect(all.renewals()).toHaveLength(2);
  });

  it("refused: the homeserver's answer stands, and nobody is asked again", async () => {
    all.answers({ json: { error: 'invalid_grant' }, status: 400 });
    expect(await all.ask()).toMatchObject({ errcode: 'M_UNKNOWN_TOKEN' });
    expect(await all.ask()).toMatchObject({ errcode: 'M_UNKNOWN_TOKEN' });
    expect(all.renewals()).toHaveLength(1);
  });

  it('no refresh token', async () => {
    const poor = world({ ...session, oauth: { clientId: 'client', refreshToken: null } });
    expect(await poor.ask()).toMatchObject({ errcode: 'M_UNKNOWN_TOKEN' });
    expect(poor.renewals()).toEqual([]);
  });

  it('renewed, and still not taken: once is enough', async () => {
    all.answers({ json: { access_token: 'worthless', token_type: 'bearer' } });
    expect(await all.ask()).toMatchObject({ errcode: 'M_UNKNOWN_TOKEN' });
    expect(all.renewals()).toHaveLength(1);
  });
});

it('tokens that the disk does not take are not used, and not asked for again', async () => {
  all.save.mockResolvedValue(false);
  await expect(all.ask()).rejects.toThrow('unsaved');
  await expect(all.ask()).rejects.toThrow('unsaved');
  expect(all.asked.some(({ token }) => token === 'Bearer token 1')).toBe(false);
  expect(await all.credentials(), 'for the sign-out').toMatchObject({ token: 'token 1' });
  expect(all.stuck).toHaveBeenLastCalledWith(true);
  all.save.mockResolvedValue(true);
  expect(await all.ask()).toEqual({ token: 'token 1' });
  expect(all.renewals()).toHaveLength(1);
  expect(all.stuck).toHaveBeenLastCalledWith(false);
});

it('a request that is given up while it waits ends; the renewal goes on', async () => {
  const saving = Promise.withResolvers<boolean>();
  all.save.mockReturnValue(saving.promise);
  const giveUp = new AbortController();
  const asking = all.ask(giveUp.signal);
  await vi.waitFor(() => {
    expect(all.save).toHaveBeenCalled();
  }, 10_000);
  giveUp.abort(new Error('given up'));
  await expect(asking).rejects.toThrow('given up');
  saving.resolve(true);
  expect(await all.credentials()).toMatchObject({ token: 'token 1' });
});
