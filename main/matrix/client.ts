/** The SDK's client as this program uses it: sync, rooms, members, push rules. Calls are ours, so its VoIP is off. */
import { createClient, type MatrixClient, MemoryStore } from 'matrix-js-sdk';
import { type Logger, logger as rootLogger } from 'matrix-js-sdk/lib/logger.js';

import type { Session } from '../account/vault';
import { type Fetch, makePollFetch, POLL } from './poll-fetch';
import { INITIAL_LIMIT, syncFilter } from './sync-filter';

export interface AccountClient {
  readonly client: MatrixClient;
  /** The sync loop looks for the homeserver by itself for as long as needed. */
  readonly start: () => void;
  /** Resolves when nothing goes out any more: at once, or when a start that is under way has ended. */
  readonly stop: () => Promise<void>;
  /** Ends the long poll under way, so that the next one leaves at once: nobody knows whether this one is still heard. */
  readonly interrupt: () => void;
}

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

export function makeClient(session: Session, fetch: Fetch): AccountClient {
  const network = makePollFetch(fetch);
  let started: Promise<void> = Promise.resolve();
  const client = createClient({
    baseUrl: session.baseUrl,
    userId: session.userId,
    deviceId: session.deviceId,
    accessToken: session.token,
    store: new MemoryStore(),
    disableVoip: true,
    logger: quiet,
    localTimeoutMs: 30_000,
    fetchFn: network.fetch,
  });
  return {
    client,
    start: () => {
      started = client.startClient({
        filter: syncFilter(session.userId),
        initialSyncLimit: INITIAL_LIMIT,
        pollTimeout: POLL,
        lazyLoadMembers: true,
      });
    },
    stop: async () => {
      // The SDK, stopped while it starts, would go on to sync for ever.
      await started;
      network.end();
      client.stopClient();
      client.removeAllListeners();
    },
    interrupt: network.interrupt,
  };
}
