/**
 * Everything that this account sends of its calls. Signals of one call leave one after the other; candidates wait until
 * nothing else of their call does. A transaction id follows from call and signal, so trying again never sends twice.
 * A hangup lives here, not in the window that asked for it: it is tried until it is sent or its bound has passed.
 * Checklist AN-19, AN-22, AN-27, EN-04, IC-14, IC-15.
 */
import type { OutgoingSignal, SignalOutcome } from '../../preload/contract/signalling';
import type { Clock } from '../clock';
import type { Log } from '../log';
import type { RequestFailure } from './request-failure';

export interface SignallingOutEnv {
  /** @returns the event id. Rejects as the SDK does. */
  readonly sendEvent: (roomId: string, type: string, content: object, transactionId: string) => Promise<string>;
  readonly failureOf: (error: unknown) => SendFailure;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * `untrusted`: it may not be encrypted for those who are there. EN-02
 * `notReady`: nothing was asked of the homeserver yet, which cannot have the event. AN-19
 */
export type SendFailure = RequestFailure | { readonly reason: 'untrusted' | 'notReady' };

export interface SignallingOut {
  /** Repeating a signal joins the first attempt. Never rejects. */
  readonly send: (signal: OutgoingSignal) => Promise<SignalOutcome>;
  /** The network is back: try at once what waits for its next attempt. */
  readonly retryNow: () => void;
  /** Takes and sends nothing but hangups and rejects from now on; resolves when they are out, or after `bound` ms. */
  readonly stop: (bound: number) => Promise<void>;
}

type Failure = Extract<SignalOutcome, { ok: false }>['reason'];

interface Item {
  readonly signal: OutgoingSignal;
  readonly resolve: (outcome: SignalOutcome) => void;
  cancelDeadline: () => void;
  attempts: number;
  /** An attempt got no answer: the homeserver may have the event. */
  uncertain: boolean;
  inFlight: boolean;
  overdue: boolean;
  /** `clock.now()` before which it is not tried again. */
  notBefore: number;
}

interface Call {
  readonly items: Item[];
  /** By signal id. */
  readonly outcomes: Map<string, Promise<SignalOutcome>>;
  /** Our invite never reached the homeserver: nobody knows of this call. */
  unheard: boolean;
  /** Its hangup or reject was given: candidates are pointless, also those that are under way and fail. EN-04 */
  over: boolean;
}

/** ms between attempts. */
const BACK_OFF = [500, 1000, 2000, 4000, 8000] as const;
/** ms, where a 429 names no time. */
const USUAL_LIMIT = 1000;
/** ms; a timer of more than 24.8 days fires at once, and again and again. */
const LONGEST_TIMER = 3_600_000;
/** Calls whose outcomes are remembered for repetitions. */
const MOST_CALLS = 100;

export function makeSignallingOut(env: SignallingOutEnv): SignallingOut {
  const { clock } = env;
  const calls = new Map<string, Call>();
  /** The homeserver limits accounts, not calls. */
  let limitedUntil = 0;
  let cancelTimer: (() => void) | null = null;
  let closed: 'open' | 'stopping' | 'stopped' | 'signedOut' = 'open';
  let emptied: (() => void) | null = null;

  function send(signal: OutgoingSignal): Promise<SignalOutcome> {
    const call = callOf(signal);
    const known = call.outcomes.get(signal.signalId);
    if (known) return known;
    const outcome = new Promise<SignalOutcome>((resolve) => {
      enqueue(call, signal, resolve);
    });
    call.outcomes.set(signal.signalId, outcome);
    return outcome;
  }

  function callOf({ roomId, callId }: OutgoingSignal): Call {
    const key = `${roomId} ${callId}`;
    const call = calls.get(key) ?? { items: [], outcomes: new Map(), unheard: false, over: false };
    calls.delete(key);
    calls.set(key, call); // the map's order is that of last use
    for (const [oldest, { items }] of calls) {
      if (calls.size <= MOST_CALLS) break;
      if (items.length === 0 && oldest !== key) calls.delete(oldest);
    }
    return call;
  }

  function enqueue(call: Call, signal: OutgoingSignal, resolve: Item['resolve']): void {
    const refusal = refusalOf(call, signal);
    if (refusal) {
      resolve({ ok: false, reason: refusal });
      return;
    }
    const item: Item = {
      signal,
      resolve,
      cancelDeadline: clock.after(signal.giveUpAfter, () => {
        giveUp(call, item);
      }),
      attempts: 0,
      uncertain: false,
      inFlight: false,
      overdue: false,
      notBefore: 0,
    };
    call.items.push(item);
    if (isInvite(signal)) call.unheard = false;
    if (isEnd(signal)) endCall(call, item);
    pump();
  }

  function refusalOf(call: Call, signal: OutgoingSignal): Failure | null {
    if (closed === 'signedOut') return 'signedOut';
    if (closed === 'stopped' || (closed === 'stopping' && !isEnd(signal))) return 'gaveUp';
    // Nothing follows the end of a call, not even another one. EN-04
    return (call.unheard || call.over) && !isInvite(signal) ? 'cancelled' : null;
  }

  /** The call is over: what would follow is pointless, and an invite that nobody has seen takes its hangup with it. AN-19 */
  function endCall(call: Call, end: Item): void {
    call.over = true;
    for (const item of waiting(call, isCandidates)) settle(call, item, { ok: false, reason: 'cancelled' });
    if (end.signal.type !== 'm.call.hangup') return;
    // If the homeserver may have it, only the invite goes and the hangup stays.
    for (const invite of waiting(call, isInvite)) settle(call, invite, { ok: false, reason: 'cancelled' });
  }

  function pump(): void {
    if (closed === 'stopped' || closed === 'signedOut') return;
    // One look at the clock: what becomes due between two would be neither tried nor waited for.
    const now = clock.now();
    for (const call of calls.values()) {
      const item = call.items.find(({ signal }) => !isCandidates(signal)) ?? call.items[0];
      if (item && !item.inFlight && dueAt(item) <= now) void attempt(call, item);
    }
    schedule(now);
  }

  function dueAt({ notBefore }: Item): number {
    return Math.max(notBefore, limitedUntil);
  }

  /** One timer, for whatever may be tried next. */
  function schedule(now: number): void {
    cancelTimer?.();
    cancelTimer = null;
    const times = [...calls.values()]
      .flatMap(({ items }) => items)
      .filter(({ inFlight }) => !inFlight)
      .map(dueAt)
      .filter((time) => time > now);
    if (times.length > 0) cancelTimer = clock.after(Math.min(...times, now + LONGEST_TIMER) - now, pump);
  }

  async function attempt(call: Call, item: Item): Promise<void> {
    const { roomId, callId, signalId, type, content } = item.signal;
    item.inFlight = true;
    item.attempts++;
    let failure: SendFailure;
    try {
      // The colon is outside the grammar of both ids: no two pairs make the same transaction id.
      const eventId = await env.sendEvent(roomId, type, content, `${callId}:${signalId}`);
      item.inFlight = false;
      settle(call, item, { ok: true, eventId });
      pump();
      return;
    } catch (error) {
      failure = env.failureOf(error);
    }
    item.inFlight = false;
    failed(call, item, failure);
    pump();
  }

  function failed(call: Call, item: Item, failure: SendFailure): void {
    env.log.debug('signal not sent', { type: item.signal.type, reason: failure.reason, attempts: item.attempts });
    if (failure.reason === 'signedOut') {
      signedOut();
      return;
    }
    if (failure.reason !== 'unreachable' && failure.reason !== 'rateLimited' && failure.reason !== 'notReady') {
      item.uncertain = false; // had an earlier attempt arrived, its transaction id would have been welcome
      settle(call, item, { ok: false, reason: failure.reason === 'notFound' ? 'rejected' : failure.reason });
      return;
    }
    const { now } = clock;
    if (failure.reason === 'rateLimited')
      limitedUntil = Math.max(limitedUntil, now() + (failure.retryAfter ?? USUAL_LIMIT));
    else item.uncertain ||= failure.reason === 'unreachable';
    item.notBefore = failure.reason === 'rateLimited' ? 0 : now() + backOff(item.attempts);
    const hungUp = call.items.some(({ signal }) => signal.type === 'm.call.hangup');
    if (item.overdue) settle(call, item, { ok: false, reason: 'gaveUp' });
    else if (isInvite(item.signal) && hungUp) settle(call, item, { ok: false, reason: 'cancelled' });
    else if (isCandidates(item.signal) && call.over) settle(call, item, { ok: false, reason: 'cancelled' });
  }

  function giveUp(call: Call, item: Item): void {
    item.overdue = true;
    if (!item.inFlight) settle(call, item, { ok: false, reason: 'gaveUp' });
    pump();
  }

  /** Takes an item out with its outcome, and with it what makes no sense any more. */
  function settle(call: Call, item: Item, outcome: SignalOutcome): void {
    const index = call.items.indexOf(item);
    if (index < 0) return;
    call.items.splice(index, 1);
    item.cancelDeadline();
    item.resolve(outcome);
    if (!outcome.ok && isEnd(item.signal)) call.over = false; // it can be tried once more
    if (!outcome.ok) dropDependents(call, item);
    if (closed === 'stopping' && isIdle()) emptied?.();
  }

  function dropDependents(call: Call, { signal, uncertain }: Item): void {
    if (isInvite(signal)) call.unheard = !uncertain;
    // AN-01: no candidates of ours before they have our description.
    const early = isInvite(signal) || signal.type === 'm.call.answer' ? waiting(call, isCandidates) : [];
    const dropped = call.unheard ? waiting(call, () => true) : early;
    for (const item of dropped) settle(call, item, { ok: false, reason: 'cancelled' });
  }

  function signedOut(): void {
    closed = 'signedOut';
    cancelTimer?.();
    settleAll('signedOut');
    emptied?.();
  }

  function settleAll(reason: Failure): void {
    for (const call of calls.values()) {
      // From the end, so that none is dropped for the sake of another.
      for (const item of call.items.toReversed()) settle(call, item, { ok: false, reason });
    }
  }

  function isIdle(): boolean {
    return [...calls.values()].every(({ items }) => items.length === 0);
  }

  async function stop(bound: number): Promise<void> {
    if (closed !== 'open') return;
    closed = 'stopping';
    for (const call of calls.values()) {
      for (const item of waiting(call, (signal) => !isEnd(signal))) settle(call, item, { ok: false, reason: 'gaveUp' });
    }
    if (!isIdle()) {
      await new Promise<void>((resolve) => {
        const cancel = clock.after(bound, resolve);
        emptied = () => {
          cancel();
          resolve();
        };
      });
    }
    closed = 'stopped';
    cancelTimer?.();
    settleAll('gaveUp');
  }

  return {
    send,
    retryNow: () => {
      for (const { items } of calls.values()) items.forEach((item) => (item.notBefore = 0));
      pump();
    },
    stop,
  };
}

function waiting({ items }: Call, which: (signal: OutgoingSignal) => boolean): readonly Item[] {
  return items.filter((item) => !item.inFlight && which(item.signal));
}

const isInvite = ({ type }: OutgoingSignal): boolean => type === 'm.call.invite';
const isCandidates = ({ type }: OutgoingSignal): boolean => type === 'm.call.candidates';
const isEnd = ({ type }: OutgoingSignal): boolean => type === 'm.call.hangup' || type === 'm.call.reject';

function backOff(attempts: number): number {
  return BACK_OFF[Math.min(attempts, BACK_OFF.length) - 1] ?? BACK_OFF[0];
}
