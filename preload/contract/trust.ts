/**
 * Who is who: the identity of an account (cross-signing), the key that recovers it, the backup of its room keys, and the
 * verification of devices and people by emoji. Of the keys themselves nothing crosses, with one exception: a new recovery
 * key, once, when the page asks for it to show it to its person. What the person types (a recovery key, a password) goes
 * to main and never comes back.
 */
import { z } from 'zod';
import { RoomId, UserId } from './ids';

/** `none`: the account has no identity yet. `unverified`: it has one, which has not signed this device. */
export type Identity = 'unknown' | 'none' | 'unverified' | 'verified';

/** Secret storage (spec: client-server API, "Secret storage"). `incomplete`: there, but not all that it should hold. */
export type Recovery = 'unknown' | 'none' | 'incomplete' | 'ready';

export interface KeyBackup {
  /** `untrusted`: there is one, but this device does not know that it is the account's own, and leaves it alone. */
  readonly state: 'unknown' | 'off' | 'untrusted' | 'on';
  /** Room keys of this device that are not in the backup yet; null where nobody knows. */
  readonly waiting: number | null;
}

/** `changed`: somebody who was known by one identity now has another. Whoever is not listed is not verified. */
export type PersonTrust = 'verified' | 'changed' | 'unverified';

/** What is known of the far end of a call. `encrypted`: null where the room is not known. */
export interface FarTrust {
  readonly trust: PersonTrust;
  readonly encrypted: boolean | null;
}

/** What a task waits for. `password`: of the account, again after a wrong one. `browser`: a page that was opened. */
export type TaskStage = 'working' | 'password' | 'wrongPassword' | 'browser';

export interface TrustTask {
  readonly what: 'setUp' | 'reset' | 'restore' | 'backup' | 'removeDevice';
  readonly stage: TaskStage;
}

export type CancelReason =
  | 'theyCancelled'
  | 'weCancelled'
  | 'declined'
  | 'timedOut'
  | 'mismatch' // one of the two saw other emoji
  | 'elsewhere' // answered on another device of ours
  | 'unsupported' // no method that both know
  | 'unreachable' // the homeserver went away in the middle
  | 'failed';

/** Seven numbers from 0 to 63 (spec: "SAS method: emoji") or, where the other side cannot do that, three of four digits. */
export type ShortAuthentication =
  | { readonly kind: 'emoji'; readonly emoji: readonly number[] }
  | { readonly kind: 'decimal'; readonly numbers: readonly number[] };

/**
 * `requested`: they ask, and the person has not answered. `waiting`: we ask. `preparing`: both agreed, keys are exchanged.
 * `comparing`: the person looks. `confirmed`: the person said that they match, the other side has not.
 */
export type VerificationStage =
  | { readonly name: 'requested' | 'waiting' | 'preparing' | 'confirmed' | 'done' }
  | { readonly name: 'comparing'; readonly shown: ShortAuthentication }
  | { readonly name: 'cancelled'; readonly why: CancelReason };

export interface Verification {
  readonly id: string;
  /** With whom; the account's own id for another device of the same person. */
  readonly userId: UserId;
  /** Of the other device, where one is known by name. */
  readonly deviceName: string | null;
  readonly direction: 'incoming' | 'outgoing';
  readonly stage: VerificationStage;
}

/** All that the screen knows of one account; told as a whole. */
export interface AccountTrust {
  readonly account: UserId;
  /** False: this session cannot encrypt, and nothing of the rest applies. */
  readonly available: boolean;
  readonly device: {
    readonly id: string;
    /** The ed25519 key in groups of four; null while nobody knows. */
    readonly fingerprint: string | null;
  };
  readonly identity: Identity;
  readonly recovery: Recovery;
  /** A passphrase does as well as the recovery key. */
  readonly passphrase: boolean;
  /** Another device of the account could verify this one. */
  readonly hasOtherDevices: boolean;
  readonly backup: KeyBackup;
  readonly task: TrustTask | null;
  /** People who are more, or less, than not verified. */
  readonly people: readonly { readonly userId: UserId; readonly trust: Exclude<PersonTrust, 'unverified'> }[];
  readonly verifications: readonly Verification[];
}

