/** What a test and the phone that it kills say to each other. */
import type { SentEvent } from '../../../homeserver/sent-events.ts';
import type { TestUser } from '../../../homeserver/client.ts';
import type { KillPoint } from './kill-points.ts';

export interface Plan {
  readonly folder: string;
  /** Hexadecimal, both. */
  readonly storeKey: string;
  readonly recoveryKey: string;
  readonly baseUrl: string;
  readonly user: TestUser;
  readonly roomId: string;
  /**
   * - `setUp`: connect the key backup, then close.
   * - `busy`: sync and send until killed, or until told to `close`.
   * - `drain`: sync until everything in `waiting` is decrypted, then close.
   */
  readonly life: 'setUp' | 'busy' | 'drain';
  readonly kill?: KillPoint & { readonly from: 'start' | 'sent' };
  /** Decrypted in an earlier life: must be again, before the first sync. */
  readonly decrypted: readonly SentEvent[];
  readonly waiting: readonly SentEvent[];
}

export type Order = { readonly plan: Plan } | 'close';

export type Report =
  | { readonly kind: 'identity'; readonly keys: Readonly<Record<string, string>> }
  | { readonly kind: 'decrypted' | 'lost'; readonly eventId: string }
  | { readonly kind: 'problem'; readonly what: string }
  | { readonly kind: 'loaded' | 'ready' | 'sent' };
