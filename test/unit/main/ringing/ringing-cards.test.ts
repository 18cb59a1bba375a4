import { describe, expect, it } from 'vitest';
import { type CardFacts, ringingCards } from '../../../../main/ringing/ringing-cards';
import { anna, ben, call, cleo, otherCall, report } from '../call-facts';

const ringing = { ...call, caller: ben, kind: 'voice', silenced: false } as const;
const cards = (facts: Partial<CardFacts> = {}) =>
  ringingCards({
    ringing: [ringing],
    calls: [],
    ofPerson: (_account, user) => (user === ben ? 'Ben' : 'Cleo'),
    pictureOf: () => null,
    ofAccount: () => null,
    trustOf: () => null,
    ...facts,
  });

describe('the cards of ringing calls', () => {
  it('name the call, the caller and the kind', () => {
    expect(cards()).toEqual([
      {
        ...call,
        caller: ben,
        name: 'Ben',
        picture: null,
        kind: 'voice',
        forAccount: null,
        silenced: false,
        during: null,
        far: null,
      },
    ]);
  });

  it('name the account where there are several', () => {
    expect(cards({ ofAccount: (account) => account })).toMatchObject([{ forAccount: anna }]);
  });

  it('show the picture of the caller', () => {
    const picture = 'app://bundle/avatar/ben';
    expect(cards({ pictureOf: () => picture })).toMatchObject([{ picture }]);
  });

  it('come one for each call, oldest first', () => {
    const second = { ...ringing, ...otherCall, caller: cleo, silenced: true };
    expect(cards({ ringing: [ringing, second] })).toMatchObject([
      { name: 'Ben', silenced: false },
      { name: 'Cleo', silenced: true },
    ]);
  });

  it.each([
    ['a call that goes on', report('connected', { ...otherCall, peer: cleo }), 'Cleo'],
    ['a call that is being placed', report('inviting', { ...otherCall, peer: cleo, direction: 'outgoing' }), 'Cleo'],
    ['a call on hold', report('connected', { ...otherCall, peer: cleo, held: true }), null],
    ['a call that rings', report('ringing', { ...otherCall, peer: cleo }), null],
  ])('%s is interrupted by an answer, or not', (_what, running, during) => {
    expect(cards({ calls: [running] })).toMatchObject([{ during }]);
  });

  it('tell who is at the far end', () => {
    const far = { trust: 'verified', encrypted: true } as const;
    expect(cards({ trustOf: ({ caller }) => (caller === ben ? far : null) })).toMatchObject([{ far }]);
  });
});
