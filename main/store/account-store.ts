/**
 * The durable store of one account: two IndexedDBs in its folder, sealed with its key. `crypto.sqlite` keeps what cannot
 * be had again and survives a power cut; `sync.sqlite` keeps what the homeserver would send again. Both fail together:
 * when keys could not be stored, no sync position may be stored that counts their messages as received.
 *
 * A file is never copied or put back: an older state of the keys would encrypt two messages with one key.
 */
import { removeFile, setFileAside, type StoreFile, storePath } from './account-files';
import { lockAccount } from './account-lock';
import { openRoute } from './global-indexeddb';
import { openPersistentIndexedDb, type PersistentIndexedDb } from './persistent-indexeddb';
import { makeSealing, type Sealing } from './sealing';
import type { Durability } from './sqlite-file';
import { StoreError, type StoreTrouble, troubleOf } from './store-error';

/** Why a store cannot be opened. `file` is null where the trouble is the folder's. No file was changed. */
export interface StoreRefusal {
  readonly ok: false;
  readonly reason: StoreTrouble;
  readonly file: StoreFile | null;
  readonly cause: unknown;
}

export interface WriteFailure {
  readonly file: StoreFile;
  readonly reason: StoreTrouble;
  readonly cause: unknown;
}

export interface AccountStoreOptions {
  /** The account's own; made if missing. */
  readonly folder: string;
  /** 32 bytes. Without it nothing in the files can be read. */
  readonly key: Uint8Array;
  /**
   * A write failed, and from now on all fail: stop the client, `close`, open again. Called once, from a fresh stack; the
   * client meanwhile sees aborted transactions.
   */
  readonly onFatal: (failure: WriteFailure) => void;
}

export interface AccountStore {
  /** For `client.initRustCrypto(…)`. Of this opening: the prefix leads nowhere after `close`. */
  readonly crypto: {
    readonly useIndexedDB: true;
    readonly storageKey: Uint8Array;
    readonly cryptoDatabasePrefix: string;
  };
  /** For `new IndexedDBStore(…)`. */
  readonly sync: { readonly indexedDB: IDBFactory; readonly dbName: string };
  /**
   * There were no keys at the opening. A session whose device has uploaded keys before must not go on with new ones under
   * the same device id: its keys are lost, and it has to sign in as a new device.
   */
  readonly cryptoWasEmpty: boolean;
  /** The sync file was of no use (damaged, or of other keys) and was set aside: everything is fetched again. */
  readonly syncStartsOver: boolean;
  readonly failure: () => WriteFailure | null;
  /** After the client was stopped. Waits for running transactions; later ones abort. Never rejects; may be repeated. */
  readonly close: () => Promise<void>;
}

export type OpenedStore = { readonly ok: true; readonly store: AccountStore } | StoreRefusal;

/** @throws TypeError for a key of another length. */
export async function openAccountStore(options: AccountStoreOptions): Promise<OpenedStore> {
  const sealing = makeSealing(options.key);
  const locked = await refusable(null, () => lockAccount(options.folder));
  if (!locked.ok) return locked;
  const health = makeHealth(options.onFatal);
  const files = await openFiles({ folder: options.folder, sealing, health }).catch((error: unknown) => {
    locked.value.release();
    throw error;
  });
  if (!files.ok) {
    locked.value.release();
    return files;
  }

  const { crypto, sync, syncStartsOver } = files.value;
  const route = openRoute(crypto.factory);
  const close = async (): Promise<void> => {
    route.close();
    await Promise.all([crypto.close(), sync.close()]);
    locked.value.release();
  };
  let closing: Promise<void> | undefined;
  return {
    ok: true,
    store: {
      crypto: {
        useIndexedDB: true,
        storageKey: sealing.derive('crypto store'),
        cryptoDatabasePrefix: route.prefix,
      },
      sync: { indexedDB: sync.factory, dbName: 'account' },
      cryptoWasEmpty: crypto.wasEmpty,
      syncStartsOver,
      failure: health.failure,
      close: () => (closing ??= close()),
    },
  };
}

