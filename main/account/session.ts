/**
 * One signed-in account: its client and everything that hangs on it. It is made from what the vault keeps, runs until
 * `stop`, and never comes back: signing in again makes a new one.
 */
import { HttpApiEvent, Method, RoomMemberEvent } from 'matrix-js-sdk';

import type { Account } from '../../preload/contract/accounts';
import type { UserId } from '../../preload/contract/ids';
import type { Clock } from '../clock';
import type { Log } from '../log';
import { makeAvatars } from '../matrix/avatars';
import { makeClient } from '../matrix/client';
import { watchConnection } from '../matrix/connection';
import { makeDirectory } from '../matrix/directory';
import { makeNumbers } from '../matrix/numbers';
import { readableName } from '../matrix/people';
import { makePresence } from '../matrix/presence';
import { requestFailure } from '../matrix/request-failure';
import { displayName, ringFacts } from '../matrix/room-facts';
import { makeSignallingIn } from '../matrix/signalling-in';
import { makeSignallingOut } from '../matrix/signalling-out';
import { watchTimeline } from '../matrix/timeline';
import { makeTurn } from '../matrix/turn';
import { mayRing } from '../ringing/policy';
import type { AccountListener, AccountSession } from './contract';
import type { Fetch } from './http';
import { logout } from './logout';
import { makeTokenFetch } from './token-fetch';
import type { Session, SessionEnd } from './vault';

export interface SessionEnv {
  readonly session: Session;
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** ms since the epoch. */
  readonly date: () => number;
  readonly log: Log;
  readonly listener: Pick<AccountListener, 'peopleChanged' | 'signalReceived' | 'turnChanged'>;
  /** What `account()` says is another now. */
  readonly changed: () => void;
  /** Writes renewed credentials to the disk. @returns false when it could not. */
  readonly save: (session: Session) => Promise<boolean>;
  /** The homeserver no longer knows the token. */
  readonly signedOut: (how: SessionEnd) => void;
}

/** ms; a signal that is not through by then is tried again. */
const SEND_TIMEOUT = 15_000;
/** ms */
const CLOSING = 500;

export function makeSession(env: SessionEnv): AccountSession {
  const { clock, date, log, listener } = env;
  const { userId } = env.session;
  const network = makeTokenFetch(env);
  const { client, start, stop, interrupt } = makeClient(env.session, network.fetch);
  let name: string | undefined;
  let end: SessionEnd = 'hard';

  const signallingOut = makeSignallingOut({
    clock,
    log,
    failureOf: requestFailure,
    sendEvent: async (roomId, type, content, transactionId) => {
      const path = `/rooms/${encodeURIComponent(roomId)}/send/${type}/${encodeURIComponent(transactionId)}`;
      const options = { localTimeoutMs: SEND_TIMEOUT, priority: 'auto' } as const;
      const sent = await client.http.authedRequest<{ event_id: string }>(Method.Put, path, undefined, content, options);
      return sent.event_id;
    },
  });
  client.on(HttpApiEvent.SessionLoggedOut, ({ data }) => {
    if (data.soft_logout === true) end = 'soft';
  });
  const connection = watchConnection(client, interrupt, (now) => {
    log.info('connection', { now });
    if (now === 'online') {
      signallingOut.retryNow();
      void learnName();
    }
    env.changed();
    if (now === 'signedOut') env.signedOut(end);
  });
  const signallingIn = makeSignallingIn({
    account: userId,
    clock,
    date,
    log,
    members: (roomId) => client.getRoom(roomId)?.getInvitedAndJoinedMemberCount() ?? 0,
    verdict: (invite) => mayRing(ringFacts(client, userId, invite)),
    deliver: listener.signalReceived,
  });
  watchTimeline({ client, signalling: signallingIn, clock, date });
  const directory = makeDirectory({
    client,
    account: userId,
    changed: (people) => {
      listener.peopleChanged(userId, people);
      numbers.peopleChanged();
    },
  });
  const numbers = makeNumbers({
    clock,
    protocols: () => client.getThirdpartyProtocols(),
    users: (protocol, fields) => client.getThirdpartyUser(protocol, { ...fields }),
    startDirect: directory.startDirect,
    person: (id) => directory.people().find((person) => person.userId === id),
    failureOf: requestFailure,
  });
  const presence = makePresence({ ask: (id) => client.getPresence(id), now: clock.now });
  const avatars = makeAvatars({
    fetch: network.fetch,
    baseUrl: env.session.baseUrl,
    token: env.session.token,
    now: clock.now,
  });
  const turn = makeTurn({
    ask: () => client.turnServer(),
    clock,
    date,
    changed: (servers) => {
      listener.turnChanged(userId, servers);
    },
  });

  client.on(RoomMemberEvent.Name, (event, member) => {
    if (member.userId === userId) rename(displayName(event));
  });

  /** Without any room, only the profile knows. */
  async function learnName(): Promise<void> {
    if (name !== undefined) return;
    const profile = await client.getProfileInfo(userId, 'displayname').catch(() => undefined);
    if (profile) rename(profile.displayname);
  }

  function rename(to: string | undefined): void {
    if (to === undefined || to === name) return;
    name = to;
    env.changed();
  }

  return {
    userId,
    ...directory,
    account: (): Account => accountOf(userId, name, connection.current()),
    send: (signal) =>
      connection.current() === 'signedOut'
        ? Promise.resolve({ ok: false, reason: 'signedOut' })
        : signallingOut.send(signal),
    presence,
    avatar: avatars.get,
    numberSupport: numbers.support,
    findNumber: numbers.find,
    turn: turn.get,
    wake: () => {
      connection.wake();
      signallingOut.retryNow();
    },
    start: () => {
      start();
      return Promise.resolve();
    },
    stop: async (bound) => {
      turn.stop();
      await signallingOut.stop(bound);
      // A homeserver that does not answer must not keep anybody: the rest happens without them.
      await within(clock, CLOSING, stop());
    },
    logout: async () => {
      const { baseUrl } = env.session;
      await logout(env.fetch, { baseUrl, ...(await network.credentials()) });
    },
  };
}

function within(clock: Clock, ms: number, work: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.after(ms, resolve);
    void work.then(() => {
      cancel();
      resolve();
    });
  });
}

/** What is shown of an account. */
export function accountOf(userId: UserId, name: string | undefined, connection: Account['connection']): Account {
  const server = userId.slice(userId.indexOf(':') + 1);
  const localpart = userId.slice(1, userId.indexOf(':'));
  return { userId, name: readableName(name, localpart), server, connection };
}
