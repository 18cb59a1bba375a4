import { MatrixError } from 'matrix-js-sdk';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { makeNumbers, type Numbers } from '../../../../main/matrix/numbers';
import { requestFailure } from '../../../../main/matrix/request-failure';
import type { RoomId, UserId } from '../../../../preload/contract/ids';
import type { Person, PersonResult } from '../../../../preload/contract/people';
import { turnedClock } from '../turned-clock';

const bridge = '@_tel_4930:example.org' as UserId;
const person = (userId: UserId, standing: Person['standing'] = 'joined'): Person => ({
  account: '@anna:example.org' as UserId,
  userId,
  name: '+49 30',
  roomId: '!tel:example.org' as RoomId,
  standing,
  barred: null,
  favourite: false,
  avatar: null,
});

let clock: ReturnType<typeof turnedClock>;
let numbers: Numbers;
let known: Person[];
const protocols = vi.fn<() => Promise<unknown>>();
const users = vi.fn<(protocol: string, fields: Readonly<Record<string, string>>) => Promise<unknown>>();
const startDirect = vi.fn<(userId: UserId) => Promise<PersonResult>>();

beforeEach(() => {
  vi.resetAllMocks();
  clock = turnedClock();
  known = [];
  protocols.mockResolvedValue({ 'm.protocol.pstn': {} });
  users.mockResolvedValue([{ userid: bridge, protocol: 'm.protocol.pstn', fields: {} }]);
  startDirect.mockImplementation((userId) => Promise.resolve({ ok: true, person: person(userId) }));
  const find = (userId: UserId): Person | undefined => known.find((one) => one.userId === userId);
  numbers = makeNumbers({ clock, protocols, users, startDirect, person: find, failureOf: requestFailure });
});

const turnOver = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('whether numbers can be called', () => {
  it.each([
    ['m.protocol.pstn', 'yes'],
    ['im.vector.protocol.pstn', 'yes'],
    ['org.example.irc', 'no'],
  ])('%s: %s, asked once', async (protocol, support) => {
    protocols.mockResolvedValue({ [protocol]: {} });
    expect(await Promise.all([numbers.support(), numbers.support()])).toEqual([support, support]);
    expect(await numbers.support()).toBe(support);
    expect(protocols).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['a homeserver that knows no bridges', () => Promise.reject(new MatrixError({ errcode: 'M_UNRECOGNIZED' }, 404))],
    ['one that keeps them to itself', () => Promise.reject(new MatrixError({ errcode: 'M_FORBIDDEN' }, 403))],
    ['an answer that is none', () => Promise.resolve('none')],
  ])('no: %s', async (_what, answer) => {
    protocols.mockImplementation(answer);
    expect(await numbers.support()).toBe('no');
  });

  it('a no is asked again after ten minutes', async () => {
    protocols.mockResolvedValueOnce({});
    expect(await numbers.support()).toBe('no');
    clock.turn(599_999);
    expect(await numbers.support()).toBe('no');
    clock.turn(1);
    expect(await numbers.support()).toBe('yes');
  });

  it('is tried three times, 10 s apart', async () => {
    protocols.mockRejectedValue(new TypeError('fetch failed'));
    const support = numbers.support();
    await turnOver();
    clock.turn(9_999);
    await turnOver();
    expect(protocols).toHaveBeenCalledTimes(1);
    clock.turn(1);
    await turnOver();
    expect(protocols).toHaveBeenCalledTimes(2);
    clock.turn(10_000);
    expect(await support).toBe('unknown');
    expect(protocols).toHaveBeenCalledTimes(3);
    protocols.mockResolvedValue({ 'm.protocol.pstn': {} });
    expect(await numbers.support()).toBe('yes');
  });
});

