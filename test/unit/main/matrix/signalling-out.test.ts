import { beforeEach, describe, expect, it, vi } from 'vitest';

import { makeSignallingOut, type SendFailure, type SignallingOut } from '../../../../main/matrix/signalling-out';
import type { CallId, RoomId, UserId } from '../../../../preload/contract/ids';
import type { CallEventType, OutgoingSignal, SignalOutcome } from '../../../../preload/contract/signalling';
import { quietLog } from '../quiet-log';
import { turnedClock } from '../turned-clock';

/** One request at the homeserver, which the test answers. */
interface Sent {
  readonly type: string;
  readonly transactionId: string;
  readonly content: object;
  readonly accept: () => Promise<void>;
  readonly refuse: (failure: SendFailure) => Promise<void>;
}

const unreachable: SendFailure = { reason: 'unreachable' };
const limited = (retryAfter?: number): SendFailure => ({ reason: 'rateLimited', retryAfter });

let clock: { now: () => number } & Omit<ReturnType<typeof turnedClock>, 'now'>;
let out: SignallingOut;
let sent: Sent[];
let outcomes: Record<string, SignalOutcome>;

beforeEach(() => {
  clock = turnedClock();
  sent = [];
  outcomes = {};
  out = makeSignallingOut({
    clock,
    log: quietLog(),
    failureOf: (error) => error as SendFailure,
    sendEvent: (_roomId, type, content, transactionId) => {
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      sent.push({
        type,
        content,
        transactionId,
        accept: () => {
          resolve(`$${transactionId}`);
          return turnOver();
        },
        refuse: (failure) => {
          reject(failure);
          return turnOver();
        },
      });
      return promise;
    },
  });
});

