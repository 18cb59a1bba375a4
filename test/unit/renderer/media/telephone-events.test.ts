import { describe, expect, it } from 'vitest';
import { TelephoneEvents } from '../../../../renderer/media/telephone-events';

const packet = (event: number): Uint8Array => new Uint8Array([event, 0x8a, 0x03, 0xc0]);

describe('DT-01: received telephone events', () => {
  it('RFC 4733, 3.2: have codes for all keys of a telephone', () => {
    const events = new TelephoneEvents();
    const digits = Array.from({ length: 16 }, (_, code) => events.take(code * 1000, packet(code)));
    expect(digits.join('')).toBe('0123456789*#ABCD');
  });

  it('RFC 4733, 2.5: count once, however often they are sent', () => {
    const events = new TelephoneEvents();
    const times = [100, 100, 100, 500, 500, 500];
    expect(times.map((time) => events.take(time, packet(7)))).toEqual(['7', null, null, '7', null, null]);
  });

  it('count once when packets of one press come after those of the next', () => {
    const events = new TelephoneEvents();
    events.take(100, packet(1));
    events.take(500, packet(2));
    expect(events.take(100, packet(1))).toBeNull();
    expect(events.take(500, packet(2))).toBeNull();
  });

  it('are remembered within a bound', () => {
    const events = new TelephoneEvents();
    for (let time = 0; time < 100; time++) events.take(time, packet(1));
    expect(events.take(0, packet(1))).toBe('1');
  });

  it.each([
    ['no payload', new Uint8Array()],
    ['an event that is no key', packet(16)],
    ['a flash of the hook', packet(255)],
  ])('%s is no digit', (_what, payload) => {
    expect(new TelephoneEvents().take(1, payload)).toBeNull();
  });
});
