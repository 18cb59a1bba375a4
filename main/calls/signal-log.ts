/**
 * Gives every signal its place in the one stream that the page follows, and keeps what a page that appears late must
 * still learn: all signals so far of incoming calls that ring here. What came with the snapshot has a number below the
 * snapshot's, what follows has that number or more, so nothing is lost and nothing handled twice (EN-05).
 */
import { callKeyOf } from '../../preload/contract/call-key';
import type { UserId } from '../../preload/contract/ids';
import type { CallKey, IncomingSignal } from '../../preload/contract/signalling';
import type { UnnumberedSignal } from '../account/contract';
import type { Clock } from '../clock';

export interface SignalLog {
  readonly add: (signal: UnnumberedSignal) => IncomingSignal;
  /** The sequence number that the next signal gets, and what is kept, in order. Ages are those of this moment (LV-01). */
  readonly snapshot: () => { readonly sequence: number; readonly signals: readonly IncomingSignal[] };
  /** The call was answered here or is over: no page needs its past. */
  readonly forget: (call: CallKey) => void;
  readonly forgetAccount: (account: UserId) => void;
}

/** Far more than an honest call needs: a flood must not eat the memory. */
const maxCalls = 50;
const maxSignalsPerCall = 500;
/** ms; no invite is valid for longer. LV-12 */
const maxAge = 600_000;

interface Kept {
  readonly signal: IncomingSignal;
  readonly receivedAt: number;
}

interface KeptCall {
  readonly account: UserId;
  readonly roomId: string;
  readonly since: number;
  readonly signals: Kept[];
}

export function makeSignalLog(clock: Pick<Clock, 'now'>): SignalLog {
  let sequence = 0;
  const calls = new Map<string, KeptCall>();

  function keep(signal: IncomingSignal): void {
    forgetOld();
    if (ringsHere(signal)) open(signal);
    for (const call of concerned(signal)) {
      if (call.signals.length < maxSignalsPerCall) call.signals.push({ signal, receivedAt: clock.now() });
    }
  }

  function open(invite: CallKey): void {
    const key = callKeyOf(invite);
    if (calls.has(key)) return;
    calls.set(key, { account: invite.account, roomId: invite.roomId, since: clock.now(), signals: [] });
    if (calls.size > maxCalls) forgetFirst();
  }

  /** A member who left concerns every call of the room. */
  function concerned(signal: IncomingSignal): KeptCall[] {
    if (signal.kind === 'left') {
      return [...calls.values()].filter((call) => call.account === signal.account && call.roomId === signal.roomId);
    }
    const call = calls.get(callKeyOf(signal));
    return call === undefined ? [] : [call];
  }

  function forgetOld(): void {
    for (const [key, call] of calls) if (clock.now() - call.since > maxAge) calls.delete(key);
  }

  function forgetFirst(): void {
    for (const key of calls.keys()) {
      calls.delete(key);
      return;
    }
  }

  return {
    add: (signal) => {
      const numbered: IncomingSignal = { ...signal, sequence: sequence++ };
      keep(numbered);
      return numbered;
    },
    snapshot: () => {
      forgetOld();
      const kept = new Map<number, IncomingSignal>();
      for (const { signals } of calls.values()) {
        for (const { signal, receivedAt } of signals) kept.set(signal.sequence, aged(signal, clock.now() - receivedAt));
      }
      return { sequence, signals: [...kept.values()].sort((a, b) => a.sequence - b.sequence) };
    },
    forget: (call) => {
      calls.delete(callKeyOf(call));
    },
    forgetAccount: (account) => {
      for (const [key, call] of calls) if (call.account === account) calls.delete(key);
    },
  };
}

const ringsHere = (signal: IncomingSignal): signal is Extract<IncomingSignal, { kind: 'event' }> =>
  signal.kind === 'event' && signal.type === 'm.call.invite' && signal.verdict?.ring === true;

const aged = (signal: IncomingSignal, waited: number): IncomingSignal =>
  signal.kind === 'event' ? { ...signal, age: signal.age + waited } : signal;
