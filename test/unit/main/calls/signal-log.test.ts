import { beforeEach, describe, expect, it } from 'vitest';
import { makeSignalLog, type SignalLog } from '../../../../main/calls/signal-log';
import type { RoomId, UserId } from '../../../../preload/contract/ids';
import { anna, ben, call, event, invite, left, otherCall, redacted } from '../call-facts';
import { turnedClock } from '../turned-clock';

let clock: ReturnType<typeof turnedClock>;
let log: SignalLog;
beforeEach(() => {
  clock = turnedClock();
  log = makeSignalLog(clock);
});

const keptTypes = () =>
  log.snapshot().signals.map((signal) => (signal.kind === 'event' ? signal.type : (signal.kind as string)));

describe('EN-05: numbers', () => {
  it('count every signal of this process, whatever its call', () => {
    const numbers = [invite(), left(ben), redacted(), event('m.call.hangup', otherCall)].map(
      (signal) => log.add(signal).sequence,
    );
    expect(numbers).toEqual([0, 1, 2, 3]);
    expect(log.snapshot().sequence).toBe(4);
  });

  it('a page that takes the snapshot and every later number has each signal once and in order', () => {
    const all = [invite(), event('m.call.candidates'), event('m.call.negotiate')];
    const early = all.slice(0, 2).map((signal) => log.add(signal).sequence);
    const { sequence, signals } = log.snapshot();
    const late = all.slice(2).map((signal) => log.add(signal).sequence);
    const events = [...early, ...late].filter((number) => number >= sequence);
    expect([...signals.map((signal) => signal.sequence), ...events]).toEqual([0, 1, 2]);
  });
});

describe('EN-05: what a late page learns', () => {
  it('all signals of a call that rings here, from its invite on', () => {
    log.add(event('m.call.candidates'));
    log.add(invite());
    log.add(event('m.call.candidates'));
    expect(keptTypes()).toEqual(['m.call.invite', 'm.call.candidates']);
  });

  it('the age of each as of now (LV-01)', () => {
    log.add(invite({ age: 500 }));
    clock.turn(2000);
    log.add(event('m.call.candidates', { age: 100 }));
    clock.turn(1000);
    expect(log.snapshot().signals).toMatchObject([{ age: 3500 }, { age: 1100 }]);
  });

  it('that somebody left the room of a ringing call, once', () => {
    log.add(invite());
    log.add(invite({ ...otherCall, content: {} }));
    log.add(left(ben));
    log.add(left(ben, { roomId: '!other:example.org' as RoomId }));
    expect(keptTypes()).toEqual(['m.call.invite', 'm.call.invite', 'left']);
  });

  it('nothing of calls that may not ring', () => {
    log.add(invite({ verdict: { ring: false, why: 'doNotDisturb' } }));
    log.add(event('m.call.candidates'));
    expect(log.snapshot().signals).toEqual([]);
  });

  it('nothing of our own outgoing calls: their page hangs up when it goes', () => {
    log.add(event('m.call.answer'));
    expect(log.snapshot().signals).toEqual([]);
  });

  it('nothing of a call that was answered or ended', () => {
    log.add(invite());
    log.add(invite({ ...otherCall, content: {} }));
    log.forget(call);
    expect(log.snapshot().signals).toMatchObject([{ callId: otherCall.callId }]);
  });

  it('nothing of an account that signed out, and all of the others', () => {
    const zoe = '@zoe:example.org' as UserId;
    log.add(invite());
    log.add(invite({ account: zoe }));
    log.forgetAccount(anna);
    expect(log.snapshot().signals).toMatchObject([{ account: zoe }]);
  });

  it('V1-09: the same call id in another room or account is another call', () => {
    log.add(invite());
    log.add(event('m.call.candidates', { roomId: '!other:example.org' as RoomId }));
    log.add(event('m.call.candidates', { account: '@zoe:example.org' as UserId }));
    expect(keptTypes()).toEqual(['m.call.invite']);
  });

  it('a second invite with the same id does not start anew', () => {
    log.add(invite());
    log.add(event('m.call.candidates'));
    log.add(invite());
    expect(keptTypes()).toEqual(['m.call.invite', 'm.call.candidates', 'm.call.invite']);
  });
});

describe('a flood', () => {
  it('of calls leaves the newest', () => {
    for (let n = 0; n < 1000; n++) log.add(invite({ callId: `call-${n}` as never }));
    const { signals } = log.snapshot();
    expect(signals.length).toBeLessThanOrEqual(50);
    expect(signals.at(-1)).toMatchObject({ callId: 'call-999' });
  });

  it('of signals leaves the first, which hold the invite', () => {
    log.add(invite());
    for (let n = 0; n < 10_000; n++) log.add(event('m.call.candidates'));
    const { signals, sequence } = log.snapshot();
    expect(signals.length).toBeLessThanOrEqual(500);
    expect(signals[0]).toMatchObject({ type: 'm.call.invite' });
    expect(sequence).toBe(10_001);
  });

  it('is gone after the longest lifetime of an invite (LV-12)', () => {
    log.add(invite());
    clock.turn(600_001);
    expect(log.snapshot().signals).toEqual([]);
  });
});
