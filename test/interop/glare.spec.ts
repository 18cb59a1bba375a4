/** Both call from the same room at once. matrix-js-sdk knows the rule for calls that name their invitee. GL-01..GL-14 */
import { setTimeout as wait } from 'node:timers/promises';

import type { Phone } from '../e2e/support/phone.ts';
import { hearTone } from '../e2e/support/tones.ts';
import { closeEnded, expect, test, tones, type Pair } from './support/fixtures.ts';

/** ms by which matrix-js-sdk's click is later than ours: from before our invite leaves until after it has arrived. */
const leads = [-60, -50, -40, -30, -20, -15, -10, -5, 0, 0, 5, 10, 15, 20, 30, 40, 50, 60, 80, 100];

async function callAtOnce({ alice, ben }: Pair, lead: number, place: () => Promise<unknown>): Promise<void> {
  await Promise.all([
    wait(Math.max(-lead, 0)).then(() => callOrAnswer(alice)),
    wait(Math.max(lead, 0)).then(() => place()),
  ]);
  await expect(alice.status).toContainText('Connected');
  await expect.poll(async () => living(await ben.calls())).toEqual(['connected']);
  await expect(alice.alert).toBeHidden();
}

/** On a slow machine it may ring before the click: then the alert has the window, and a person answers. */
async function callOrAnswer(alice: Phone): Promise<void> {
  const button = alice.page.getByRole('button', { name: 'Call Ben', exact: true }).first();
  await button.click({ timeout: 1000 }).catch(() => alice.press('Answer'));
}

const living = (calls: readonly { readonly state: string }[]): string[] =>
  calls.map(({ state }) => state).filter((state) => state !== 'ended');

async function hangUp({ alice, ben }: Pair): Promise<void> {
  await alice.press('Hang up');
  await expect.poll(async () => living(await ben.calls())).toEqual([]);
  await expect(alice.status).toContainText('Ended');
  await closeEnded(alice.page);
}

test('GL-02, GL-03: twenty times both call, and twenty times there is one call', async ({
  pair,
  people,
  homeserver,
}) => {
  test.setTimeout(120_000);
  const { alice, ben } = pair;
  const invitee = alice.user.userId;
  const invites = (): number => homeserver.sentEvents({ roomId: people.benRoom, type: 'm.call.invite' }).length;
  let crossed = 0;
  for (const lead of leads) {
    await test.step(`matrix-js-sdk ${lead} ms later`, async () => {
      const before = invites();
      await callAtOnce(pair, lead, () => ben.place(people.benRoom, 'voice', { invitee }));
      if (invites() - before === 2) crossed += 1;
      await hangUp(pair);
    });
  }
  // Otherwise one of the two never placed a call, and the rule was not needed.
  expect(crossed).toBeGreaterThan(5);
});

test('GL-04: with the lesser call id the app keeps its own call', async ({ pair, people }) => {
  const { alice, ben } = pair;
  for (const lead of [0, 20, 40, 60, 80]) {
    // `~` sorts after every other character, and the app's own ids begin with only one of them.
    const placing = { invitee: alice.user.userId, callId: `~~${lead}.${Date.now()}` };
    await callAtOnce(pair, lead, () => ben.place(people.benRoom, 'voice', placing));
    await hangUp(pair);
  }
});

test('GL-05: they hear each other', async ({ pair, people }) => {
  const { alice, ben } = pair;
  await callAtOnce(pair, 0, () => ben.place(people.benRoom, 'voice', { invitee: alice.user.userId }));
  await Promise.all([hearTone(alice.page, tones.far), ben.hears(tones.alice)]);
  await hangUp(pair);
});

test('GL-12: a voice call stays one although the other side offers video', async ({ pair, people }) => {
  const { alice, ben } = pair;
  await callAtOnce(pair, 0, () => ben.place(people.benRoom, 'video', { invitee: alice.user.userId }));
  await expect(alice.call.getByRole('button', { name: 'Camera' })).toHaveAttribute('aria-pressed', 'false');
  await hangUp(pair);
});

test('GL-13: a client that names no invitee does not know the rule, and both talk all the same', async ({
  pair,
  people,
}) => {
  for (const lead of [-60, 0, 60]) {
    await callAtOnce(pair, lead, () => pair.ben.place(people.benRoom, 'voice'));
    await hangUp(pair);
  }
});
