/**
 * A real Matrix homeserver for tests and the demo: Synapse, and coturn beside it, on free loopback ports, with an empty
 * database in a temporary folder. Both end with the process that started them, even when that is killed.
 */
import { rmSync } from 'node:fs';

import { directRoom, login, register, type Request, requestTo, type TestUser } from './client.ts';
import { startCoturn } from './coturn.ts';
import { expireSessions } from './expire-sessions.ts';
import { makeFolder } from './folder.ts';
import { sentEvents, type SentEvent } from './sent-events.ts';
import { startSynapse } from './synapse.ts';

export interface HomeserverOptions {
  /** The part of user ids after the colon. */
  readonly serverName?: string;
  /** True: Synapse's default limits apply; few requests pass before the first 429. */
  readonly rateLimits?: boolean;
  /** False: no coturn; the homeserver then hands out no TURN servers. */
  readonly turn?: boolean;
  /** Makes more of the configuration, by the names of Synapse's manual, once the address is known. */
  readonly configure?: (baseUrl: string) => Promise<Readonly<Record<string, unknown>>>;
}

export interface Homeserver {
  /** `http://127.0.0.1:PORT`. Answers `/.well-known/matrix/client` too. */
  readonly baseUrl: string;
  readonly serverName: string;
  /** URIs that `/voip/turnServer` hands out; null without coturn. */
  readonly turn: readonly string[] | null;
  readonly request: Request;
  readonly register: (localpart: string, password: string, displayName?: string) => Promise<TestUser>;
  /** Another device of a registered person. */
  readonly login: (localpart: string, password: string) => Promise<TestUser>;
  /** Both have joined, and both have it in `m.direct`. @returns the room id */
  readonly directRoom: (a: TestUser, b: TestUser, options?: { readonly encrypted?: boolean }) => Promise<string>;
  /** What was sent, in order, as it stands in the homeserver's database. Works while it is stopped as well. */
  readonly sentEvents: (filter?: { readonly roomId?: string; readonly type?: string }) => readonly SentEvent[];
  /** Connections are still taken but nothing is answered, as with a dead network path, until `resume`. */
  readonly pause: () => void;
  readonly resume: () => void;
  /** Connections are refused until `startServer`; accounts and rooms are kept. */
  readonly stopServer: () => Promise<void>;
  readonly startServer: () => Promise<void>;
  /** While it is stopped: every token of this person has run out; their devices stay. */
  readonly expireSessions: (userId: string) => void;
  /** Ends everything and removes every trace. */
  readonly stop: () => Promise<void>;
}

/** Takes about two seconds. @throws when Synapse or coturn are missing or do not come up. */
export async function startHomeserver(options: HomeserverOptions = {}): Promise<Homeserver> {
  const { serverName = 'carillon.test', rateLimits = false } = options;
  const folder = makeFolder('homeserver');
  const removeFolder = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  const coturn = options.turn === false ? null : await startCoturn(folder);
  const settings = { serverName, folder, rateLimits, turn: coturn };
  const synapse = await startSynapse(settings, options.configure).catch(async (error: unknown) => {
    await coturn?.child.kill();
    removeFolder();
    throw error;
  });
  const request = requestTo(synapse.baseUrl);

  return {
    baseUrl: synapse.baseUrl,
    serverName,
    turn: coturn?.uris ?? null,
    request,
    register: (localpart, password, displayName) => register(request, localpart, password, displayName),
    login: (localpart, password) => login(request, localpart, password),
    directRoom: (a, b, roomOptions) => directRoom(request, a, b, roomOptions),
    sentEvents: (filter) => sentEvents(synapse.database, filter),
    pause: () => {
      synapse.child().signal('SIGSTOP');
    },
    resume: () => {
      synapse.child().signal('SIGCONT');
    },
    stopServer: synapse.stop,
    startServer: synapse.start,
    expireSessions: (userId) => {
      expireSessions(synapse.database, userId);
    },
    stop: async () => {
      await Promise.all([synapse.stop(), coturn?.child.kill()]);
      removeFolder();
    },
  };
}
