/**
 * One life of an account's client: from the opening of its store to its closing. A write that fails ends it, and the next
 * one begins on the same files; what must outlive it is the session's.
 */
import { HttpApiEvent, type MatrixClient, RoomMemberEvent } from 'matrix-js-sdk';

import type { AccountTrouble } from '../../preload/contract/account-trouble';
import type { Connection } from '../../preload/contract/accounts';
import type { Person } from '../../preload/contract/people';
import type { CallTrust } from '../../preload/contract/settings';
import type { Clock } from '../clock';
import type { Log } from '../log';
import { type AccountClient, makeClient } from '../matrix/client';
import { type ConnectionWatch, watchConnection } from '../matrix/connection';
import { type Directory, makeDirectory } from '../matrix/directory';
import { displayName, ringFacts } from '../matrix/room-facts';
import { makeRoomCrypto, type RoomCrypto } from '../matrix/room-crypto';
import type { CallEventFacts, SignallingIn } from '../matrix/signalling-in';
import { watchTimeline } from '../matrix/timeline';
import type { RingFacts } from '../ringing/policy';
import {
  type AccountStore,
  type AccountStoreOptions,
  openAccountStore,
  type OpenedStore,
  setAccountStoreAside,
  type WriteFailure,
} from '../store/account-store';
import { KEY_BYTES } from '../store/sealing';
import type { Trust } from '../trust/contract';
import { makeSecretKeys, type SecretKeys } from '../trust/secret-keys';
import { makeTrust, type TrustEnv } from '../trust/trust';
import type { Fetch } from './http';
import type { Session, SessionEnd } from './vault';

export interface Life {
  readonly client: MatrixClient;
  readonly connection: ConnectionWatch;
  readonly directory: Directory;
  readonly trust: Trust;
  readonly crypto: RoomCrypto;
  /** What the policy must know of an invite. */
  readonly ringFacts: (invite: CallEventFacts) => RingFacts;
  /** Begins to sync. */
  readonly start: () => void;
  /** Writes down how far the sync has come. @returns false when the store refuses. */
  readonly save: () => Promise<boolean>;
  /** Never rejects. Afterwards the store may be opened again. */
  readonly close: () => Promise<void>;
}

export interface LifeEnv {
  readonly session: Session;
  /** The account's store; made if missing. */
  readonly folder: string;
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** ms since the epoch. */
  readonly date: () => number;
  readonly log: Log;
  /** Whom calls may reach and come from. */
  readonly callTrust: () => CallTrust;
  readonly signalling: SignallingIn;
  /** From now on nothing is written: close, and open another one. */
  readonly storeFailed: (failure: WriteFailure) => void;
  readonly connectionChanged: (connection: Connection) => void;
  /** The homeserver no longer takes the token; `connectionChanged` follows. */
  readonly ended: (how: SessionEnd) => void;
  readonly peopleChanged: (people: readonly Person[]) => void;
  readonly trust: Pick<TrustEnv, 'takePassword' | 'openBrowser' | 'saveText' | 'changed'>;
  /** What this account is called. */
  readonly named: (name: string | undefined) => void;
}

export type OpenedLife =
  { readonly ok: true; readonly life: Life } | { readonly ok: false; readonly trouble: AccountTrouble };

/** Never rejects. Nothing goes out before `start`. */
export async function openLife(env: LifeEnv): Promise<OpenedLife> {
  const { session, folder, log } = env;
  const key = Buffer.from(session.storeKey, 'base64');
  if (key.byteLength !== KEY_BYTES) return { ok: false, trouble: 'wrongKey' };
  const broken = Promise.withResolvers<undefined>();
  let cut = (): void => undefined;
  const opened = await openStoreOf(session, {
    folder,
    key,
    onFatal: (failure) => {
      cut();
      broken.resolve(undefined);
      env.storeFailed(failure);
    },
  });
  if (!opened.ok) {
    log.warn('store not opened', { reason: opened.reason, file: opened.file ?? 'folder' });
    return { ok: false, trouble: opened.reason };
  }
  const { store } = opened;
  if (store.syncStartsOver) log.warn('sync starts over');
  if (store.cryptoWasEmpty && session.hasKeys) {
    await store.close();
    return { ok: false, trouble: 'keysLost' };
  }
  const secretKeys = makeSecretKeys();
  const account = makeClient({ ...env, store, callbacks: secretKeys.callbacks });
  ({ cut } = account);
  try {
    await account.open();
  } catch (error) {
    log.failure('what the store holds cannot be read', error);
    await account.stop();
    await store.close();
    return { ok: false, trouble: store.failure()?.reason ?? 'damaged' };
  }
  return { ok: true, life: live(env, { account, store, secretKeys, broken: broken.promise }) };
}

/** A session that has never had keys may find the store of a device before it: its sign-in was cut short before there was room. */
async function openStoreOf({ hasKeys }: Session, options: AccountStoreOptions): Promise<OpenedStore> {
  const opened = await openAccountStore(options);
  if (opened.ok || opened.reason !== 'wrongKey' || hasKeys) return opened;
  const aside = await setAccountStoreAside(options.folder);
  return aside.ok ? openAccountStore(options) : aside;
}

interface Parts {
  readonly account: AccountClient;
  readonly store: AccountStore;
  readonly secretKeys: SecretKeys;
  /** Resolves when the store has failed. */
  readonly broken: Promise<unknown>;
}

function live(env: LifeEnv, { account, store, secretKeys, broken }: Parts): Life {
  const { clock, date, log, session, signalling } = env;
  const { client } = account;
  client.on(HttpApiEvent.SessionLoggedOut, ({ data }) => {
    env.ended(data.soft_logout === true ? 'soft' : 'hard');
  });
  const connection = watchConnection(client, account.interrupt, (now) => {
    log.info('connection', { now });
    env.connectionChanged(now);
  });
  const crypto = makeRoomCrypto({ client, trust: env.callTrust });
  watchTimeline({ client, crypto, signalling, clock, date });
  const directory = makeDirectory({ client, account: session.userId, changed: env.peopleChanged });
  const trust = makeTrust({
    ...env.trust,
    client,
    account: session.userId,
    secretKeys,
    people: directory.people,
    clock,
    log,
  });
  client.on(RoomMemberEvent.Name, (event, member) => {
    if (member.userId === session.userId) env.named(displayName(event));
  });
  const save = async (): Promise<boolean> => {
    // The SDK would wait for ever for a transaction that a broken store has aborted.
    if (store.failure() === null) await Promise.race([account.save(), broken]);
    return store.failure() === null;
  };
  return {
    client,
    connection,
    directory,
    trust,
    crypto,
    ringFacts: (invite) => ringFacts(client, session.userId, invite),
    start: account.start,
    save,
    close: async () => {
      trust.stop();
      await save();
      await account.stop();
      await store.close();
    },
  };
}
