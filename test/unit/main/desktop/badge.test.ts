import { expect, it } from 'vitest';
import { makeBadge } from '../../../../main/desktop/badge';
import { ben, call } from '../call-facts';

it('the badge counts what rings and what was missed, and says so only when it changes', () => {
  const shown: number[][] = [];
  const badge = makeBadge(({ ringing, missed }) => shown.push([ringing, missed]));
  const lower = badge.ringing({ ...call, caller: ben, kind: 'voice', silenced: false });
  badge.setMissed(0);
  badge.setMissed(2);
  lower();
  badge.setMissed(2);
  badge.setMissed(0);
  expect(shown).toEqual([
    [1, 0],
    [1, 2],
    [0, 2],
    [0, 0],
  ]);
});
