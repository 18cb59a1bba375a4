/**
 * What the rest of main knows of the signed-in accounts: one object for all, one session for each.
 * Everything that belongs to one account (client, stores, signalling, directory, TURN, ringing policy) lives behind
 * `AccountSession`; the tray, the alert and the windows see only this.
 */
import type {
  Account,
  BrowserMethod,
  SignInMethods,
  SignInProgress,
  SignInResult,
} from '../../preload/contract/accounts';
import type { RoomId, UserId } from '../../preload/contract/ids';
import type { NumberResult, NumberSupport } from '../../preload/contract/numbers';
import type { Person, PersonFailure, PersonResult, Presence, SearchResult } from '../../preload/contract/people';
import type { IncomingSignal, OutgoingSignal, SignalOutcome, TurnServers } from '../../preload/contract/signalling';
import type { AccountTrust } from '../../preload/contract/trust';
import type { Avatars } from '../matrix/avatars';
import type { Trust } from '../trust/contract';

/** A signal before it gets its place in the stream that the renderer follows. */
export type UnnumberedSignal = IncomingSignal extends infer S
  ? S extends unknown
    ? Omit<S, 'sequence'>
    : never
  : never;

/** What the accounts tell; each is called after the fact, never while a change is half made. */
export interface AccountListener {
  readonly accountsChanged: (accounts: readonly Account[]) => void;
  readonly signInProgress: (progress: SignInProgress) => void;
  readonly peopleChanged: (account: UserId, people: readonly Person[]) => void;
  readonly signalReceived: (signal: UnnumberedSignal) => void;
  readonly turnChanged: (account: UserId, servers: TurnServers | null) => void;
  readonly trustChanged: (trust: AccountTrust) => void;
}

/** One signed-in account. Made by one factory, with `start` and `stop`. */
export interface AccountSession {
  readonly userId: UserId;
  readonly account: () => Account;
  readonly people: () => readonly Person[];
  readonly search: (term: string) => Promise<SearchResult>;
  /** @param bridged a user of a bridge, perhaps, who reads no encrypted rooms. */
  readonly startDirect: (userId: string, bridged?: boolean) => Promise<PersonResult>;
  readonly accept: (roomId: RoomId) => Promise<PersonResult>;
  readonly declineInvitation: (
    roomId: RoomId,
  ) => Promise<{ ok: true } | { ok: false; reason: 'unreachable' | 'forbidden' | 'rateLimited' | 'signedOut' }>;
  readonly setFavourite: (
    roomId: RoomId,
    favourite: boolean,
  ) => Promise<{ ok: true } | { ok: false; reason: PersonFailure }>;
  readonly presence: (userIds: readonly UserId[]) => Promise<readonly Presence[]>;
  readonly avatar: Avatars['get'];
  readonly numberSupport: () => Promise<NumberSupport>;
  readonly findNumber: (number: string) => Promise<NumberResult>;
  readonly send: (signal: OutgoingSignal) => Promise<SignalOutcome>;
  readonly turn: () => Promise<TurnServers | null>;
  /** Undefined while there is no client to ask. */
  readonly trust: () => Trust | undefined;
  /** Somebody is about to be called: their devices get the room's key ahead. EN-01 */
  readonly prepare: (roomId: RoomId) => void;
  /** The machine woke up or the network changed: sync at once instead of waiting for a time-out. */
  readonly wake: () => void;
  /** Opens its store and begins to sync. Resolves when it has the store, or says in `account()` why not. */
  readonly start: () => Promise<void>;
  /** The person says that what was in the way is mended. */
  readonly retry: () => void;
  /** Resolves when the last hangup was sent or its bound (ms) has passed, and the stores are saved. */
  readonly stop: (bound: number) => Promise<void>;
  /** Ends it at the homeserver, or at the service that signed us in: best effort. After `stop`. */
  readonly logout: () => Promise<void>;
}

export interface Accounts {
  readonly list: () => readonly Account[];
  readonly session: (account: UserId) => AccountSession | undefined;
  /** Starts every session that was kept on disk. Never rejects: what cannot be opened is reported as `signedOut`. */
  readonly restore: () => Promise<void>;
  /** What a homeserver offers. */
  readonly methods: (server: string) => Promise<SignInMethods>;
  /** One sign-in at a time: each cancels one that is still under way. */
  readonly signIn: (server: string, user: string, password: string) => Promise<SignInResult>;
  /** @param again the account whose session was lost. */
  readonly signInByBrowser: (server: string, method: BrowserMethod, again: UserId | null) => Promise<SignInResult>;
  /** Opens the page of the sign-in under way once more. */
  readonly openBrowser: () => void;
  readonly cancelSignIn: () => void;
  /** Ends the session at the homeserver (best effort) and forgets it here. Rejects, and does nothing, where the disk refuses. */
  readonly signOut: (account: UserId) => Promise<void>;
  /** See `AccountSession.retry`. */
  readonly retry: (account: UserId) => void;
  /**
   * For an account whose keys are lost: sets its store aside, ends the old device and leaves the account signed out, so
   * that it can be signed in again as a new device.
   */
  readonly startOver: (account: UserId) => Promise<void>;
  readonly wake: () => void;
  /** Stops all sessions; bounded, ms. */
  readonly stop: (bound: number) => Promise<void>;
}
