import { describe, expect, it } from 'vitest';
import type { UserId } from '../../../../preload/contract/ids';
import { countsForGlare, resolveGlare } from '../../../../renderer/call/glare';

const anna = { user: '@anna:x' as UserId, id: 'partyA' };
const ben = { user: '@ben:x' as UserId, id: 'partyB' };

describe('glare: two invites cross in one room', () => {
  it.each([
    { id: 'GL-02', ours: { callId: 'a', sent: false }, theirs: 'z', verdict: 'takeTheirs' },
    { id: 'GL-02', ours: { callId: 'z', sent: false }, theirs: 'a', verdict: 'takeTheirs' },
    { id: 'GL-03', ours: { callId: 'b', sent: true }, theirs: 'a', verdict: 'hangUpOursTakeTheirs' },
    { id: 'GL-04', ours: { callId: 'a', sent: true }, theirs: 'b', verdict: 'keepOurs' },
    { id: 'GL-07', ours: { callId: '9', sent: true }, theirs: '10', verdict: 'hangUpOursTakeTheirs' },
    { id: 'GL-08', ours: { callId: 'a', sent: true }, theirs: 'a', verdict: 'keepOurs' },
  ] as const)('$id: ours $ours.callId (sent: $ours.sent), theirs $theirs → $verdict', ({ ours, theirs, verdict }) => {
    expect(resolveGlare({ ...ours, party: anna }, { callId: theirs, party: ben })).toBe(verdict);
  });

  it('GL-03, GL-04: both sides reach the same call', () => {
    const annas = resolveGlare({ callId: 'a', party: anna, sent: true }, { callId: 'b', party: ben });
    const bens = resolveGlare({ callId: 'b', party: ben, sent: true }, { callId: 'a', party: anna });
    expect([annas, bens]).toEqual(['keepOurs', 'hangUpOursTakeTheirs']);
  });

  it('GL-08: one id on both sides leaves one call, too, and no hangup that would end both', () => {
    const annas = resolveGlare({ callId: 'a', party: anna, sent: true }, { callId: 'a', party: ben });
    const bens = resolveGlare({ callId: 'a', party: ben, sent: true }, { callId: 'a', party: anna });
    expect([annas, bens]).toEqual(['keepOurs', 'takeTheirs']);
  });

  it.each([
    { why: 'muted', counts: true },
    { why: 'doNotDisturb', counts: true },
    { why: 'publicRoom', counts: true },
    { why: 'invitee', counts: false },
    { why: 'expired', counts: false },
    { why: 'ignoredUser', counts: false },
    { why: 'untrusted', counts: false },
    { why: 'notWanted', counts: true },
    { why: 'tooMany', counts: true },
  ] as const)('an invite that may not ring ($why) counts: $counts', ({ why, counts }) => {
    expect(countsForGlare({ ring: false, why })).toBe(counts);
  });
});
