/** The list of calls. */
import { z } from 'zod';
import type { CallReport } from './calls';
import { UserId } from './ids';
import type { CallKey, RingVerdict } from './signalling';

/** How a call came out, as its row in the list of calls says it. */
export type CallOutcome =
  | 'answered'
  | 'missed'
  | 'declined'
  | 'cancelled' // by the caller's own hand: hung up before an answer, or the invite taken back
  | 'noAnswer'
  | 'answeredElsewhere'
  | 'declinedElsewhere'
  | 'busy'
  | 'failed'
  | 'suppressed'; // it might not ring; RG-04

/** What stands behind an outcome that does not explain itself. */
export type CallCause =
  | 'endedEarly' // hung up while the connection was being made
  | 'notSent'
  | 'noConnection'
  | 'connectionLost'
  | 'ownMedia'
  | 'theirMedia'
  | 'leftRoom'
  | 'signedOut'
  | 'interrupted' // the window, the program or the machine stopped in the middle of it
  | 'unknown'
  | Exclude<SuppressedWhy, 'invitee' | 'ownUser' | 'expired' | 'settled'>;

type SuppressedWhy = Extract<RingVerdict, { ring: false }>['why'];

/** One call that is over. Times are ms since the epoch by this machine's clock. */
export interface HistoryEntry extends CallKey {
  readonly id: number;
  readonly peer: UserId;
  /** What they were called when the call took place. */
  readonly peerName: string;
  readonly direction: CallReport['direction'];
  /** Null when no window lived to look at the invite. */
  readonly kind: CallReport['kind'] | null;
  readonly startedAt: number;
  /** An answer was given; media may never have flowed. */
  readonly answeredAt: number | null;
  /** Media flowed. */
  readonly connectedAt: number | null;
  /** Null when nobody saw the end. */
  readonly endedAt: number | null;
  readonly outcome: CallOutcome;
  readonly cause: CallCause | null;
  /** Somebody called whom the person could not speak: what the missed filter shows and the badge counts. */
  readonly missed: boolean;
  readonly seen: boolean;
}

export interface HistoryPage {
  /** Newest first. */
  readonly entries: readonly HistoryEntry[];
  /** Older ones follow. */
  readonly more: boolean;
  /** Missed calls that nobody has looked at, whatever was asked for. */
  readonly unseen: number;
  /** `setAside`: the file could not be read; it was kept under another name. `notKept`: the disk cannot be written. */
  readonly trouble: 'setAside' | 'notKept' | null;
}

export const HistoryQuery = z.strictObject({
  filter: z.enum(['all', 'missed']),
  /** Calls with one person only. */
  peer: z.strictObject({ account: UserId, userId: UserId }).nullable(),
  /** The last row of the page before; null for the first page. */
  before: z.strictObject({ startedAt: z.number(), id: z.number().int() }).nullable(),
  limit: z.number().int().min(1).max(1000),
});
export type HistoryQuery = z.infer<typeof HistoryQuery>;

/** `cancelled`: the person closed the dialog. */
export type ExportResult =
  { readonly ok: true; readonly calls: number } | { readonly ok: false; readonly reason: 'cancelled' | 'failed' };
