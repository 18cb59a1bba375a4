import { describe, expect, it } from 'vitest';
import { resolveGlare } from '../../../../renderer/call/glare';

describe('glare: two invites cross in one room', () => {
  it.each([
    { id: 'GL-02', ours: { callId: 'a', sent: false }, theirs: 'z', verdict: 'takeTheirs' },
    { id: 'GL-02', ours: { callId: 'z', sent: false }, theirs: 'a', verdict: 'takeTheirs' },
    { id: 'GL-03', ours: { callId: 'b', sent: true }, theirs: 'a', verdict: 'hangUpOursTakeTheirs' },
    { id: 'GL-04', ours: { callId: 'a', sent: true }, theirs: 'b', verdict: 'keepOurs' },
    { id: 'GL-07', ours: { callId: '9', sent: true }, theirs: '10', verdict: 'hangUpOursTakeTheirs' },
    { id: 'GL-08', ours: { callId: 'a', sent: true }, theirs: 'a', verdict: 'keepOurs' },
  ] as const)('$id: ours $ours.callId (sent: $ours.sent), theirs $theirs → $verdict', ({ ours, theirs, verdict }) => {
    expect(resolveGlare(ours, theirs)).toBe(verdict);
  });

  it('GL-03, GL-04: both sides reach the same call', () => {
    const anna = resolveGlare({ callId: 'a', sent: true }, 'b');
    const ben = resolveGlare({ callId: 'b', sent: true }, 'a');
    expect([anna, ben]).toEqual(['keepOurs', 'hangUpOursTakeTheirs']);
  });
});
