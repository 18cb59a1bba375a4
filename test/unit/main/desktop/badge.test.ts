import { describe, expect, it } from 'vitest';
import { makeBadge } from '../../../../main/desktop/badge';
import { ben, call } from '../call-facts';

describe('badge', () => {
  it('counts what rings and what was missed, until somebody looks', () => {
    const shown: number[] = [];
    const badge = makeBadge({ show: (count) => shown.push(count), isLookedAt: () => false });
    const lower = badge.ringing({ ...call, caller: ben, kind: 'voice', silenced: false });
    lower();
    badge.missed();
    badge.missed();
    badge.seen();
    badge.seen();
    expect(shown).toEqual([1, 0, 1, 2, 0]);
  });

  it('does not count what is missed before somebody’s eyes', () => {
    const shown: number[] = [];
    makeBadge({ show: (count) => shown.push(count), isLookedAt: () => true }).missed();
    expect(shown).toEqual([]);
  });
});
