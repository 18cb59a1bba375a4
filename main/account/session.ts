/**
 * One signed-in account. Its client lives on the account's store and may have to begin anew when the disk fails; what
 * calls hold on to, the signals on their way out and in, goes on meanwhile. A session runs until `stop` and never comes
 * back: signing in again makes a new one.
 */
import type { MatrixClient } from 'matrix-js-sdk';
import { Method } from 'matrix-js-sdk/lib/http-api/method.js';

import { type AccountTrouble, finalTroubles } from '../../preload/contract/account-trouble';
import type { Account, Connection } from '../../preload/contract/accounts';
import type { RoomId, UserId } from '../../preload/contract/ids';
import type { Person, PersonResult } from '../../preload/contract/people';
import type { CallTrust } from '../../preload/contract/settings';
import { type Clock, within } from '../clock';
import type { Log } from '../log';
import { makeAvatars } from '../matrix/avatars';
import type { Directory } from '../matrix/directory';
import { makeNumbers } from '../matrix/numbers';
import { readableName } from '../matrix/people';
import { makePresence } from '../matrix/presence';
import { requestFailure } from '../matrix/request-failure';
import type { WireEvent } from '../matrix/room-crypto';
import { NotSealed, sendFailure } from '../matrix/send-failure';
import { makeSignallingIn } from '../matrix/signalling-in';
import { makeSignallingOut } from '../matrix/signalling-out';
import { makeTurn } from '../matrix/turn';
import { mayRing } from '../ringing/policy';
import type { TrustEnv } from '../trust/trust';
import type { AccountListener, AccountSession } from './contract';
import { type Fetch, watchCertificates } from './http';
import type { Browser } from './in-browser';
import type { Life } from './life';
import { makeLives } from './lives';
import { logout } from './logout';
import { makeTokenFetch } from './token-fetch';
import type { TypedPassword } from './typed-password';
import { localpartOf, serverOf } from './user-id';
import type { Session, SessionEnd } from './vault';

export interface SessionEnv {
  readonly session: Session;
  /** Of the account's store; made if missing. */
  readonly folder: string;
  /** Whom calls may reach and come from. */
  readonly callTrust: () => CallTrust;
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** ms since the epoch. */
  readonly date: () => number;
  readonly log: Log;
  readonly listener: Pick<AccountListener, 'peopleChanged' | 'signalReceived' | 'trustChanged' | 'turnChanged'>;
  readonly browser: Pick<Browser, 'open'>;
  readonly saveText: TrustEnv['saveText'];
  /** An identity is made with it where the homeserver asks for it. */
  readonly password: TypedPassword;
  /** What `account()` says is another now. */
  readonly changed: () => void;
  /** Writes renewed credentials to the disk. @returns false when it could not. */
  readonly save: (session: Session) => Promise<boolean>;
  /** The store holds the keys of this device from now on. @returns false when that could not be written to the disk. */
  readonly keysMade: () => boolean;
  /** The homeserver no longer knows the token. */
  readonly signedOut: (how: SessionEnd) => void;
}

/** What is asked of a store that cannot be opened. */
const unreachable = { ok: false, reason: 'unreachable' } as const;

/** ms; a signal that is not through by then is tried again. */
const SEND_TIMEOUT = 15_000;

