/** Everything about trust of one account, in one object: it reads, it acts, and it tells what changed. */
import { ClientEvent, type MatrixClient, SyncState } from 'matrix-js-sdk';
import { type CryptoApi, CryptoEvent, type GeneratedSecretStorageKey } from 'matrix-js-sdk/lib/crypto-api/index.js';

import type { UserId } from '../../preload/contract/ids';
import type { Person } from '../../preload/contract/people';
import type { AccountTrust, FarTrust, TrustResult } from '../../preload/contract/trust';
import type { Clock } from '../clock';
import type { Log } from '../log';
import { makePending } from '../pending';
import type { Trust } from './contract';
import { listDevices, removeDevice } from './devices';
import { failed, trustFailure } from './failure';
import { isOfThisDevice } from './identity-there';
import { otherDevices, type OwnTrust, readOwnTrust, unknownTrust } from './own-trust';
import { keysWaiting } from './key-counts';
import { makePeopleTrust } from './people-trust';
import type { SecretKeys } from './secret-keys';
import { makeFirstIdentity, restore, setUp, type SetUpEnv, turnOnBackup } from './set-up';
import { makeTasks, type RunningTask } from './tasks';
import { makeVerifications } from './verifications';

export interface TrustEnv {
  readonly client: MatrixClient;
  readonly account: UserId;
  readonly secretKeys: SecretKeys;
  readonly people: () => readonly Pick<Person, 'userId' | 'roomId'>[];
  /** Gives up what the person typed to sign in just now. */
  readonly takePassword: () => string | null;
  /** Rejects where there is no browser. */
  readonly openBrowser: (url: string) => Promise<void>;
  /** Asks for a file and writes a text to it, for nobody else to read. Never rejects. */
  readonly saveText: (text: string) => Promise<TrustResult>;
  readonly clock: Clock;
  readonly log: Log;
  readonly changed: (trust: AccountTrust) => void;
}

/** ms in which changes are gathered. */
const GATHER = 50;
/** ms between two counts while keys wait to be backed up, and between two looks for a signature. */
const COUNT = 1000;
/** ms in which the other device signs this one, after a verification; nothing tells when it has. */
const SIGNATURE = 60_000;
/** ms after a look that failed. */
const AGAIN = 10_000;

