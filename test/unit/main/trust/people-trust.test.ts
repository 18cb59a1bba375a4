import type { CryptoApi } from 'matrix-js-sdk/lib/crypto-api/index.js';
import { describe, expect, it, vi } from 'vitest';
import { makePeopleTrust, type Status, trustOf } from '../../../../main/trust/people-trust';
import { anna, ben } from '../call-facts';

const status = (verified: boolean, before = verified, needsUserApproval = false): Status => ({
  isCrossSigningVerified: () => verified,
  wasCrossSigningVerified: () => before,
  needsUserApproval,
});

describe('trustOf', () => {
  it.each([
    [status(true), 'verified'],
    [status(false), 'unverified'],
    [status(false, true), 'changed'],
    [status(false, false, true), 'changed'],
  ] as const)('case %#', (seen, trust) => {
    expect(trustOf(seen)).toBe(trust);
  });
});

describe('the people', () => {
  const made = (now: () => Status) => {
    const changed = vi.fn();
    const crypto = { getUserVerificationStatus: () => Promise.resolve(now()) } as unknown as CryptoApi;
    return { changed, people: makePeopleTrust(() => crypto, changed) };
  };

  it('tells only what is more, or less, than not verified, and only when it changes', async () => {
    let now = status(false);
    const { changed, people } = made(() => now);
    expect(await people.look(ben)).toBe('unverified');
    expect(people.list()).toEqual([]);
    expect(changed).not.toHaveBeenCalled();
    now = status(true);
    await people.lookAtAll([anna]);
    expect(people.list()).toEqual([
      { userId: ben, trust: 'verified' },
      { userId: anna, trust: 'verified' },
    ]);
    people.learn(ben, status(false, true));
    expect(people.list()[0]).toEqual({ userId: ben, trust: 'changed' });
    expect(changed).toHaveBeenCalledTimes(3);
  });

  it('learns nothing of people whom nobody looked at', () => {
    const { people } = made(() => status(true));
    people.learn(ben, status(true));
    expect(people.list()).toEqual([]);
  });
});
