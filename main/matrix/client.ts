/**
 * The SDK's client as this program uses it: sync, rooms, members, push rules, encryption. Calls are ours, so its VoIP is
 * off. It lives on the account's store, and ends before that is closed.
 */
import { createClient, IndexedDBStore, type MatrixClient } from 'matrix-js-sdk';
import type { CryptoCallbacks } from 'matrix-js-sdk/lib/crypto-api/index.js';
import { type Logger, logger as rootLogger } from 'matrix-js-sdk/lib/logger.js';

import type { Session } from '../account/vault';
import { type Clock, within } from '../clock';
import type { AccountStore } from '../store/account-store';
import { SAS } from '../trust/verification';
import { type Fetch, makePollFetch, POLL } from './poll-fetch';
import { INITIAL_LIMIT, syncFilter, withoutVerification } from './sync-filter';

export interface AccountClient {
  readonly client: MatrixClient;
  /** Reads the store. @throws when what lies there is not what this account left. */
  readonly open: () => Promise<void>;
  /** The sync loop looks for the homeserver by itself for as long as needed. */
  readonly start: () => void;
  /**
   * Nothing goes out any more. For a store that failed: the next sync would tell the homeserver that the keys of the last
   * one have arrived, and it would not send them again.
   */
  readonly cut: () => void;
  /** Writes the place in the sync down, as the SDK else does every few minutes. Never rejects: the store tells. */
  readonly save: () => Promise<void>;
  /** Resolves when nothing goes out any more, and nothing reaches for the store. Never rejects. */
  readonly stop: () => Promise<void>;
  /** Ends the long poll under way, so that the next one leaves at once: nobody knows whether this one is still heard. */
  readonly interrupt: () => void;
}

export interface ClientEnv {
  readonly session: Session;
  readonly fetch: Fetch;
  readonly store: AccountStore;
  readonly clock: Clock;
  /** Where the secrets of secret storage come from. */
  readonly callbacks: CryptoCallbacks;
}

/** ms for what is under way at the end. */
const CLOSING = 500;

const silent = (): void => undefined;
const quiet: Logger = {
  trace: silent,
  debug: silent,
  info: silent,
  warn: silent,
  error: silent,
  getChild: () => quiet,
};

/**
 * The SDK writes user ids, room ids and whole events to the console. The `logger` option does not reach every module of
 * it, the root logger does.
 */
export function silenceSdk(): void {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- no other way to reach the loggers of its modules
  const root = rootLogger as unknown as { methodFactory: () => () => void; rebuild: () => void };
  root.methodFactory = () => silent;
  root.rebuild();
}

export function makeClient({ session, fetch, store, clock, callbacks }: ClientEnv): AccountClient {
  silenceSdk();
  const network = makePollFetch(fetch, withoutVerification);
  const syncStore = new IndexedDBStore(store.sync);
  let started: Promise<unknown> = Promise.resolve();
  const client = createClient({
    baseUrl: session.baseUrl,
    userId: session.userId,
    deviceId: session.deviceId,
    accessToken: session.token,
    store: syncStore,
    cryptoCallbacks: callbacks,
    // There is no camera to read a code with, in many machines: emoji alone.
    verificationMethods: [SAS],
    disableVoip: true,
    logger: quiet,
    localTimeoutMs: 30_000,
    fetchFn: network.fetch,
  });
  return {
    client,
    open: async () => {
      await syncStore.startup();
      await client.initRustCrypto(store.crypto);
    },
    start: () => {
      started = client.startClient({
        filter: syncFilter(session.userId),
        initialSyncLimit: INITIAL_LIMIT,
        pollTimeout: POLL,
        lazyLoadMembers: true,
      });
    },
    cut: network.end,
    save: () => syncStore.save(true).catch(() => undefined),
    stop: async () => {
      // What the SDK began to ask of the key backup must not find its crypto gone. A homeserver that does not answer must
      // not keep anybody: it will not be heard any more.
      const checked = client.getCrypto()?.checkKeyBackupAndEnable() ?? Promise.resolve();
      if (store.failure() === null) await within(clock, CLOSING, Promise.allSettled([started, checked]));
      network.end();
      client.stopClient();
      client.removeAllListeners();
      await syncStore.destroy().catch(() => undefined);
    },
    interrupt: network.interrupt,
  };
}
