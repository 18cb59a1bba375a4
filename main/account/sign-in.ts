/** Signing in: what a person types, or proves in a browser, becomes a session to keep, or a reason why not. */
import type {
  BrowserMethod,
  Connection,
  SignInMethods,
  SignInProgress,
  SignInResult,
} from '../../preload/contract/accounts';
import type { UserId } from '../../preload/contract/ids';
import { makeAttempts } from './attempts';
import { delegatedUrl, discover, type Discovery, isHomeserver } from './discovery';
import { abortable, type Fetch } from './http';
import type { Attempt, BrowserEnv } from './in-browser';
import type { Granted, LoginResult } from './login';
import { logout } from './logout';
import { oauthLogin } from './oauth-login';
import { passwordLogin } from './password-login';
import { signInMethods } from './sign-in-methods';
import { ssoLogin } from './sso-login';
import { localpartOf, serverOf } from './user-id';
import type { KeptSession, Session, Vault } from './vault';

export interface SignInEnv extends BrowserEnv {
  readonly vault: Pick<Vault, 'load'>;
  readonly fetch: Fetch;
  readonly progress: (progress: SignInProgress) => void;
  /** Of an account that is here; undefined where it is not. */
  readonly connectionOf: (account: UserId) => Connection | undefined;
  /**
   * Makes an account of it, in the place of one that was lost. @returns false when it cannot be written down.
   * @param password what it was proved with, where it was.
   */
  readonly keep: (session: Omit<Session, 'storeKey' | 'hasKeys'>, password: string | null) => Promise<boolean>;
}

export interface SignIn {
  readonly methods: (server: string) => Promise<SignInMethods>;
  /** One at a time: each cancels one that is still under way. */
  readonly byPassword: (server: string, user: string, password: string) => Promise<SignInResult>;
  /** @param again the account whose session was lost. */
  readonly byBrowser: (server: string, method: BrowserMethod, again: UserId | null) => Promise<SignInResult>;
  /** Opens the page of the sign-in under way once more. */
  readonly openBrowser: () => void;
  readonly cancel: () => void;
}

type Found = Extract<Discovery, { ok: true }>;
/** Which lost account is to be signed in again, if any, and with what it was proved. */
interface Asked {
  readonly again: UserId | null;
  readonly password: string | null;
}

type Refused = Extract<SignInResult, { ok: false }>;

export function makeSignIn(env: SignInEnv): SignIn {
  const { vault, fetch } = env;
  const attempts = makeAttempts(env.progress);
  let lastKept: Promise<unknown> = Promise.resolve();

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

  function byPassword(server: string, typedUser: string, password: string): Promise<SignInResult> {
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

  function byBrowser(server: string, method: BrowserMethod, again: UserId | null): Promise<SignInResult> {
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
    if (refusal === null && (await env.keep({ userId, deviceId, baseUrl, token, oauth }, asked.password))) {
      return { ok: true, account: userId };
    }
    await logout(fetch, { baseUrl, token, oauth });
    return refusal ?? refused('storage');
  }

  /** Why the login that just succeeded must not be kept. */
  function refusalOf(userId: UserId, found: Found, again: UserId | null): Refused | null {
    if (isStranger(userId, found)) return refused('otherServer');
    if (again !== null && userId !== again) return refused('otherUser');
    const known = env.connectionOf(userId);
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
      const isSame = userId === user || (known === baseUrl && localpartOf(userId) === user);
      const isNamed = delegatedBy !== null && userId === `@${user}:${delegatedBy}`;
      return (isSame || isNamed) && env.connectionOf(userId) === 'signedOut';
    });
  }

  /** The homeserver may know a better address of its own; it is taken only if a homeserver answers there. */
  async function betterUrl(baseUrl: string, userId: UserId, wellKnown: unknown): Promise<string> {
    const host = URL.parse(baseUrl)?.host ?? serverOf(userId);
    const better = delegatedUrl(wellKnown, host);
    return better !== null && better !== baseUrl && (await isHomeserver(fetch, better)) ? better : baseUrl;
  }

  return {
    methods: async (server) => {
      const found = await locate(fetch, server);
      return found.ok ? signInMethods(fetch, found.baseUrl) : found;
    },
    byPassword,
    byBrowser,
    openBrowser: attempts.reopen,
    cancel: attempts.cancel,
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
