/** All signed-in accounts: signing in, restoring at start, signing out. Each account is a session of its own. */
import { finalTroubles } from '../../preload/contract/account-trouble';
import type { Account, BrowserMethod, SignInResult } from '../../preload/contract/accounts';
import type { UserId } from '../../preload/contract/ids';
import type { CallTrust } from '../../preload/contract/settings';
import type { Clock } from '../clock';
import type { Log } from '../log';
import { silenceSdk } from '../matrix/client';
import { makeAttempts } from './attempts';
import type { AccountListener, Accounts, AccountSession } from './contract';
import { delegatedUrl, discover, type Discovery, isHomeserver } from './discovery';
import { abortable, type Fetch } from './http';
import type { Attempt, Browser } from './in-browser';
import type { Granted, LoginResult } from './login';
import { makeKeptStores } from './kept-stores';
import { logout } from './logout';
import { oauthLogin } from './oauth-login';
import { passwordLogin } from './password-login';
import { makeSession, type SessionEnv } from './session';
import { signInMethods } from './sign-in-methods';
import { signedOutSession } from './signed-out-session';
import { ssoLogin } from './sso-login';
import type { KeptSession, Session, Vault } from './vault';

export interface AccountsEnv {
  readonly vault: Vault;
  readonly listener: AccountListener;
  /** Of Node: its error causes are told apart. */
  readonly fetch: Fetch;
  /** Where an account keeps its store. */
  readonly folder: (userId: UserId) => string;
  /** Whom calls may reach and come from. */
  readonly callTrust: () => CallTrust;
  readonly browser: Browser;
  /** Asks for a file and writes a text to it. Never rejects. */
  readonly saveText: SessionEnv['saveText'];
  /** So many random bytes as text for URLs. */
  readonly random: (bytes: number) => string;
  readonly clock: Clock;
  /** ms since the epoch: `Date.now`. */
  readonly date: () => number;
  readonly log: Log;
}

/** ms that a sign-out waits for the hangups of running calls. */
const HANGUPS = 3000;

type Found = Extract<Discovery, { ok: true }>;
/** Which lost account is to be signed in again, if any, and with what it was proved. */
interface Asked {
  readonly again: UserId | null;
  readonly password: string | null;
}

type Refused = Extract<SignInResult, { ok: false }>;

