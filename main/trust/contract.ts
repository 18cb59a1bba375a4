/** What the rest of main knows of the trust of one account. */
import type { RoomId, UserId } from '../../preload/contract/ids';
import type {
  AccountTrust,
  DevicesResult,
  FarTrust,
  SignOutRisk,
  TrustArgument,
  TrustCommandResults,
  TrustResult,
} from '../../preload/contract/trust';

/** None of them rejects. */
export interface Trust {
  readonly current: () => AccountTrust;
  /** Looks again at everything, e.g. because its page was opened. */
  readonly check: () => void;
  readonly newRecoveryKey: () => Promise<TrustCommandResults['trust:newRecoveryKey']>;
  readonly saveRecoveryKey: () => Promise<TrustResult>;
  readonly setUp: (reset: boolean) => Promise<TrustResult>;
  readonly restore: (key: string) => Promise<TrustResult>;
  readonly turnOnBackup: (key: string) => Promise<TrustResult>;
  readonly password: (password: string) => void;
  readonly openBrowser: () => void;
  readonly cancelTask: () => void;
  readonly verify: (whom: Omit<TrustArgument<'trust:verify'>, 'account'>) => Promise<TrustResult>;
  readonly answer: (id: string, answer: TrustArgument<'trust:answer'>['answer']) => void;
  readonly acceptIdentity: (userId: UserId) => Promise<TrustResult>;
  /** As known now, without a look. */
  readonly known: (userId: UserId, roomId: RoomId) => FarTrust;
  readonly look: (userId: UserId, roomId: RoomId) => Promise<TrustCommandResults['trust:look']>;
  readonly devices: () => Promise<DevicesResult>;
  readonly removeDevice: (deviceId: string) => Promise<TrustResult>;
  readonly signOutRisk: () => Promise<SignOutRisk | null>;
  /** Ends what is under way. */
  readonly stop: () => void;
}
