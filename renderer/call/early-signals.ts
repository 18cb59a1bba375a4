/**
 * Events of calls that are not known (yet): decryption can bring them before their invite. What matters of them is kept for
 * a minute, within bounds. IC-10, LV-05, LV-13
 */
import type { CallKey } from '../../preload/contract/signalling';
import type { Arrival } from './call';
import type { Clock } from './environment';
import type { CallEvent, Invite } from './events';
import { maybeSameParty, sameParty, type Party } from './party';

export interface EarlySignal {
  readonly event: CallEvent;
  readonly from: Party;
  readonly arrival: Arrival;
}

interface Kept {
  readonly since: number;
  readonly signals: EarlySignal[];
}

const mostCalls = 16;
const mostSignals = 8;
/** ms */
const keptFor = 60_000;

export class EarlySignals {
  readonly #clock: Clock;
  readonly #calls = new Map<string, Kept>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(call: string, signal: EarlySignal): void {
    const kept = this.#calls.get(call) ?? { since: this.#clock.now(), signals: [] };
    if (kept.signals.length < mostSignals) kept.signals.push(signal);
    this.#calls.set(call, kept);
    const [oldest] = this.#calls.keys();
    if (this.#calls.size > mostCalls && oldest !== undefined) this.#calls.delete(oldest);
  }

  /** What came before the invite of this call. */
  of(call: string): readonly EarlySignal[] {
    const kept = this.#calls.get(call);
    return kept !== undefined && this.#clock.now() - kept.since <= keptFor ? kept.signals : [];
  }

  /** The same, for the last time. */
  take(call: string): readonly EarlySignal[] {
    const signals = this.of(call);
    this.#calls.delete(call);
    return signals;
  }
}

/** Is an invite over before it rings? The caller ends it, or a device of ours has settled it. AN-12, AN-13, AN-21, LV-05 */
export function settles({ event, from }: EarlySignal, key: CallKey, invite: Invite, caller: Party): boolean {
  if (event.type === 'm.call.hangup' && maybeSameParty(from, caller)) return true;
  if (sameParty(from, caller)) return event.type === 'm.call.select_answer';
  if (from.user !== key.account) return false;
  return (
    event.type === 'm.call.answer' ||
    event.type === 'm.call.reject' ||
    (event.type === 'm.call.hangup' && invite.version === 0)
  );
}