export function makeAccounts(env: AccountsEnv): Accounts {
  const { vault, listener, fetch, log } = env;
  const sessions = new Map<UserId, AccountSession>();
  const attempts = makeAttempts(listener.signInProgress);
  const stores = makeKeptStores(env);
  let lastKept: Promise<unknown> = Promise.resolve();
  silenceSdk();

  const list = (): readonly Account[] => [...sessions.values()].map((session) => session.account());
  const tell = (): void => {
    listener.accountsChanged(list());
  };

  function add(session: Session, password: string | null = null): Promise<void> {
    const { userId } = session;
    const made = makeSession({
      ...env,
      session,
      password,
      folder: env.folder(userId),
      changed: () => {
        if (sessions.get(userId) === made) tell();
      },
      save: vault.renew,
      keysMade: () => vault.noteKeys(userId),
      signedOut: (how) => {
        log.info('signed out by the server', { how });
        vault.end(userId, how);
        void made.stop(0);
      },
    });
    sessions.set(userId, made);
    return made.start();
  }

  async function restore(): Promise<void> {
    for (const kept of await vault.load()) {
      const { userId, deviceId, baseUrl, credentials, ended, hasKeys } = kept;
      const storeKey = credentials && (await stores.keyOf(kept));
      // The homeserver has not ended it: what lies here cannot be opened.
      const trouble = ended === null ? 'keyring' : null;
      if (credentials === null || storeKey === null) sessions.set(userId, signedOutSession(userId, trouble));
      else void add({ userId, deviceId, baseUrl, storeKey, hasKeys, ...credentials });
    }
    log.info('accounts restored', { count: sessions.size });
    tell();
  }

  /**
   * The homeserver behind what was typed. A person who signs in again is known by their server's name, which may lead
   * nowhere where the address itself was typed the first time: that address is still known here.
   */
  async function locate(looking: Fetch, server: string): Promise<Discovery> {
    const found = await discover(looking, server);
    if (found.ok) return found;
    const name = server.trim();
    const kept = (await vault.load()).find(({ userId }) => serverOf(userId) === name);
    const known = kept && (await discover(looking, kept.baseUrl));
    return known?.ok === true ? { ...known, delegatedBy: name } : found;
  }

  function signIn(server: string, typedUser: string, password: string): Promise<SignInResult> {
    return attempts.begin(async (attempt) => {
      const looking = abortable(fetch, attempt.signal);
      const found = await locate(looking, server);
      if (!found.ok) return found;
      const user = readTypedUser(typedUser);
      if (isStranger(user, found)) return refused('otherServer');
      const { deviceId } = (await lostSession(user, found)) ?? {};
      const credentials = { baseUrl: found.baseUrl, user, password, deviceId };
      return finish(await passwordLogin(fetch, credentials, looking), found, attempt, { again: null, password });
    });
  }

  function signInByBrowser(server: string, method: BrowserMethod, again: UserId | null): Promise<SignInResult> {
    return attempts.begin(async (attempt) => {
      attempt.progress({ stage: 'asking' });
      const looking = abortable(fetch, attempt.signal);
      const found = await locate(looking, server);
      if (!found.ok) return found;
      const { baseUrl } = found;
      const { deviceId } = (again === null ? undefined : await lostSession(again, found)) ?? {};
      const login =
        method.kind === 'sso'
          ? await ssoLogin(fetch, env, attempt, { baseUrl, provider: method.provider, deviceId })
          : await oauthLogin(fetch, looking, env, attempt, {
              baseUrl,
              way: method.kind === 'oauth' ? 'browser' : 'deviceCode',
              deviceId,
            });
      return finish(login, found, attempt, { again, password: null });
    });
  }

  /** What was granted is kept, or given back. One after the other: two at once would not see that they are the same person. */
  function finish(login: LoginResult, found: Found, attempt: Attempt, asked: Asked): Promise<SignInResult> {
    if (!login.ok) return Promise.resolve(login);
    const result = lastKept.then(() => keep(login, found, attempt, asked));
    lastKept = result;
    return result;
  }

  async function keep(login: Granted, found: Found, { signal }: Attempt, asked: Asked): Promise<SignInResult> {
    const { userId, deviceId, token, oauth } = login;
    const baseUrl = await betterUrl(found.baseUrl, userId, login.wellKnown);
    const refusal = signal.aborted ? refused('cancelled') : refusalOf(userId, found, asked.again);
    if (refusal) {
      await logout(fetch, { baseUrl, token, oauth });
      return refusal;
    }
    await sessions.get(userId)?.stop(0);
    const store = await stores.forDevice(userId, deviceId);
    const session: Session = { userId, deviceId, baseUrl, token, oauth, ...store };
    if (!(await vault.save(session))) {
      await logout(fetch, session);
      return refused('storage');
    }
    void add(session, asked.password);
    tell();
    return { ok: true, account: userId };
  }

  /** Why the login that just succeeded must not be kept. */
  function refusalOf(userId: UserId, found: Found, again: UserId | null): Refused | null {
    if (isStranger(userId, found)) return refused('otherServer');
    if (again !== null && userId !== again) return refused('otherUser');
    const known = sessions.get(userId)?.account().connection;
    return known !== undefined && known !== 'signedOut' ? refused('alreadySignedIn') : null;
  }

  /**
   * Whose token was lost: signing in takes the place of the old device, with its keys, which nobody could end otherwise. A
   * device that the homeserver has removed, or whose keys cannot be read any more, does not come back: others know them as
   * gone, and would take new ones under the old name for a stranger's.
   */
  async function lostSession(user: string, { baseUrl, delegatedBy }: Found): Promise<KeptSession | undefined> {
    return (await vault.load()).find(({ userId, baseUrl: known, ended, storeKey, hasKeys }) => {
      if (ended === 'hard' || (hasKeys && storeKey === null)) return false;
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
    const isLost = session.account().connection === 'signedOut';
    vault.forget(account);
    sessions.delete(account);
    tell();
    await stores.remove(account);
    if (!isLost) await session.logout();
  }

  async function startOver(account: UserId): Promise<void> {
    const session = sessions.get(account);
    const trouble = session?.account().trouble ?? null;
    if (!session || trouble === null || !finalTroubles.has(trouble)) return;
    await session.stop(0);
    await stores.setAside(account);
    vault.end(account, 'hard');
    sessions.set(account, signedOutSession(account, trouble));
    tell();
    await session.logout();
  }

  return {
    list,
    session: (account) => sessions.get(account),
    restore,
    methods: async (server) => {
      const found = await locate(fetch, server);
      return found.ok ? signInMethods(fetch, found.baseUrl) : found;
    },
    signIn,
    signInByBrowser,
    openBrowser: attempts.reopen,
    cancelSignIn: attempts.cancel,
    signOut,
    retry: (account) => sessions.get(account)?.retry(),
    startOver,
    wake: () => {
      for (const session of sessions.values()) session.wake();
    },
    stop: async (bound) => {
      attempts.cancel();
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
