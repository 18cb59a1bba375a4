/** One profile of the program without its windows: accounts on a vault in memory, and all that they told. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { accountFolder } from '../../../main/account/account-folder';
import { makeAccounts } from '../../../main/account/accounts';
import type { Accounts, AccountSession, UnnumberedSignal } from '../../../main/account/contract';
import { type Keyring, makeVault, type StoredSession } from '../../../main/account/vault';
import { systemClock } from '../../../main/clock';
import type { Log } from '../../../main/log';
import type { Account, Connection, SignInProgress } from '../../../preload/contract/accounts';
import type { CallId, RoomId, UserId } from '../../../preload/contract/ids';
import type { Person } from '../../../preload/contract/people';
import type { CallTrust } from '../../../preload/contract/settings';
import type { CallEventType, OutgoingSignal, TurnServers } from '../../../preload/contract/signalling';
import { until } from '../../homeserver/until.ts';

export type CallSignal = Extract<UnnumberedSignal, { kind: 'event' }>;

export interface Profile {
  readonly accounts: Accounts;
  /** What lies on its disk: the vault's file, and the folder of everything else. */
  readonly disk: StoredSession[];
  readonly folder: string;
  readonly signals: UnnumberedSignal[];
  readonly people: Map<UserId, readonly Person[]>;
  readonly turn: (TurnServers | null)[];
  readonly browser: {
    /** The pages that were to be opened. */
    readonly opened: readonly string[];
    /** The next page that is to be opened. */
    readonly next: () => Promise<string>;
    /** From now on there is none. */
    readonly remove: () => void;
  };
  readonly progress: SignInProgress[];
  /** How often people were told. */
  readonly peopleTold: () => number;
  /** Whom its calls may reach and come from. */
  readonly setTrust: (trust: CallTrust) => void;
  /** Between this profile and everything else. */
  readonly network: {
    readonly cut: () => void;
    readonly mend: () => void;
    /** What is asked there from now on fails, is never answered, or is given up at once as if for long, until it is mended. */
    readonly hinder: (how: Hindrance, at: RegExp) => void;
    /** How often the homeserver said 429. */
    readonly limited: () => number;
    /** Paths of all requests, without their queries. */
    readonly asked: readonly string[];
    /** Keys of others are kept back from now on; `deliver` lets them come. */
    readonly holdKeys: () => void;
    readonly deliverKeys: () => void;
  };
  readonly session: (account: UserId) => AccountSession;
  readonly connection: (account: UserId, wanted: Connection) => Promise<Account>;
  readonly person: (account: UserId, fits: (person: Person) => boolean) => Promise<Person>;
  readonly signal: (fits: (signal: UnnumberedSignal) => boolean) => Promise<UnnumberedSignal>;
  readonly callEvents: (callId: CallId) => readonly CallSignal[];
}

export type Hindrance = 'fails' | 'stalls' | 'takesTooLong';

/** A keyring that is there and unlocked. */
const keyring: Keyring = {
  isAsyncEncryptionAvailable: () => Promise.resolve(true),
  encryptStringAsync: (text) => Promise.resolve(Buffer.from(text).reverse()),
  decryptStringAsync: (sealed) =>
    Promise.resolve({ result: Buffer.from(sealed).reverse().toString(), shouldReEncrypt: false }),
  getSelectedStorageBackend: () => 'gnome_libsecret',
};

const nothing = (): void => undefined;
const log: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing, failure: nothing };

/** Rejects when the signal says so, and never answers. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });
}

/** A network that can be cut: what is under way fails, and so does what follows until it is mended. */
function makeNetwork(): Profile['network'] & { readonly fetch: typeof globalThis.fetch } {
  let cable: AbortController | null = new AbortController();
  let limited = 0;
  const asked: string[] = [];
  let hindered: { readonly how: Hindrance; readonly at: RegExp } | null = null;
  let holding = false;
  const held: unknown[] = [];

  /** Messages to the device, which bring the keys, are taken out of a sync, or given back in a later one. */
  async function sift(response: Response): Promise<Response> {
    const sync = (await response.json()) as { to_device?: { events?: unknown[] } };
    const events = sync.to_device?.events ?? [];
    if (holding) held.push(...events);
    const passing = holding ? [] : [...held.splice(0), ...events];
    return Response.json({ ...sync, to_device: { events: passing } });
  }

  return {
    asked,
    holdKeys: () => {
      holding = true;
    },
    deliverKeys: () => {
      holding = false;
    },
    cut: () => {
      cable?.abort();
      cable = null;
    },
    mend: () => {
      cable = new AbortController();
      hindered = null;
    },
    hinder: (how, at) => {
      hindered = { how, at };
    },
    limited: () => limited,
    fetch: async (resource, options) => {
      if (!cable) throw new TypeError('fetch failed');
      const signals = [cable.signal, ...(options?.signal ? [options.signal] : [])];
      const { pathname } = new URL(resource instanceof Request ? resource.url : resource);
      if (hindered?.at.test(pathname) === true) {
        asked.push(pathname);
        if (hindered.how === 'stalls') return aborted(AbortSignal.any(signals));
        if (hindered.how === 'takesTooLong') throw new DOMException('This operation was aborted', 'AbortError');
        throw new TypeError('fetch failed');
      }
      const response = await fetch(resource, { ...options, signal: AbortSignal.any(signals) });
      if (response.status === 429) limited++;
      asked.push(pathname);
      const isSync = pathname.endsWith('/sync') && response.ok;
      return isSync && (holding || held.length > 0) ? sift(response) : response;
    },
  };
}

