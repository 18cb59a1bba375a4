import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { accountFolder } from '../../../../main/account/account-folder';
import { makeAccounts } from '../../../../main/account/accounts';
import type { Accounts } from '../../../../main/account/contract';
import { type Keyring, makeVault, type StoredSession, type VaultStore } from '../../../../main/account/vault';
import { systemClock } from '../../../../main/clock';
import { openAccountStore } from '../../../../main/store/account-store';
import type { Account } from '../../../../preload/contract/accounts';
import type { UserId } from '../../../../preload/contract/ids';
import { scratch } from '../store/scratch';
import { quietLog } from '../quiet-log';
import { changed, memoryStore, unlocked } from './keyrings';
import { makeWeb, type Page } from './web';

const base = 'https://hs.example.org';
const versions = `${base}/_matrix/client/versions`;
const login = `${base}/_matrix/client/v3/login`;
const granted = { user_id: '@bob:example.org', device_id: 'NEW', access_token: 'token' };

/** example.org delegates to hs.example.org, which takes Bob's password; its sync never answers. */
function web(more: Record<string, Page> = {}) {
  const made = makeWeb({
    'https://example.org/.well-known/matrix/client': { json: { 'm.homeserver': { base_url: base } } },
    [versions]: { json: { versions: ['v1.11'] } },
    [`GET ${login}`]: { json: { flows: [{ type: 'm.login.password' }] } },
    [`POST ${login}`]: { json: granted },
    [`${base}/_matrix/client/v3/logout`]: { json: {} },
    [`${base}/_matrix/client/v1/auth_metadata`]: { json: { errcode: 'M_UNRECOGNIZED' }, status: 404 },
    ...more,
  });
  const posted = (): readonly string[] => made.asked.filter(({ method }) => method === 'POST').map(({ url }) => url);
  return { ...made, posted };
}

let folder: string;
beforeEach(() => {
  folder = scratch();
});
const open: Accounts[] = [];
afterEach(() => Promise.all(open.splice(0).map((accounts) => accounts.stop(0))));

function start(
  fetch: ReturnType<typeof web>['fetch'],
  { store = memoryStore(), keyring = unlocked }: { store?: VaultStore; keyring?: Keyring } = {},
) {
  const accountsChanged = vi.fn<(accounts: readonly Account[]) => void>();
  const accounts = makeAccounts({
    vault: makeVault({ store, keyring, platform: 'linux' }),
    listener: {
      accountsChanged,
      signInProgress: vi.fn(),
      peopleChanged: vi.fn(),
      signalReceived: vi.fn(),
      turnChanged: vi.fn(),
      trustChanged: vi.fn(),
    },
    fetch,
    folder: (userId) => accountFolder(folder, userId),
    callTrust: () => 'all',
    browser: { open: () => Promise.reject(new Error('none')), page: () => '', returned: vi.fn() },
    saveText: () => Promise.resolve({ ok: true }),
    random: (bytes) => randomBytes(bytes).toString('base64url'),
    clock: systemClock,
    date: () => Date.now(),
    log: quietLog(),
  });
  open.push(accounts);
  return { accounts, accountsChanged };
}

function disk(more: Partial<StoredSession> = {}): StoredSession[] {
  const secret = { text: Buffer.from('nekot').toString('base64'), sealedBy: 'safeStorage', holds: 'token' } as const;
  return [
    {
      userId: '@bob:example.org',
      deviceId: 'OLD',
      baseUrl: base,
      secret,
      ended: null,
      storeKey: null,
      hasKeys: false,
      ...more,
    },
  ];
}