export function makeTrust(env: TrustEnv): Trust {
  const { client, account, clock, log } = env;
  let own: OwnTrust = unknownTrust(client.getDeviceId() ?? '');
  let pending: GeneratedSecretStorageKey | null = null;
  let isSynced = false;
  let isStopped = false;
  let cancelLook: (() => void) | null = null;
  let cancelCount: (() => void) | null = null;
  let looking: Promise<void> | null = null;
  let told = '';
  /** Whether this account has, or wants, an identity of its own is settled for this session. */
  let hasFirst = false;
  let signatureBy = -Infinity;
  /** What the homeserver is asked for somebody: after `stop` its answers reach nobody. */
  const { whileOpen, end } = makePending();

  const crypto = (): CryptoApi | undefined => (isStopped ? undefined : client.getCrypto());
  const peopleTrust = makePeopleTrust(crypto, tell);
  const tasks = makeTasks({
    userId: account,
    fallbackUrl: (stage, session) => client.getFallbackAuthUrl(stage, session),
    openBrowser: env.openBrowser,
    takePassword: env.takePassword,
    clock,
    log,
    changed: tell,
  });
  const verifications = makeVerifications({
    client,
    account,
    clock,
    directRoom: (userId) => env.people().find((person) => person.userId === userId)?.roomId ?? null,
    changed: tell,
    verified: (userId) => {
      if (userId === account) signatureBy = clock.now() + SIGNATURE;
      lookSoon();
      void peopleTrust.look(userId);
    },
  });

  function current(): AccountTrust {
    return {
      account,
      available: crypto() !== undefined,
      ...own,
      task: tasks.current(),
      people: own.identity === 'verified' ? peopleTrust.list() : [],
      verifications: verifications.list(),
    };
  }

  function tell(): void {
    if (isStopped) return;
    const now = current();
    const telling = JSON.stringify(now);
    if (telling === told) return;
    told = telling;
    env.changed(now);
  }

  // --- Looking

  function lookSoon(ms = GATHER): void {
    if (!isSynced || isStopped) return;
    cancelLook?.();
    cancelLook = clock.after(ms, () => {
      cancelLook = null;
      // A look asks the homeserver for our identity; in the middle of making a new one, its answer would undo that.
      if (tasks.isBusy()) lookSoon(COUNT);
      else void look();
    });
  }

  function look(): Promise<void> {
    looking ??= lookNow().finally(() => {
      looking = null;
    });
    return looking;
  }

  async function lookNow(): Promise<void> {
    const api = crypto();
    if (api === undefined) return;
    try {
      own = await readOwnTrust(client, api);
      await peopleTrust.lookAtAll(env.people().map(({ userId }) => userId));
      if (!hasFirst && !tasks.isBusy()) void firstIdentity(api);
      if (own.identity === 'unverified' && clock.now() < signatureBy) lookSoon(COUNT);
      else if (isWaiting(own)) countSoon();
    } catch (error) {
      log.warn('trust: not known', { reason: trustFailure(error) });
      lookSoon(AGAIN);
    }
    tell();
  }

  /** Keys wait for seconds after each one that is made; only their number changes, and a look asks of everybody. */
  function countSoon(): void {
    cancelCount?.();
    cancelCount = clock.after(COUNT, () => void count());
  }

  async function count(): Promise<void> {
    const api = crypto();
    const waiting = api === undefined || own.backup.state !== 'on' ? null : await keysWaiting(api);
    if (waiting === null || isStopped) return;
    own = { ...own, backup: { ...own.backup, waiting } };
    tell();
    if (waiting > 0) countSoon();
  }

  client.on(ClientEvent.Sync, (state) => {
    if (isSynced || (state !== SyncState.Prepared && state !== SyncState.Syncing)) return;
    isSynced = true;
    void look();
  });
  client.on(CryptoEvent.KeysChanged, () => lookSoon());
  client.on(CryptoEvent.KeyBackupStatus, () => lookSoon());
  client.on(CryptoEvent.KeyBackupFailed, () => lookSoon());
  client.on(CryptoEvent.KeyBackupSessionsRemaining, () => lookSoon());
  client.on(CryptoEvent.KeyBackupDecryptionKeyCached, () => lookSoon());
  client.on(CryptoEvent.DevicesUpdated, (userIds) => {
    if (userIds.includes(account)) lookSoon();
    for (const userId of userIds) void peopleTrust.look(userId as UserId);
  });
  client.on(CryptoEvent.UserTrustStatusChanged, (userId, status) => {
    if (userId === account) lookSoon();
    peopleTrust.learn(userId as UserId, status);
  });
  client.on(ClientEvent.AccountData, (event) => {
    if (/^m\.(secret_storage|cross_signing|megolm_backup)\./.test(event.getType())) lookSoon();
  });

  // --- Acting

  /**
   * A new account needs an identity before it can be asked anything; where the homeserver wants more, it is asked later. When
   * it went away in the middle, the next look that succeeds leads here again.
   */
  async function firstIdentity(api: CryptoApi): Promise<void> {
    hasFirst = true;
    const isOpen =
      own.identity === 'none' ||
      (own.identity === 'unverified' && (await isOfThisDevice(client, api).catch(() => false)));
    const made = isOpen ? await withCrypto('setUp', makeFirstIdentity, true) : null;
    hasFirst = made === null || made.ok || made.reason !== 'unreachable';
    if (hasFirst) env.takePassword();
    else lookSoon(AGAIN);
  }

  function withCrypto(
    what: Parameters<typeof tasks.run>[0],
    work: (set: SetUpEnv, task: RunningTask) => Promise<TrustResult>,
    alone = false,
  ): Promise<TrustResult> {
    const api = crypto();
    if (api === undefined) return Promise.resolve(failed('signedOut'));
    const working = async (task: RunningTask): Promise<TrustResult> => {
      const result = await work({ client, crypto: api, secretKeys: env.secretKeys }, task);
      // What was signed just now is known here only when the homeserver has told it back. If it goes just then, it is done all the same.
      await api.userHasCrossSigningKeys(account, true).catch(() => undefined);
      await looking;
      await look();
      return result;
    };
    return tasks.run(what, working, alone);
  }

  /** Without an identity of our own that signs this device, nobody else's can be told. */
  function far(userId: UserId, roomId: string): FarTrust {
    return {
      trust: own.identity === 'verified' ? peopleTrust.of(userId) : 'unverified',
      encrypted: client.getRoom(roomId)?.hasEncryptionStateEvent() ?? null,
    };
  }

  function forgetPending(): void {
    pending?.privateKey.fill(0);
    pending = null;
  }

  return {
    current,
    check: () => lookSoon(0),
    newRecoveryKey: async () => {
      const made = await crypto()?.createRecoveryKeyFromPassphrase();
      if (made?.encodedPrivateKey === undefined) return failed('signedOut');
      forgetPending();
      pending = made;
      return { ok: true, key: made.encodedPrivateKey };
    },
    saveRecoveryKey: () =>
      pending?.encodedPrivateKey === undefined
        ? Promise.resolve(failed('failed'))
        : env.saveText(`${pending.encodedPrivateKey}\n`),
    setUp: async (reset) => {
      const key = pending;
      if (key === null) return failed('failed');
      const result = await withCrypto(reset ? 'reset' : 'setUp', (set, task) => setUp(set, task, key, reset));
      if (result.ok) forgetPending();
      return result;
    },
    restore: (key) => withCrypto('restore', (set) => restore(set, key)),
    turnOnBackup: (key) => withCrypto('backup', (set) => turnOnBackup(set, key)),
    password: tasks.password,
    openBrowser: tasks.openBrowser,
    cancelTask: () => {
      tasks.cancel();
      forgetPending();
    },
    verify: (whom) => {
      const api = crypto();
      if (api === undefined) return Promise.resolve(failed('signedOut'));
      return whileOpen(verifications.begin(api, whom)).catch(() => failed('signedOut'));
    },
    answer: verifications.answer,
    acceptIdentity: async (userId) => {
      try {
        const api = crypto();
        if (api === undefined) return failed('signedOut');
        const status = await api.getUserVerificationStatus(userId);
        if (status.wasCrossSigningVerified()) await api.withdrawVerificationRequirement(userId);
        await api.pinCurrentUserIdentity(userId);
        await peopleTrust.look(userId);
        return { ok: true };
      } catch (error) {
        return failed(trustFailure(error));
      }
    },
    known: far,
    look: async (userId, roomId) => {
      await peopleTrust.look(userId);
      return far(userId, roomId);
    },
    devices: async () => {
      try {
        const devices = await whileOpen(listDevices(client, crypto(), own.identity === 'verified'));
        return { ok: true, devices };
      } catch (error) {
        return failed(isStopped ? 'signedOut' : trustFailure(error));
      }
    },
    removeDevice: (deviceId) =>
      withCrypto('removeDevice', (_set, task) => removeDevice(client, deviceId, task, env.openBrowser)),
    signOutRisk: async () => {
      const api = crypto();
      if (api === undefined || !isSynced) return null;
      if (!tasks.isBusy()) await whileOpen(look()).catch(() => undefined);
      const others = await otherDevices(api, account, own.device.id).catch(() => null);
      const { backup, recovery } = own;
      return {
        keysWaiting: backup.waiting,
        backup: backup.state,
        lastDevice: others === null ? null : others.length === 0,
        recovery,
      };
    },
    stop: () => {
      verifications.stop();
      tasks.cancel();
      forgetPending();
      cancelLook?.();
      cancelCount?.();
      isStopped = true;
      end('the client has ended');
    },
  };
}

const isWaiting = ({ backup }: OwnTrust): boolean => backup.waiting !== null && backup.waiting > 0;
