import { describe, expect, it } from 'vitest';
import { makeBadge } from '../../../../main/desktop/badge';
import { ben, call } from '../call-facts';

describe('badge', () => {
  it('counts what rings and what was missed, until somebody looks', () => {
    const shown: number[] = [];
    const badge = makeBadge((count) => shown.push(count));
    const lower = badge.ringing({ ...call, caller: ben, kind: 'voice', silenced: false });
    lower();
    badge.missed();
    badge.missed();
    badge.seen();
    badge.seen();
    expect(shown).toEqual([1, 0, 1, 2, 0]);
  });
});