describe('signing in', () => {
  it('keeps the session and tells of the account', async () => {
    const kept: StoredSession[] = [];
    const { accounts, accountsChanged } = start(web().fetch, { store: memoryStore(kept) });
    expect(await accounts.signIn('example.org', 'bob', 'secret')).toEqual({ ok: true, account: '@bob:example.org' });
    expect(kept).toMatchObject([{ userId: '@bob:example.org', deviceId: 'NEW', baseUrl: base }]);
    const account = {
      userId: '@bob:example.org',
      name: 'bob',
      server: 'example.org',
      connection: 'connecting',
      trouble: null,
    };
    expect(accountsChanged.mock.calls[0]).toEqual([[account]]);
    expect(accounts.session('@bob:example.org' as UserId)?.account()).toEqual(account);
  });

  it.each([
    [' bob ', 'bob'],
    ['@bob', 'bob'],
    ['@bob:example.org', '@bob:example.org'],
  ])('the user name %j is sent as %s', async (typed, sent) => {
    const { fetch, asked } = web();
    await start(fetch).accounts.signIn('example.org', typed, 'secret');
    expect(asked.find(({ method }) => method === 'POST')?.body).toMatchObject({ identifier: { user: sent } });
  });

  it('of a user of another server than the typed name: no password is sent', async () => {
    const { fetch, posted } = web();
    const result = await start(fetch).accounts.signIn('example.org', '@bob:elsewhere.org', 'secret');
    expect(result).toEqual({ ok: false, reason: 'otherServer' });
    expect(posted()).toEqual([]);
  });

  it('a homeserver that signs in a user of another server than its name: ended at once', async () => {
    const { fetch, asked } = web({ [`POST ${login}`]: { json: { ...granted, user_id: '@bob:elsewhere.org' } } });
    const { accounts } = start(fetch);
    expect(await accounts.signIn('example.org', 'bob', 'secret')).toEqual({ ok: false, reason: 'otherServer' });
    expect(accounts.list()).toEqual([]);
    expect(asked.at(-1)).toMatchObject({ url: `${base}/_matrix/client/v3/logout`, token: 'Bearer token' });
  });

  it('by a URL: its users are whoever it says', async () => {
    const { fetch } = web({ [`POST ${login}`]: { json: { ...granted, user_id: '@bob:elsewhere.org' } } });
    const result = await start(fetch).accounts.signIn(base, 'bob', 'secret');
    expect(result).toEqual({ ok: true, account: '@bob:elsewhere.org' });
  });

  it('twice is once', async () => {
    const { fetch, asked } = web();
    const { accounts } = start(fetch);
    await accounts.signIn('example.org', 'bob', 'secret');
    expect(await accounts.signIn('example.org', 'bob', 'secret')).toEqual({ ok: false, reason: 'alreadySignedIn' });
    expect(asked.filter(({ url }) => url.endsWith('/logout'))).toHaveLength(1);
    expect(accounts.list()).toHaveLength(1);
  });

  it('that cannot be kept is ended at the homeserver', async () => {
    const store: VaultStore = {
      read: () => [],
      write: () => {
        throw new Error('EROFS');
      },
      keepCopy: () => undefined,
    };
    const { fetch, posted } = web();
    const { accounts } = start(fetch, { store });
    expect(await accounts.signIn('example.org', 'bob', 'secret')).toEqual({ ok: false, reason: 'storage' });
    expect(posted().at(-1)).toMatch(/logout$/);
    expect(accounts.list()).toEqual([]);
  });

  it.each([
    ['a homeserver answers there', { json: { versions: [] } }, 'https://better.example.org'],
    ['nothing answers there', { code: 'ECONNREFUSED' }, base],
  ])('the address that the homeserver names is taken if %s', async (_what, page: Page, taken) => {
    const wellKnown = { 'm.homeserver': { base_url: 'https://better.example.org' } };
    const { fetch } = web({
      [`POST ${login}`]: { json: { ...granted, well_known: wellKnown } },
      'https://better.example.org/_matrix/client/versions': page,
    });
    const kept: StoredSession[] = [];
    await start(fetch, { store: memoryStore(kept) }).accounts.signIn('example.org', 'bob', 'secret');
    expect(kept).toMatchObject([{ baseUrl: taken }]);
  });
});

it('an account that was lost is found by its server name, though only its address leads there', async () => {
  const { fetch, posted } = web({ 'https://example.org/.well-known/matrix/client': { code: 'ENOTFOUND' } });
  const { accounts } = start(fetch, { store: memoryStore(disk({ secret: null, ended: 'soft' })) });
  await accounts.restore();
  expect(await accounts.methods('example.org')).toEqual({ ok: true, methods: [{ kind: 'password' }] });
  const other = await accounts.signIn('example.org', '@bob:elsewhere.org', 'secret');
  expect(other).toEqual({ ok: false, reason: 'otherServer' });
  expect(posted()).toEqual([]);
  expect(await accounts.signIn('example.org', 'bob', 'secret')).toMatchObject({ ok: true });
  expect(await accounts.methods('example.net')).toEqual({ ok: false, reason: 'unknownServer' });
});

describe('restoring', () => {
  it('starts what was kept', async () => {
    const { accounts, accountsChanged } = start(web().fetch, { store: memoryStore(disk()) });
    await accounts.restore();
    expect(accountsChanged.mock.calls[0]?.[0]).toMatchObject([
      { userId: '@bob:example.org', connection: 'connecting' },
    ]);
  });

  it.each([
    ['cannot be unsealed', disk(), changed, 'keyring'],
    ['has expired', disk({ secret: null, ended: 'soft' }), unlocked, null],
  ])(
    'whose token %s: shown as signed out, says why, refuses, can sign in again on the same device',
    async (_what, kept, keyring, trouble) => {
      const { fetch, asked } = web();
      const { accounts } = start(fetch, { store: memoryStore(kept), keyring });
      await accounts.restore();
      expect(accounts.list()).toMatchObject([{ userId: '@bob:example.org', connection: 'signedOut', trouble }]);
      const session = accounts.session('@bob:example.org' as UserId);
      expect(await session?.search('anna')).toEqual({ ok: false, reason: 'signedOut' });
      expect(await session?.turn()).toBeNull();
      expect(asked).toEqual([]);

      expect(await accounts.signIn('example.org', 'bob', 'secret')).toMatchObject({ ok: true });
      expect(asked.find(({ method }) => method === 'POST')?.body).toMatchObject({ device_id: 'OLD' });
      expect(accounts.list()).toMatchObject([{ connection: 'connecting', trouble: null }]);
    },
  );
});