/**
 * @param disk of an earlier run
 * @param folder of the same run
 */
export function makeProfile(
  disk: StoredSession[] = [],
  folder = mkdtempSync(path.join(tmpdir(), 'carillon-profile-')),
): Profile {
  const signals: UnnumberedSignal[] = [];
  const people = new Map<UserId, readonly Person[]>();
  const turn: (TurnServers | null)[] = [];
  const network = makeNetwork();
  let told = 0;
  let trust: CallTrust = 'all';
  const opened: string[] = [];
  let seen = 0;
  let hasBrowser = true;
  const progress: SignInProgress[] = [];
  const store = {
    read: () => disk,
    write: (sessions: readonly StoredSession[]) => void disk.splice(0, disk.length, ...sessions),
    keepCopy: nothing,
  };
  const accounts = makeAccounts({
    vault: makeVault({ store, keyring, platform: 'linux' }),
    listener: {
      accountsChanged: nothing,
      signInProgress: (now) => progress.push(now),
      peopleChanged: (account, known) => {
        told++;
        people.set(account, known);
      },
      signalReceived: (signal) => signals.push(signal),
      turnChanged: (_account, servers) => turn.push(servers),
      trustChanged: nothing,
    },
    fetch: network.fetch,
    folder: (userId) => accountFolder(folder, userId),
    callTrust: () => trust,
    browser: {
      open: (url) => {
        if (!hasBrowser) return Promise.reject(new Error('no browser'));
        opened.push(url);
        return Promise.resolve();
      },
      page: (which) => `<!doctype html><title>${which}</title>`,
      returned: nothing,
    },
    saveText: () => Promise.resolve({ ok: true }),
    random: (bytes) => randomBytes(bytes).toString('base64url'),
    clock: systemClock,
    date: () => Date.now(),
    log,
  });

  const waitFor = <T>(what: string, look: () => T | undefined): Promise<T> =>
    until(what, 20_000, () => Promise.resolve(look()));
  const session = (account: UserId): AccountSession => {
    const found = accounts.session(account);
    if (!found) throw new Error('no such session');
    return found;
  };
  return {
    accounts,
    disk,
    folder,
    signals,
    people,
    turn,
    browser: {
      opened,
      next: async () => {
        const url = await waitFor('the browser', () => opened[seen]);
        seen++;
        return url;
      },
      remove: () => {
        hasBrowser = false;
      },
    },
    progress,
    peopleTold: () => told,
    setTrust: (to) => {
      trust = to;
    },
    network,
    session,
    connection: (account, wanted) =>
      waitFor(`${account} to be ${wanted}`, () =>
        accounts.list().find(({ userId, connection }) => userId === account && connection === wanted),
      ),
    person: (account, fits) => waitFor('a person', () => people.get(account)?.find(fits)),
    signal: (fits) => waitFor('a signal', () => signals.find(fits)),
    callEvents: (callId) => signals.filter((signal) => signal.kind === 'event').filter((one) => one.callId === callId),
  };
}

/** An event as the engine hands it over. Ids need only be unlike the others of their call. */
export function outgoing(
  to: { readonly account: UserId; readonly roomId: RoomId; readonly callId: CallId },
  type: CallEventType,
  signalId: string,
  content: object = {},
): OutgoingSignal {
  const common = { call_id: to.callId, party_id: 'testparty', version: '1' };
  return { ...to, type, signalId, giveUpAfter: 30_000, content: { ...common, ...content } };
}