describe('a number', () => {
  it('leads to whoever stands for it, by the standard protocol first', async () => {
    protocols.mockResolvedValue({ 'im.vector.protocol.pstn': {}, 'm.protocol.pstn': {} });
    expect(await numbers.find('+4930901820')).toEqual({ ok: true, person: person(bridge) });
    expect(users.mock.calls).toEqual([['m.protocol.pstn', { 'm.id.phone': '+4930901820' }]]);
    expect(startDirect.mock.calls).toEqual([[bridge]]);
  });

  it('waits until they have come into the room', async () => {
    startDirect.mockResolvedValue({ ok: true, person: person(bridge, 'invited') });
    const found = numbers.find('110');
    await turnOver();
    known = [person(bridge, 'invited')];
    numbers.peopleChanged();
    known = [person(bridge)];
    numbers.peopleChanged();
    expect(await found).toEqual({ ok: true, person: person(bridge) });
  });

  it('is given up when they do not come', async () => {
    startDirect.mockResolvedValue({ ok: true, person: person(bridge, 'invited') });
    const found = numbers.find('110');
    await turnOver();
    clock.turn(20_000);
    expect(await found).toEqual({ ok: false, reason: 'bridgeSilent' });
  });

  it('goes to the virtual user of the person behind it, where the bridge has such', async () => {
    const [native, virtual] = ['@ben:example.org', '@_sip_ben:example.org'] as [UserId, UserId];
    protocols.mockResolvedValue({
      'm.protocol.pstn': {},
      'im.vector.protocol.sip_native': {},
      'im.vector.protocol.sip_virtual': {},
    });
    users.mockImplementation((protocol, fields) => {
      if (protocol === 'm.protocol.pstn') return Promise.resolve([{ userid: bridge }]);
      if (fields.virtual_mxid === bridge)
        return Promise.resolve([{ userid: native, fields: { lookup_success: true } }]);
      return Promise.resolve(
        fields.native_mxid === native ? [{ userid: virtual, fields: { lookup_success: true } }] : [],
      );
    });
    expect(await numbers.find('110')).toMatchObject({ ok: true, person: { userId: virtual } });
  });

  it('stays with the number’s own user where a bridge knows no virtual one', async () => {
    protocols.mockResolvedValue({
      'm.protocol.pstn': {},
      'im.vector.protocol.sip_native': {},
      'im.vector.protocol.sip_virtual': {},
    });
    users.mockImplementation((protocol) =>
      Promise.resolve([{ userid: bridge, fields: protocol === 'm.protocol.pstn' ? {} : { lookup_success: false } }]),
    );
    expect(await numbers.find('110')).toMatchObject({ ok: true, person: { userId: bridge } });
  });

  it.each<[string, () => Promise<unknown>, string]>([
    ['nobody', () => Promise.resolve([]), 'unknownNumber'],
    ['nobody, as an error', () => Promise.reject(new MatrixError({ errcode: 'M_NOT_FOUND' }, 404)), 'unknownNumber'],
    ['something that is no user', () => Promise.resolve([{ userid: 'nobody' }, null, 7]), 'unknownNumber'],
    ['not a list', () => Promise.resolve({ userid: bridge }), 'unknownNumber'],
    ['a bridge that is down', () => Promise.reject(new MatrixError({}, 502)), 'unreachable'],
    ['no token', () => Promise.reject(new MatrixError({ errcode: 'M_UNKNOWN_TOKEN' }, 401)), 'signedOut'],
  ])('that leads to %s', async (_what, answer, reason) => {
    users.mockImplementation(answer);
    expect(await numbers.find('110')).toEqual({ ok: false, reason });
    expect(startDirect).not.toHaveBeenCalled();
  });

  it('cannot be called without a bridge, and says so', async () => {
    protocols.mockResolvedValue({});
    expect(await numbers.find('110')).toEqual({ ok: false, reason: 'noBridge' });
    protocols.mockRejectedValue(new TypeError('fetch failed'));
    clock.turn(600_000);
    expect(await numbers.find('110')).toEqual({ ok: false, reason: 'unreachable' });
  });

  it('whose room cannot be made says why', async () => {
    startDirect.mockResolvedValue({ ok: false, reason: 'rateLimited' });
    expect(await numbers.find('110')).toEqual({ ok: false, reason: 'rateLimited' });
  });
});