export function makeSession(env: SessionEnv): AccountSession {
  const { clock, date, log, listener } = env;
  const { userId } = env.session;
  /** What is in the way beside the store, each told by itself. */
  const obstacles = new Map<AccountTrouble, boolean>();
  const network = makeTokenFetch({
    ...env,
    fetch: watchCertificates(env.fetch, (trusted) => {
      obstacle('certificate', !trusted);
    }),
    stuck: (is) => {
      obstacle('failed', is);
    },
  });
  let name: string | undefined;
  let connection: Connection = 'connecting';
  let trouble: AccountTrouble | null = null;
  let people: readonly Person[] = [];
  let end: SessionEnd = 'hard';
  let { session } = env;
  /** The favourites chosen so far, one after the other: of two choices about one person the later one holds. */
  let chosen: Promise<unknown> = Promise.resolve();
  /** The last one: what its client knows of rooms holds while the next one is on its way. */
  let last: Life | undefined;

  const signallingOut = makeSignallingOut({
    clock,
    log,
    failureOf: sendFailure,
    sendEvent: async (roomId, type, content, transactionId) => {
      const { client, wire } = await sealed(roomId, type, content);
      const path = `/rooms/${encodeURIComponent(roomId)}/send/${wire.type}/${encodeURIComponent(transactionId)}`;
      const options = { localTimeoutMs: SEND_TIMEOUT, priority: 'auto' } as const;
      const sent = await lives.whileLived(
        client.http.authedRequest<{ event_id: string }>(Method.Put, path, undefined, wire.content, options),
      );
      return sent.event_id;
    },
  });
  const signallingIn = makeSignallingIn({
    account: userId,
    clock,
    date,
    log,
    members: (roomId) => last?.client.getRoom(roomId)?.getInvitedAndJoinedMemberCount() ?? 0,
    verdict: (invite) => (last ? mayRing(last.ringFacts(invite)) : { ring: false, why: 'notJoined' }),
    isEncrypted: (roomId) => lives.ifAny()?.crypto.isEncrypted(roomId) === true,
    deliver: (signal) => {
      // Who rings may be answered soon. EN-01
      if (signal.kind === 'event' && signal.verdict?.ring === true) prepare(signal.roomId);
      listener.signalReceived(signal);
    },
  });
  const numbers = makeNumbers({
    clock,
    protocols: () => ask(({ client }) => client.getThirdpartyProtocols()),
    users: (protocol, fields) => ask(({ client }) => client.getThirdpartyUser(protocol, { ...fields })),
    startDirect: (user) => startDirect(user, true),
    person: (id) => people.find((person) => person.userId === id),
    failureOf: requestFailure,
  });
  const presence = makePresence({ ask: (id) => ask(({ client }) => client.getPresence(id)), now: clock.now });
  const avatars = makeAvatars({
    fetch: network.fetch,
    baseUrl: env.session.baseUrl,
    token: env.session.token,
    now: clock.now,
  });
  const turn = makeTurn({
    ask: async () => {
      const { client } = await lives.next();
      return lives.whileLived(client.turnServer());
    },
    clock,
    date,
    changed: (servers) => {
      listener.turnChanged(userId, servers);
    },
  });
  const lives = makeLives({
    clock,
    open: async (storeFailed) => {
      // It brings the SDK, whose many modules would keep everybody waiting for the window.
      const { openLife } = await import('./life');
      const opened = await openLife({
        ...env,
        session,
        fetch: network.fetch,
        signalling: signallingIn,
        storeFailed,
        connectionChanged,
        ended: (how) => {
          end = how;
        },
        peopleChanged: (now) => {
          people = now;
          listener.peopleChanged(userId, now);
          numbers.peopleChanged();
        },
        trust: {
          takePassword: env.password.take,
          openBrowser: env.browser.open,
          saveText: env.saveText,
          changed: listener.trustChanged,
        },
        named: rename,
      });
      if (!opened.ok) return opened;
      last = opened.life;
      // Before the homeserver hears of them. The renewed credentials are the network's, not this copy's.
      if (!session.hasKeys && env.keysMade()) session = { ...session, hasKeys: true };
      return opened;
    },
    troubled: (now) => {
      if (now !== null) log.warn('account in trouble', { trouble: now });
      trouble = now;
      if (now !== null && connection !== 'signedOut') connection = 'offline';
      env.changed();
    },
  });

  async function sealed(
    room: string,
    type: string,
    content: object,
  ): Promise<{ client: MatrixClient; wire: WireEvent }> {
    try {
      const { client, crypto } = lives.current();
      return { client, wire: await lives.whileLived(crypto.seal(room, type, content)) };
    } catch (cause) {
      throw new NotSealed('not ready', { cause });
    }
  }

  function obstacle(which: AccountTrouble, is: boolean): void {
    if ((obstacles.get(which) ?? false) === is) return;
    obstacles.set(which, is);
    env.changed();
  }

  function troubleNow(): AccountTrouble | null {
    return trouble ?? [...obstacles].find(([, is]) => is)?.[0] ?? null;
  }

  function connectionChanged(now: Connection): void {
    connection = now;
    if (now === 'online') {
      signallingOut.retryNow();
      lives.thrives();
      void learnName();
    }
    env.changed();
    if (now === 'signedOut') env.signedOut(end);
  }

  function prepare(roomId: RoomId): void {
    lives.ifAny()?.crypto.prepare(roomId);
  }

  /** Rejects where there is no life, or when that ends before the answer: its client is answered by nobody any more. */
  async function ask<T>(what: (life: Life) => Promise<T>): Promise<T> {
    return lives.whileLived(what(lives.current()));
  }

  /** The same of the directory, and of a store that is being opened. */
  async function look<T>(what: (directory: Directory) => Promise<T>): Promise<T | typeof unreachable> {
    const life = await lives.soon();
    if (life === undefined) return unreachable;
    return lives.whileLived(what(life.directory)).catch(() => unreachable);
  }

  function startDirect(user: string, bridged = false): Promise<PersonResult> {
    return look((directory) => directory.startDirect(user, bridged));
  }

  function wake(): void {
    lives.ifAny()?.connection.wake();
    signallingOut.retryNow();
  }

  /** Without any room, only the profile knows. */
  async function learnName(): Promise<void> {
    if (name !== undefined) return;
    const profile = await last?.client.getProfileInfo(userId, 'displayname').catch(() => undefined);
    if (profile) rename(profile.displayname);
  }

  function rename(to: string | undefined): void {
    if (to === undefined || to === name) return;
    name = to;
    env.changed();
  }

  return {
    userId,
    people: () => people,
    search: (term) => look((directory) => directory.search(term)),
    startDirect,
    accept: (roomId) => look((directory) => directory.accept(roomId)),
    declineInvitation: (roomId) => look((directory) => directory.declineInvitation(roomId)),
    setFavourite: (roomId, is) => {
      const choice = chosen.then(() => look((directory) => directory.setFavourite(roomId, is)));
      chosen = choice;
      return choice;
    },
    account: (): Account => accountOf(userId, { name, connection, trouble: troubleNow() }),
    send: (signal) =>
      connection === 'signedOut' ? Promise.resolve({ ok: false, reason: 'signedOut' }) : signallingOut.send(signal),
    presence,
    avatar: avatars.get,
    numberSupport: numbers.support,
    findNumber: numbers.find,
    turn: turn.get,
    trust: () => lives.ifAny()?.trust,
    prepare,
    wake,
    start: lives.start,
    retry: () => {
      if (trouble === null) wake();
      else if (!finalTroubles.has(trouble)) lives.retry();
    },
    stop: async (bound) => {
      turn.stop();
      env.password.take();
      const written = chosen.then(() => lives.ifAny()?.directory.marked());
      await Promise.all([signallingOut.stop(bound), within(clock, bound, written)]);
      await lives.stop();
    },
    logout: async () => {
      const { baseUrl } = env.session;
      await logout(env.fetch, { baseUrl, ...(await network.credentials()) });
    },
  };
}

/** What is shown of an account. */
export function accountOf(
  userId: UserId,
  { name, connection, trouble }: Pick<Account, 'connection' | 'trouble'> & { readonly name?: string | undefined },
): Account {
  return { userId, name: readableName(name, localpartOf(userId)), server: serverOf(userId), connection, trouble };
}
