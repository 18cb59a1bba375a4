/** A call between the app and matrix-js-sdk, from its beginning to its end. */
import { hearTone } from '../../e2e/support/tones.ts';
import { expect, tones, type Pair } from './fixtures.ts';

export async function connect({ alice, ben }: Pair, kind: 'voice' | 'video'): Promise<void> {
  await alice.place('Ben', kind === 'voice' ? 'Call' : 'Video call');
  await ben.reach('ringing');
  await ben.answer(kind);
  await ben.reach('connected');
  await expect(alice.status).toContainText('Connected');
}

export async function hearEachOther({ alice, ben }: Pair): Promise<void> {
  await Promise.all([hearTone(alice.page, tones.far), ben.hears(tones.alice)]);
}

export async function hangUp({ alice, ben }: Pair): Promise<void> {
  await alice.press('Hang up');
  await ben.reach('ended');
}
