/** All accounts: kept from a sign-in, restored at start, signed out. Each account is a session of its own. */
import { finalTroubles } from '../../preload/contract/account-trouble';
import type { Account } from '../../preload/contract/accounts';
import type { UserId } from '../../preload/contract/ids';
import type { CallTrust } from '../../preload/contract/settings';
import type { Clock } from '../clock';
import type { Log } from '../log';
import type { AccountListener, Accounts, AccountSession } from './contract';
import type { Fetch } from './http';
import type { Browser } from './in-browser';
import { makeKeptStores } from './kept-stores';
import { makeSession, type SessionEnv } from './session';
import { makeSignIn } from './sign-in';
import { signedOutSession } from './signed-out-session';
import { makeTypedPassword } from './typed-password';
import type { Session, Vault } from './vault';

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

export function makeAccounts(env: AccountsEnv): Accounts {
  const { vault, listener, log } = env;
  const sessions = new Map<UserId, AccountSession>();
  const stores = makeKeptStores(env);

  const list = (): readonly Account[] => [...sessions.values()].map((session) => session.account());
  const tell = (): void => {
    listener.accountsChanged(list());
  };

  function add(session: Session, password: string | null = null): Promise<void> {
    const { userId } = session;
    const made = makeSession({
      ...env,
      session,
      password: makeTypedPassword(password, env.clock),
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

  const signIn = makeSignIn({
    ...env,
    progress: listener.signInProgress,
    connectionOf: (account) => sessions.get(account)?.account().connection,
    keep: async (granted, password) => {
      const { userId, deviceId } = granted;
      await sessions.get(userId)?.stop(0);
      const { makeRoom, ...store } = await stores.forDevice(userId, deviceId);
      const session: Session = { ...granted, ...store };
      if (!(await vault.save(session))) return false;
      await makeRoom();
      void add(session, password);
      tell();
      return true;
    },
  });

  async function signOut(account: UserId): Promise<void> {
    const session = sessions.get(account);
    if (!session) return;
    const isLost = session.account().connection === 'signedOut';
    // Else it would be back at the next start, without its keys.
    if (!vault.forget(account)) throw new Error('the disk does not let the account be forgotten');
    await session.stop(HANGUPS);
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
    methods: signIn.methods,
    signIn: signIn.byPassword,
    signInByBrowser: signIn.byBrowser,
    openBrowser: signIn.openBrowser,
    cancelSignIn: signIn.cancel,
    signOut,
    retry: (account) => sessions.get(account)?.retry(),
    startOver,
    wake: () => {
      for (const session of sessions.values()) session.wake();
    },
    stop: async (bound) => {
      signIn.cancel();
      await Promise.all([...sessions.values()].map((session) => session.stop(bound)));
    },
  };
}
