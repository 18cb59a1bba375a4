/** All signed-in accounts: signing in, restoring at start, signing out. Each account is a session of its own. */
import type { Account, SignInResult, UserId } from '../../preload/contract';
import type { Clock } from '../clock';
import type { Log } from '../log';
import { silenceSdk } from '../matrix/client';
import type { AccountListener, Accounts, AccountSession } from './contract';
import { delegatedUrl, discover, type Discovery, isHomeserver } from './discovery';
import type { Fetch } from './http';
import { logout, passwordLogin } from './password-login';
import { makeSession } from './session';
import { signedOutSession } from './signed-out-session';
import type { KeptSession, Session, Vault } from './vault';

export interface AccountsEnv {
  readonly vault: Vault;
  readonly listener: AccountListener;
  /** Of Node: its error causes are told apart. */
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** ms since the epoch: `Date.now`. */
  readonly date: () => number;
  readonly log: Log;
}

/** ms that a sign-out waits for the hangups of running calls. */
const HANGUPS = 3000;

type Found = Extract<Discovery, { ok: true }>;
type Refused = Extract<SignInResult, { ok: false }>;

export function makeAccounts(env: AccountsEnv): Accounts {
  const { vault, listener, fetch, log } = env;
  const sessions = new Map<UserId, AccountSession>();
  let lastSignIn: Promise<unknown> = Promise.resolve();
  silenceSdk();

  const list = (): readonly Account[] => [...sessions.values()].map((session) => session.account());
  const tell = (): void => {
    listener.accountsChanged(list());
  };

  function add(session: Session): Promise<void> {
    const { userId } = session;
    const made = makeSession({
      ...env,
      session,
      changed: () => {
        if (sessions.get(userId) === made) tell();
      },
      signedOut: () => {
        vault.dropToken(userId);
        void made.stop(0);
      },
    });
    sessions.set(userId, made);
    return made.start();
  }

  async function restore(): Promise<void> {
    for (const kept of await vault.load()) {
      if (kept.token === null) sessions.set(kept.userId, signedOutSession(kept.userId));
      else await add({ ...kept, token: kept.token });
    }
    log.info('accounts restored', { count: sessions.size });
    tell();
  }

  /** One after the other: two at once would not see that they sign in the same person. */
  function signIn(server: string, user: string, password: string): Promise<SignInResult> {
    const result = lastSignIn.then(() => signInAlone(server, user, password));
    lastSignIn = result;
    return result;
  }

  async function signInAlone(server: string, typedUser: string, password: string): Promise<SignInResult> {
    const found = await discover(fetch, server);
    if (!found.ok) return found;
    const user = readTypedUser(typedUser);
    if (isStranger(user, found)) return refused('otherServer');
    const lost = await lostSession(user, found);
    const login = await passwordLogin(fetch, { ...found, user, password, deviceId: lost?.deviceId });
    if (!login.ok) return login;

    const { userId, deviceId, token } = login;
    const session = { userId, deviceId, token, baseUrl: await betterUrl(found.baseUrl, userId, login.wellKnown) };
    const refusal = await refusalOf(session, found);
    if (refusal) {
      await logout(fetch, session);
      return refusal;
    }
    await sessions.get(userId)?.stop(0);
    await add(session);
    tell();
    return { ok: true, account: userId };
  }

  /** Why the login that just succeeded must not be kept. */
  async function refusalOf(session: Session, found: Found): Promise<Refused | null> {
    if (isStranger(session.userId, found)) return refused('otherServer');
    const known = sessions.get(session.userId)?.account().connection;
    if (known !== undefined && known !== 'signedOut') return refused('alreadySignedIn');
    return (await vault.save(session)) ? null : refused('storage');
  }

  /** Whose token was lost: signing in takes the place of the old device, which nobody could end otherwise. */
  async function lostSession(user: string, { baseUrl, delegatedBy }: Found): Promise<KeptSession | undefined> {
    return (await vault.load()).find(({ userId, baseUrl: known }) => {
      const isSame = userId === user || (known === baseUrl && localpart(userId) === user);
      const isNamed = delegatedBy !== null && userId === `@${user}:${delegatedBy}`;
      return (isSame || isNamed) && sessions.get(userId)?.account().connection === 'signedOut';
    });
  }

  /** The homeserver may know a better address of its own; it is taken only if a homeserver answers there. */
  async function betterUrl(baseUrl: string, userId: UserId, wellKnown: unknown): Promise<string> {
    const host = URL.parse(baseUrl)?.host ?? serverOf(userId);
    const better = delegatedUrl(wellKnown, host);
    return better !== null && better !== baseUrl && (await isHomeserver(fetch, better)) ? better : baseUrl;
  }

  async function signOut(account: UserId): Promise<void> {
    const session = sessions.get(account);
    if (!session) return;
    await session.stop(HANGUPS);
    const kept = (await vault.load()).find(({ userId }) => userId === account);
    vault.forget(account);
    sessions.delete(account);
    tell();
    if (kept && kept.token !== null) await logout(fetch, { baseUrl: kept.baseUrl, token: kept.token });
  }

  return {
    list,
    session: (account) => sessions.get(account),
    restore,
    signIn,
    signOut,
    wake: () => {
      for (const session of sessions.values()) session.wake();
    },
    stop: async (bound) => {
      await Promise.all([...sessions.values()].map((session) => session.stop(bound)));
    },
  };
}

function refused(reason: Refused['reason']): Refused {
  return { ok: false, reason };
}

/** `@bob`, `bob` and blanks around it are the same; a whole user id stays one: the homeserver decides whether it is its own. */
function readTypedUser(text: string): string {
  const user = text.trim();
  return user.startsWith('@') && !user.includes(':') ? user.slice(1) : user;
}

/**
 * A name that is delegated by `.well-known` promises users of that name, and a whole user id names its own server. Where
 * a URL was typed, or a host that delegates nothing, the person chose the machine itself: its users are whoever it says.
 */
function isStranger(user: string, { delegatedBy }: Found): boolean {
  return delegatedBy !== null && user.startsWith('@') && serverOf(user) !== delegatedBy;
}

function serverOf(userId: string): string {
  return userId.slice(userId.indexOf(':') + 1);
}

function localpart(userId: string): string {
  return userId.slice(1, userId.indexOf(':'));
}
