/**
 * The calls of this device as the page reports them, kept where a crash of the page cannot take them away: when it dies,
 * when its account signs out and when the program quits, the far end is told (R1, AN-27).
 */
import { callKeyOf, callNameOf } from '../../preload/contract/call-key';
import type { CallReport } from '../../preload/contract/calls';
import type { UserId } from '../../preload/contract/ids';
import type { CallKey, OutgoingSignal, SignalOutcome } from '../../preload/contract/signalling';
import type { Log } from '../log';

export interface LiveCalls {
  /** Living calls, oldest first. */
  readonly list: () => readonly CallReport[];
  readonly report: (report: CallReport) => void;
  /** Every signal of the page passes here, so that main knows what the far end may have heard of. */
  readonly send: (signal: OutgoingSignal) => Promise<SignalOutcome>;
  /**
   * Hangs up what the far end may know of and forgets all calls, or those of one account. Calls that only ring here are
   * left to ring: nobody was told anything yet, and the next page finds them in its snapshot.
   * @returns when the accounts have dealt with every hangup.
   */
  readonly hangUp: (account?: UserId) => Promise<void>;
  /** The page died: hangs up, and tells of what was talked in. */
  readonly pageGone: () => void;
}

/** `crash`: of the page. */
export type LossReason = 'connection' | 'crash';

export interface LiveCallsEnv {
  readonly send: (signal: OutgoingSignal) => Promise<SignalOutcome>;
  /** After every change of `list()`. */
  readonly changed: () => void;
  /** A call that was connected ended although no person hung up. */
  readonly lost: (call: CallReport, why: LossReason) => void;
  /** A call was hung up on behalf of a page that cannot do it. */
  readonly hungUp: (call: CallKey) => void;
  readonly log: Log;
}

/** Reasons of an end that nobody decided. */
const accidents: ReadonlySet<string> = new Set(['ice_failed', 'ice_timeout', 'unknown_error']);

/** ms during which a hangup is tried again: as long as the far end might go on ringing. AN-22 */
const hangupBound = 120_000;

export function makeLiveCalls(env: LiveCallsEnv): LiveCalls {
  const calls = new Map<string, CallReport>();
  /** Calls whose invite or answer left the page: the account sends it, has sent it, or cancels it with the hangup. */
  const uttered = new Set<string>();

  async function hangUpOne(call: CallReport): Promise<void> {
    const outcome = await env.send(hangupOf(call));
    env.log.info('hung up for the page', { state: call.state, outcome: outcome.ok ? 'sent' : outcome.reason });
  }

  async function hangUp(account?: UserId): Promise<void> {
    const ours = [...calls.values()].filter((call) => account === undefined || call.account === account);
    const known = ours.filter((call) => call.announced || uttered.has(callKeyOf(call)));
    for (const call of ours) {
      calls.delete(callKeyOf(call));
      uttered.delete(callKeyOf(call));
    }
    const sent = known.map(hangUpOne);
    for (const call of known) env.hungUp(callNameOf(call));
    if (ours.length > 0) env.changed();
    await Promise.all(sent);
  }

  return {
    list: () => [...calls.values()],
    report: (report) => {
      const key = callKeyOf(report);
      const before = calls.get(key);
      if (report.state === 'ended') {
        calls.delete(key);
        uttered.delete(key);
      } else {
        calls.set(key, report);
      }
      env.changed();
      if (!isTalkedIn(before) || report.state !== 'ended') return;
      if (accidents.has(report.reason ?? '')) env.lost(report, 'connection');
    },
    send: async (signal) => {
      const key = callKeyOf(signal);
      const utters = signal.type === 'm.call.invite' || signal.type === 'm.call.answer';
      if (utters) uttered.add(key);
      const outcome = await env.send(signal);
      // An answer that could not be sent leaves the call ringing (AN-25).
      if (utters && !outcome.ok) uttered.delete(key);
      return outcome;
    },
    hangUp,
    pageGone: () => {
      const talkedIn = [...calls.values()].filter(isTalkedIn);
      void hangUp();
      for (const call of talkedIn) env.lost(call, 'crash');
    },
  };
}

const isTalkedIn = (call: CallReport | undefined): boolean =>
  call?.state === 'connected' || call?.state === 'reconnecting';

/** V1-01, AN-17 for a version 1 far end; V0-04, V0-06 for a version 0 one, which knows neither parties nor this reason. */
function hangupOf(call: CallReport): OutgoingSignal {
  const common = { call_id: call.callId, version: call.version };
  const ofVersion1 = { party_id: call.partyId, reason: 'user_hangup' };
  return {
    ...callNameOf(call),
    // One per call: a crash and a quit right after it send one hangup.
    signalId: 'hangup-by-main',
    type: 'm.call.hangup',
    content: call.version === '1' ? { ...common, ...ofVersion1 } : common,
    giveUpAfter: hangupBound,
  };
}
