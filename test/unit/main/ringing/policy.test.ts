import { describe, expect, it } from 'vitest';

import { inviteLifetime, mayRing, type RingFacts } from '../../../../main/ringing/policy';
import type { UserId } from '../../../../preload/contract/ids';

const own = '@own:here' as UserId;
const friend = '@friend:there' as UserId;

/** A friend calls us in a private room, now. */
const call: RingFacts = {
  account: own,
  sender: friend,
  ownDevice: false,
  invitee: own,
  inviteeDevice: undefined,
  device: 'PHONE',
  age: 100,
  lifetime: 60_000,
  settled: false,
  joined: true,
  senderJoined: true,
  senderIgnored: false,
  joinRule: 'invite',
  roomEncrypted: false,
  standing: 'clear',
  notifies: true,
  silenced: false,
};

const rings: readonly (readonly [string, Partial<RingFacts>])[] = [
  ['RG-01 for us', {}],
  ['RG-07 for whoever is there', { invitee: undefined }],
  ['N9 null means nobody in particular', { invitee: null }],
  ['V1-13 an invitee of the wrong type is not one', { invitee: 7 }],
  ['X-05 for this device of ours', { inviteeDevice: 'PHONE' }],
  ['X-05 for no device in particular', { inviteeDevice: '' }],
  ['V1-07 to ourselves, from another device of ours', { sender: own, notifies: false }],
  ['RG-05 from a member whom the homeserver has not described', { senderJoined: null }],
  ['EN-03 encrypted, in an encrypted room', { roomEncrypted: true, standing: 'trusted' }],
  ['LV-03 with just enough time left', { age: 57_000 }],
  ['LV-12 without a lifetime', { lifetime: undefined, age: 80_000 }],
  ['LV-12 with a lifetime that is text', { lifetime: '60000', age: 80_000 }],
];

const silences: readonly (readonly [string, Partial<RingFacts>, string])[] = [
  ['RG-01 for somebody else', { invitee: friend }, 'invitee'],
  ['RG-01 for somebody else, and old: never a missed call', { invitee: friend, age: 1e6 }, 'invitee'],
  ['X-05 for another device of ours', { inviteeDevice: 'TABLET' }, 'invitee'],
  ['V1-08 from another device of ours, for anyone but us', { sender: own, invitee: undefined }, 'ownUser'],
  ['V1-07 to ourselves, on the device that placed it', { sender: own, ownDevice: true }, 'ownUser'],
  ['LV-05 settled by what came with it', { settled: true }, 'settled'],
  ['LV-05 settled and old', { settled: true, age: 1e6 }, 'settled'],
  ['RG-05 in a room that we have not joined', { joined: false }, 'notJoined'],
  ['RG-05 from somebody who has left', { senderJoined: false }, 'notJoined'],
  ['RG-05 from somebody ignored', { senderIgnored: true }, 'ignoredUser'],
  ['RG-03 in a public room', { joinRule: 'public' }, 'publicRoom'],
  ['EN-03 in clear text in an encrypted room', { roomEncrypted: true }, 'untrusted'],
  ['EN-03 encrypted by somebody else than its sender', { roomEncrypted: true, standing: 'forged' }, 'untrusted'],
  ['EN-02 from a device that may not call here', { roomEncrypted: true, standing: 'stranger' }, 'unverified'],
  ['LV-01 older than its lifetime', { age: 60_001 }, 'expired'],
  ['LV-03 too late to react', { age: 57_001 }, 'expired'],
  ['LV-12 for ever is ten minutes', { lifetime: 1e12, age: 600_000 }, 'expired'],
  ['LV-12 zero is not for ever', { lifetime: 0 }, 'expired'],
  ['RG-06 muted by push rules', { notifies: false }, 'muted'],
  ['RG-06 silenced from another device', { silenced: true }, 'doNotDisturb'],
];

describe('an invite rings', () => {
  it.each(rings)('%s', (_what, facts) => {
    expect(mayRing({ ...call, ...facts })).toEqual({ ring: true });
  });
});

describe('an invite is silent', () => {
  it.each(silences)('%s', (_what, facts, why) => {
    expect(mayRing({ ...call, ...facts })).toEqual({ ring: false, why });
  });
});

describe('LV-12: the lifetime that counts', () => {
  it.each([
    [60_000, 60_000],
    [120_000, 120_000],
    [0, 1000],
    [-5, 1000],
    [1e9, 600_000],
    [Number.NaN, 90_000],
    [Number.POSITIVE_INFINITY, 90_000],
    [undefined, 90_000],
    [null, 90_000],
    ['60000', 90_000],
  ])('%s → %d ms', (lifetime, ms) => {
    expect(inviteLifetime(lifetime)).toBe(ms);
  });
});