interface Health {
  readonly failure: () => WriteFailure | null;
  readonly fail: (file: StoreFile, cause: unknown) => void;
}

function makeHealth(onFatal: (failure: WriteFailure) => void): Health {
  let failure: WriteFailure | null = null;
  return {
    failure: () => failure,
    fail: (file, cause) => {
      const first = { file, reason: troubleOf(cause) ?? 'failed', cause };
      failure = first;
      // The transaction whose commit failed has yet to be rolled back.
      queueMicrotask(() => {
        onFatal(first);
      });
    },
  };
}

interface FilesOptions {
  readonly folder: string;
  readonly sealing: Sealing;
  readonly health: Health;
}

interface Files {
  readonly crypto: PersistentIndexedDb;
  readonly sync: PersistentIndexedDb;
  readonly syncStartsOver: boolean;
}

async function openFiles(options: FilesOptions): Promise<Fallible<Files>> {
  const crypto = await openFile(options, 'crypto', 'FULL');
  if (!crypto.ok) return crypto;
  const found = await openFile(options, 'sync', 'NORMAL');
  const syncStartsOver = found.ok ? crypto.value.wasEmpty && !found.value.wasEmpty : useless.has(found.reason);
  const sync = syncStartsOver ? await replaceSync(options, found) : found;
  if (sync.ok) return { ok: true, value: { crypto: crypto.value, sync: sync.value, syncStartsOver } };
  await crypto.value.close();
  return sync;
}

/** Of a sync file when the crypto file has opened with the same key; the other troubles pass, or concern both. */
const useless: ReadonlySet<StoreTrouble> = new Set(['wrongKey', 'newer', 'damaged']);

async function replaceSync(
  options: FilesOptions,
  found: Fallible<PersistentIndexedDb>,
): Promise<Fallible<PersistentIndexedDb>> {
  if (found.ok) await found.value.close();
  const aside = await refusable('sync', () => {
    setFileAside(options.folder, 'sync');
  });
  return aside.ok ? openFile(options, 'sync', 'NORMAL') : aside;
}

function openFile(
  { folder, sealing, health }: FilesOptions,
  file: StoreFile,
  durability: Durability,
): Promise<Fallible<PersistentIndexedDb>> {
  return refusable(file, () =>
    openPersistentIndexedDb({
      path: storePath(folder, file),
      durability,
      sealing,
      assertWritable: () => {
        const failure = health.failure();
        if (failure !== null) throw new StoreError(failure.reason, { cause: failure.cause });
      },
      onFailure: (cause) => {
        health.fail(file, cause);
      },
    }),
  );
}

/**
 * Makes room for a new store where the old one cannot be opened: both files are renamed to `NAME.aside-N` and stay for
 * good. The account then needs a new device, for the homeserver knows the keys of the old one.
 */
export function setAccountStoreAside(folder: string): Promise<{ readonly ok: true } | StoreRefusal> {
  return onClosedFiles(folder, setFileAside);
}

/** For an account that signs out. What was set aside stays. */
export function removeAccountStore(folder: string): Promise<{ readonly ok: true } | StoreRefusal> {
  return onClosedFiles(folder, removeFile);
}

function onClosedFiles(
  folder: string,
  act: (folder: string, file: StoreFile) => void,
): Promise<{ readonly ok: true } | StoreRefusal> {
  return refusable(null, () => {
    const lock = lockAccount(folder);
    try {
      act(folder, 'crypto');
      act(folder, 'sync');
    } finally {
      lock.release();
    }
  });
}

type Fallible<T> = { readonly ok: true; readonly value: T } | StoreRefusal;

/** Turns what the disk throws into a value; what is a bug stays an exception. */
async function refusable<T>(file: StoreFile | null, act: () => T | Promise<T>): Promise<Fallible<T>> {
  try {
    return { ok: true, value: await act() };
  } catch (cause) {
    const reason = troubleOf(cause);
    if (reason === null) throw cause;
    return { ok: false, reason, file, cause };
  }
}