export type TrustFailure =
  | 'malformedKey' // no recovery key, and no passphrase is known here
  | 'wrongKey'
  | 'noStorage' // nothing on the homeserver that a key could open
  | 'incomplete' // opened, but the keys of the identity are not in it
  | 'noIdentity' // they have none
  | 'noRoom' // no direct room to verify them in
  | 'unknownDevice'
  | 'unsupported' // the homeserver wants a proof that we cannot give
  | 'refused' // by the homeserver
  | 'unreachable'
  | 'cancelled'
  | 'busy' // another task of the account is under way
  | 'signedOut'
  | 'failed';

export type TrustResult = { readonly ok: true } | { readonly ok: false; readonly reason: TrustFailure };

/** One session of the account, as its person sees it. No address of it crosses. */
export interface AccountDevice {
  readonly id: string;
  readonly name: string | null;
  /** ms since the epoch */
  readonly lastSeen: number | null;
  readonly current: boolean;
  readonly verified: boolean;
}

export type DevicesResult =
  | {
      readonly ok: true;
      readonly devices: readonly AccountDevice[];
    }
  | { readonly ok: false; readonly reason: TrustFailure };

/** What signing out would lose. */
export interface SignOutRisk {
  /** Room keys of this device that exist nowhere else. */
  readonly keysWaiting: number | null;
  readonly backup: KeyBackup['state'];
  /** No other device could still read or verify; null: nobody knows. */
  readonly lastDevice: boolean | null;
  /** With a recovery key the identity survives the last device. */
  readonly recovery: Recovery;
}

const ofAccount = z.strictObject({ account: UserId });
const secretText = z.string().min(1).max(10_000);

export const trustCommands = {
  /** Looks again, e.g. when its page is opened. */
  'trust:check': ofAccount,
  /** Makes a recovery key, which holds from `trust:setUp` on. The only secret that ever crosses to the page. */
  'trust:newRecoveryKey': ofAccount,
  /** Asks for a file and writes the new recovery key to it. */
  'trust:saveRecoveryKey': ofAccount,
  /** The person has kept the new recovery key: identity (if there is none, or with `reset`), secret storage and backup. */
  'trust:setUp': z.strictObject({ account: UserId, reset: z.boolean() }),
  /** Opens secret storage with a recovery key or passphrase: this device is verified, the backup is read. */
  'trust:restore': z.strictObject({ account: UserId, key: secretText }),
  /** Makes a new backup, under the account's recovery key. */
  'trust:turnOnBackup': z.strictObject({ account: UserId, key: secretText }),
  /** What the task under way asked for. */
  'trust:password': z.strictObject({ account: UserId, password: secretText }),
  'trust:openBrowser': ofAccount,
  'trust:cancelTask': ofAccount,
  /** Asks another device of the account (`userId` its own; `deviceId` null: any) or somebody, in their direct room. */
  'trust:verify': z.strictObject({
    account: UserId,
    userId: UserId,
    deviceId: z.string().max(255).nullable(),
    roomId: RoomId.nullable(),
  }),
  /** `close`: the person has read how it ended. */
  'trust:answer': z.strictObject({
    account: UserId,
    id: z.string().max(64),
    answer: z.enum(['accept', 'match', 'mismatch', 'cancel', 'close']),
  }),
  /** The person knows why somebody's identity changed; what was verified before is no longer. */
  'trust:acceptIdentity': z.strictObject({ account: UserId, userId: UserId }),
  'trust:look': z.strictObject({ account: UserId, userId: UserId, roomId: RoomId }),
  'trust:devices': ofAccount,
  /** Signs out another device of the account. */
  'trust:removeDevice': z.strictObject({ account: UserId, deviceId: z.string().max(255) }),
  'trust:signOutRisk': ofAccount,
} as const;

export type TrustArgument<N extends keyof typeof trustCommands> = z.infer<(typeof trustCommands)[N]>;

export interface TrustCommandResults {
  'trust:check': null;
  'trust:newRecoveryKey': { readonly ok: true; readonly key: string } | { readonly ok: false; reason: TrustFailure };
  'trust:saveRecoveryKey': TrustResult;
  'trust:setUp': TrustResult;
  'trust:restore': TrustResult;
  'trust:turnOnBackup': TrustResult;
  'trust:password': null;
  'trust:openBrowser': null;
  'trust:cancelTask': null;
  'trust:verify': TrustResult;
  'trust:answer': null;
  'trust:acceptIdentity': TrustResult;
  'trust:look': FarTrust;
  'trust:devices': DevicesResult;
  'trust:removeDevice': TrustResult;
  'trust:signOutRisk': SignOutRisk | null;
}