/** Lets everything happen that waits for nothing but its turn. */
function turnOver(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function signal(type: string, signalId: string, more: Partial<OutgoingSignal> = {}): OutgoingSignal {
  return {
    account: '@own:here' as UserId,
    roomId: '!room:here' as RoomId,
    callId: 'c1' as CallId,
    type: `m.call.${type}` as CallEventType,
    signalId,
    content: { signalId },
    giveUpAfter: 60_000,
    ...more,
  };
}

/** Hands a signal over; its outcome will stand under its id. */
function send(type: string, signalId: string, more: Partial<OutgoingSignal> = {}): Promise<SignalOutcome> {
  const outcome = out.send(signal(type, signalId, more));
  void outcome.then((known) => (outcomes[signalId] = known));
  return outcome;
}

const ids = (): string[] => sent.map(({ transactionId }) => transactionId);
const last = (): Sent => sent.at(-1) ?? expect.fail('nothing was sent');

describe('order', () => {
  it('EN-04: the next signal of a call leaves when the one before has arrived', async () => {
    void send('invite', 'i');
    void send('select_answer', 's');
    expect(ids()).toEqual(['c1:i']);
    await last().accept();
    expect(ids()).toEqual(['c1:i', 'c1:s']);
    await last().accept();
    expect(outcomes).toEqual({ i: { ok: true, eventId: '$c1:i' }, s: { ok: true, eventId: '$c1:s' } });
  });

  it('EN-04: candidates never overtake their invite', async () => {
    void send('invite', 'i');
    void send('candidates', 'c');
    await last().refuse(unreachable);
    expect(ids()).toEqual(['c1:i']);
    clock.turn(500);
    await last().accept();
    expect(ids()).toEqual(['c1:i', 'c1:i', 'c1:c']);
  });

  it('IC-15: everything else overtakes candidates, even those that are under way', async () => {
    void send('candidates', 'c1');
    void send('candidates', 'c2');
    void send('negotiate', 'n');
    expect(ids()).toEqual(['c1:c1', 'c1:n']);
    await sent[0]?.accept();
    expect(ids()).toHaveLength(2);
    await sent[1]?.accept();
    expect(ids()).toEqual(['c1:c1', 'c1:n', 'c1:c2']);
  });

  it('V1-09: calls do not wait for each other', () => {
    void send('invite', 'i');
    void send('invite', 'i', { callId: 'c2' as CallId });
    void send('invite', 'i', { roomId: '!other:here' as RoomId });
    expect(ids()).toEqual(['c1:i', 'c2:i', 'c1:i']);
  });

  it('EN-04: the same signal again joins the first, also when that is done', async () => {
    void send('answer', 'a');
    const again = send('answer', 'a');
    await last().accept();
    expect(await again).toEqual({ ok: true, eventId: '$c1:a' });
    expect(await send('answer', 'a')).toEqual({ ok: true, eventId: '$c1:a' });
    expect(ids()).toEqual(['c1:a']);
  });
});

describe('failures', () => {
  it('unreachable: tried again ever more rarely, with the same transaction id', async () => {
    void send('answer', 'a');
    for (const pause of [500, 1000, 2000, 4000, 8000, 8000]) {
      const before = sent.length;
      await last().refuse(unreachable);
      clock.turn(pause - 1);
      expect(sent).toHaveLength(before);
      clock.turn(1);
      expect(sent).toHaveLength(before + 1);
    }
    expect(new Set(ids())).toEqual(new Set(['c1:a']));
    expect(outcomes).toEqual({});
  });

  it('the network is back: tried at once', async () => {
    void send('answer', 'a');
    await last().refuse(unreachable);
    out.retryNow();
    expect(sent).toHaveLength(2);
  });

  it('IC-14: a limit holds back the whole account for as long as the homeserver says', async () => {
    void send('candidates', 'c');
    await last().refuse(limited(5000));
    void send('invite', 'i', { callId: 'c2' as CallId });
    clock.turn(4999);
    expect(ids()).toEqual(['c1:c']);
    clock.turn(1);
    expect(ids()).toEqual(['c1:c', 'c1:c', 'c2:i']);
  });

  it('IC-14: a limit without a time is a second', async () => {
    void send('candidates', 'c');
    await last().refuse(limited());
    clock.turn(999);
    expect(sent).toHaveLength(1);
    clock.turn(1);
    expect(sent).toHaveLength(2);
  });

  it('IC-14: a limit that ends while the clock is looked at strands nothing', async () => {
    void out.send(signal('invite', 'i1'));
    await last().refuse(limited(250));
    // A timer may fire a fraction of a millisecond early, and every look at the clock takes time.
    clock.turn(249);
    const { now } = clock;
    let looks = 0;
    clock.now = () => now() + 0.75 * ++looks;
    out.retryNow();
    clock.now = now;
    clock.turn(2);
    expect(sent).toHaveLength(2);
  });

  it('IC-14: a limit of years makes no timer that fires at once', async () => {
    const after = vi.spyOn(clock, 'after');
    void send('answer', 'a', { giveUpAfter: 600_000 });
    await last().refuse(limited(1e12));
    expect(Math.max(...after.mock.calls.map(([ms]) => ms))).toBeLessThan(2 ** 31);
    clock.turn(600_000);
    expect(await out.send(signal('answer', 'a'))).toEqual({ ok: false, reason: 'gaveUp' });
    expect(sent).toHaveLength(1);
  });

  it('IC-14: the network coming back is no leave to break a limit', async () => {
    void send('candidates', 'c');
    await last().refuse(limited(5000));
    out.retryNow();
    expect(sent).toHaveLength(1);
  });

  it.each([
    ['forbidden', 'forbidden'],
    ['tooLarge', 'tooLarge'],
    ['rejected', 'rejected'],
    ['notFound', 'rejected'],
  ] as const)('%s is final', async (reason, outcome) => {
    void send('answer', 'a');
    await last().refuse({ reason });
    expect(outcomes.a).toEqual({ ok: false, reason: outcome });
    clock.turn(60_000);
    expect(sent).toHaveLength(1);
  });

  it('signed out: everything that waits fails, and so does what follows', async () => {
    void send('answer', 'a');
    void send('candidates', 'c');
    void send('hangup', 'h', { callId: 'c2' as CallId });
    await sent[0]?.refuse({ reason: 'signedOut' });
    await send('hangup', 'late');
    const signedOut = { ok: false, reason: 'signedOut' };
    expect(outcomes).toEqual({ a: signedOut, c: signedOut, h: signedOut, late: signedOut });
  });

  it('AN-22: after its bound a signal is given up', async () => {
    void send('hangup', 'h', { giveUpAfter: 3000 });
    await last().refuse(unreachable);
    clock.turn(600);
    await last().refuse(limited(9000));
    clock.turn(2400);
    await turnOver();
    expect(outcomes.h).toEqual({ ok: false, reason: 'gaveUp' });
    clock.turn(60_000);
    expect(sent).toHaveLength(2);
  });

  it('a signal that is under way at its bound may still arrive', async () => {
    void send('answer', 'late', { giveUpAfter: 1000 });
    void send('answer', 'lost', { giveUpAfter: 1000, callId: 'c2' as CallId });
    clock.turn(1000);
    await sent[0]?.accept();
    await sent[1]?.refuse(unreachable);
    expect(outcomes).toMatchObject({ late: { ok: true }, lost: { ok: false, reason: 'gaveUp' } });
  });

  it('AN-01: candidates do not leave without the answer that they belong to', async () => {
    void send('answer', 'a');
    void send('candidates', 'c');
    await last().refuse({ reason: 'forbidden' });
    expect(outcomes.c).toEqual({ ok: false, reason: 'cancelled' });
    expect(sent).toHaveLength(1);
  });
});

describe('AN-19: a hangup and its invite', () => {
  const cancelled = { ok: false, reason: 'cancelled' };

  it('under way: the hangup follows it', async () => {
    void send('invite', 'i');
    void send('hangup', 'h');
    expect(ids()).toEqual(['c1:i']);
    await last().accept();
    await last().accept();
    expect(ids()).toEqual(['c1:i', 'c1:h']);
    expect(outcomes).toMatchObject({ i: { ok: true }, h: { ok: true } });
  });

  it('under way, then refused: nobody knows of the call, the hangup is not sent', async () => {
    void send('invite', 'i');
    void send('hangup', 'h');
    await last().refuse({ reason: 'forbidden' });
    expect(outcomes).toEqual({ i: { ok: false, reason: 'forbidden' }, h: cancelled });
    expect(sent).toHaveLength(1);
  });

  it('under way, then lost: the homeserver may have it, the hangup goes out alone', async () => {
    void send('invite', 'i');
    void send('hangup', 'h');
    await last().refuse(unreachable);
    expect(outcomes.i).toEqual(cancelled);
    expect(ids()).toEqual(['c1:i', 'c1:h']);
  });

  it('not ready yet: nobody has heard of the call, neither is sent', async () => {
    void send('invite', 'i');
    await last().refuse({ reason: 'notReady' });
    void send('hangup', 'h');
    clock.turn(60_000);
    await turnOver();
    expect(outcomes).toEqual({ i: { ok: false, reason: 'cancelled' }, h: { ok: false, reason: 'cancelled' } });
    expect(sent).toHaveLength(1);
  });

  it('being made ready: an invite that does not leave takes its hangup with it', async () => {
    void send('invite', 'i');
    void send('hangup', 'h');
    await last().refuse({ reason: 'notReady' });
    expect(outcomes).toEqual({ i: { ok: false, reason: 'cancelled' }, h: { ok: false, reason: 'cancelled' } });
  });

  it('held back by a limit: neither is sent', async () => {
    void send('invite', 'i');
    await last().refuse(limited(5000));
    void send('candidates', 'c');
    void send('hangup', 'h');
    await turnOver();
    expect(outcomes).toEqual({ i: cancelled, c: cancelled, h: cancelled });
    clock.turn(60_000);
    expect(sent).toHaveLength(1);
  });

  it('waiting for its next attempt: the first may have arrived, the hangup goes out', async () => {
    void send('invite', 'i');
    await last().refuse(unreachable);
    void send('hangup', 'h');
    expect(ids()).toEqual(['c1:i', 'c1:h']);
    await turnOver();
    expect(outcomes.i).toEqual(cancelled);
  });

  it('lost, then refused: the first attempt cannot have arrived either', async () => {
    void send('invite', 'i');
    await last().refuse(unreachable);
    clock.turn(500);
    void send('hangup', 'h');
    await last().refuse({ reason: 'forbidden' });
    expect(outcomes).toEqual({ i: { ok: false, reason: 'forbidden' }, h: cancelled });
  });

  it('refused long ago: there is nothing to hang up', async () => {
    void send('invite', 'i');
    await last().refuse({ reason: 'forbidden' });
    expect(await send('hangup', 'h')).toEqual(cancelled);
  });

  it('refused, tried again as a new signal, accepted: it can be hung up', async () => {
    void send('invite', 'i');
    await last().refuse({ reason: 'forbidden' });
    void send('invite', 'i2');
    await last().accept();
    void send('hangup', 'h');
    await last().accept();
    expect(outcomes.h).toMatchObject({ ok: true });
  });

  it('EN-04: nothing follows the end of a call, and no second end', async () => {
    void send('hangup', 'h');
    await last().accept();
    for (const type of ['negotiate', 'candidates', 'select_answer', 'hangup']) {
      expect(await send(type, `late-${type}`)).toEqual({ ok: false, reason: 'cancelled' });
    }
    expect(sent).toHaveLength(1);
  });

  it('EN-04: an end that could not be sent may be tried once more', async () => {
    void send('hangup', 'h');
    await last().refuse({ reason: 'forbidden' });
    void send('hangup', 'again');
    await last().accept();
    expect(outcomes).toMatchObject({ h: { ok: false }, again: { ok: true } });
  });

  it('the end of a call makes its waiting candidates pointless', async () => {
    void send('candidates', 'c1');
    void send('candidates', 'c2');
    void send('reject', 'r');
    await turnOver();
    expect(outcomes.c2).toEqual(cancelled);
    expect(ids()).toEqual(['c1:c1', 'c1:r']);
  });

  it('EN-04: candidates that are under way when it ends, and fail, are not tried after it', async () => {
    void send('candidates', 'c');
    const [candidates] = sent;
    void send('hangup', 'h');
    await last().accept();
    await candidates?.refuse(limited(100));
    clock.turn(1000);
    await turnOver();
    expect(ids()).toEqual(['c1:c', 'c1:h']);
    expect(outcomes.c).toEqual({ ok: false, reason: 'cancelled' });
  });

  it('a hangup of a call that somebody else placed needs no invite of ours', async () => {
    void send('hangup', 'h');
    await last().accept();
    expect(outcomes.h).toMatchObject({ ok: true });
  });
});

describe('AN-27: stopping', () => {
  it('waits for hangups, takes new ones, and drops the rest', async () => {
    void send('answer', 'a', { callId: 'c2' as CallId });
    await last().refuse(unreachable);
    void send('hangup', 'h');
    let stopped = false;
    const stopping = out.stop(5000).then(() => (stopped = true));
    await turnOver();
    expect(outcomes.a).toEqual({ ok: false, reason: 'gaveUp' });
    expect(await send('invite', 'i', { callId: 'c3' as CallId })).toEqual({ ok: false, reason: 'gaveUp' });
    void send('hangup', 'h4', { callId: 'c4' as CallId });
    await sent[1]?.accept();
    expect(stopped).toBe(false);
    await last().accept();
    await stopping;
    expect(outcomes).toMatchObject({ h: { ok: true }, h4: { ok: true } });
    expect(await send('hangup', 'late')).toEqual({ ok: false, reason: 'gaveUp' });
  });

  it('goes on trying until the bound, and not beyond', async () => {
    void send('hangup', 'h');
    const stopping = out.stop(2000);
    await last().refuse(unreachable);
    clock.turn(500);
    expect(sent).toHaveLength(2);
    await last().refuse(unreachable);
    clock.turn(1500);
    await stopping;
    expect(outcomes.h).toEqual({ ok: false, reason: 'gaveUp' });
    const attempts = sent.length;
    clock.turn(60_000);
    expect(sent).toHaveLength(attempts);
  });

  it('with nothing to send it is done at once', async () => {
    await out.stop(5000);
  });
});

it('what is remembered of ended calls is bounded', async () => {
  for (let n = 0; n < 300; n++) {
    void send('hangup', `h${n}`, { callId: `c${n}` as CallId });
    await last().accept();
  }
  // The first is forgotten, the last is not.
  void send('hangup', 'h0', { callId: 'c0' as CallId });
  void send('hangup', 'h299', { callId: 'c299' as CallId });
  expect(ids().slice(300)).toEqual(['c0:h0']);
});
