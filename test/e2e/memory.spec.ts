/** A program that stays in the tray for weeks must not grow with every call. */
import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';
import { keptIn } from './support/kept.ts';

const calls = 3;
/** At most. The tracks are ours and the other person's. */
const ofOneCall: Record<string, number> = { RTCPeerConnection: 1, AudioBufferSourceNode: 1, MediaStreamTrack: 2 };

test('nothing of a call stays but the last one, as long as its end is on the screen', async ({ phones }) => {
  const { alice, bob } = phones;
  for (let call = 0; call < calls; call += 1) {
    await alice.place('Bob');
    await bob.alert.getByRole('button', { name: 'Answer', exact: true }).click();
    await expect(alice.status).toContainText('Connected');
    await alice.press('Hang up');
    await expect(alice.status).toContainText('Ended');
    await expect(bob.status).toContainText('Ended');
  }
  for (const { page } of [alice, bob]) await expect.poll(() => beyondOneCall(page)).toEqual([]);
});

async function beyondOneCall(page: Page): Promise<[string, number][]> {
  const kept = await keptIn(page, Object.keys(ofOneCall));
  return Object.entries(kept).filter(([type, count]) => count > (ofOneCall[type] ?? 0));
}