describe('a new device in the place of one that is gone', () => {
  const oldKey = Buffer.alloc(32, 7);
  const storeKey = { text: Buffer.from(oldKey.toString('base64')).reverse().toString('base64') };
  const gone = {
    secret: null,
    ended: 'hard',
    storeKey: { ...storeKey, sealedBy: 'safeStorage' },
    hasKeys: true,
  } as const;
  const account = '@bob:example.org' as UserId;
  const file = (): string => path.join(accountFolder(folder, account), 'crypto.sqlite');

  async function oldStore(): Promise<Buffer> {
    const opened = await openAccountStore({ folder: path.dirname(file()), key: oldKey, onFatal: vi.fn() });
    if (opened.ok) await opened.store.close();
    return readFileSync(file());
  }

  it('does not cost the old store before the vault has the new session', async () => {
    const old = await oldStore();
    const store = memoryStore(disk(gone));
    const { accounts } = start(web().fetch, { store });
    await accounts.restore();
    const write = vi.spyOn(store, 'write').mockImplementation(() => {
      throw new Error('ENOSPC');
    });
    expect(await accounts.signIn('example.org', 'bob', 'secret')).toEqual({ ok: false, reason: 'storage' });
    expect(readFileSync(file())).toEqual(old);
    write.mockRestore();
    expect(await accounts.signIn('example.org', 'bob', 'secret')).toMatchObject({ ok: true });
    await vi.waitFor(() => {
      expect(readFileSync(file())).not.toEqual(old);
    }, 10_000);
    expect(existsSync(`${file()}.aside-1`)).toBe(false);
  });

  it('goes on where the program was ended before there was room for its store', async () => {
    const old = await oldStore();
    const kept = disk();
    const { accounts } = start(web().fetch, { store: memoryStore(kept) });
    await accounts.restore();
    await vi.waitFor(() => {
      expect(kept).toMatchObject([{ hasKeys: true }]);
    }, 10_000);
    expect(accounts.list()).toMatchObject([{ trouble: null }]);
    expect(readFileSync(`${file()}.aside-1`)).toEqual(old);
  });
});

it('a store key that is none is trouble with words, and the program goes on', async () => {
  const storeKey = { text: Buffer.from('trohs').toString('base64'), sealedBy: 'safeStorage' } as const;
  const { accounts } = start(web().fetch, { store: memoryStore(disk({ storeKey, hasKeys: true })) });
  await accounts.restore();
  await vi.waitFor(() => {
    expect(accounts.list()).toMatchObject([{ connection: 'offline', trouble: 'wrongKey' }]);
  }, 10_000);
  await accounts.startOver('@bob:example.org' as UserId);
  expect(accounts.list()).toMatchObject([{ connection: 'signedOut', trouble: 'wrongKey' }]);
});

it('signing out is not done where the disk does not let the account be forgotten', async () => {
  const kept = disk();
  const store = memoryStore(kept);
  const write = vi.spyOn(store, 'write');
  const { fetch, posted } = web();
  const { accounts } = start(fetch, { store });
  await accounts.restore();
  write.mockImplementation(() => {
    throw new Error('EROFS');
  });
  await expect(accounts.signOut('@bob:example.org' as UserId)).rejects.toThrow('forgotten');
  expect(accounts.list()).toHaveLength(1);
  expect(posted().filter((url) => url.endsWith('/logout'))).toEqual([]);
  write.mockRestore();
  await accounts.signOut('@bob:example.org' as UserId);
  expect([kept, accounts.list()]).toEqual([[], []]);
});

it('a certificate that is no longer trusted is said of an account that is signed in, until it is mended', async () => {
  const { fetch, pages } = web({ [versions]: { code: 'CERT_HAS_EXPIRED' } });
  const { accounts } = start(fetch, { store: memoryStore(disk()) });
  await accounts.restore();
  await vi.waitFor(() => {
    expect(accounts.list()).toMatchObject([{ trouble: 'certificate' }]);
  }, 10_000);
  pages[versions] = { json: { versions: ['v1.11'] } };
  accounts.retry('@bob:example.org' as UserId);
  await vi.waitFor(() => {
    expect(accounts.list()).toMatchObject([{ trouble: null }]);
  }, 20_000);
});

it('signing out forgets the account, also where the homeserver is gone', async () => {
  const kept = disk();
  const { accounts, accountsChanged } = start(makeWeb({}).fetch, { store: memoryStore(kept) });
  await accounts.restore();
  await accounts.signOut('@bob:example.org' as UserId);
  expect(kept).toEqual([]);
  expect(accounts.list()).toEqual([]);
  expect(accountsChanged).toHaveBeenLastCalledWith([]);
});
