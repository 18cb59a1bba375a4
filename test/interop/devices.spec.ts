/** Several devices of one person, the app and matrix-js-sdk among them. AN-02..AN-13 */
import { hearTone } from '../e2e/support/tones.ts';
import { expect, test as base, tones } from './support/fixtures.ts';
import type { FarEnd } from './support/far-end.ts';

const test = base.extend<{ readonly other: FarEnd; readonly benOther: FarEnd }>({
  /** matrix-js-sdk as Alice's second device. */
  other: async ({ startDevice }, use) => {
    const device = await startDevice('alice');
    await use(device);
    await device.page.close();
  },
  benOther: async ({ startDevice }, use) => {
    const device = await startDevice('ben');
    await use(device);
    await device.page.close();
  },
});

test('AN-12: answered on the other device, the app stops ringing and says so', async ({
  alice,
  ben,
  other,
  people,
}) => {
  await ben.place(people.benRoom, 'voice');
  await Promise.all([alice.alert.waitFor(), other.reach('ringing')]);
  await other.answer();
  await expect(alice.alert).toBeHidden();
  await expect(alice.page.getByText('Answered on another device').first()).toBeVisible();
  await Promise.all([ben.reach('connected'), other.reach('connected')]);
  await ben.hangUp();
  await other.reach('ended');
});

test('AN-12: answered in the app, the other device stops ringing', async ({ alice, ben, other, people }) => {
  await ben.place(people.benRoom, 'voice');
  await Promise.all([alice.alert.waitFor(), other.reach('ringing')]);
  await alice.press('Answer');
  expect((await other.reach('ended')).hangup?.reason).toBe('answered_elsewhere');
  await hearTone(alice.page, tones.far);
  await expect(alice.status).toContainText('Connected');
  await ben.hangUp();
  await expect(alice.status).toContainText('Ended');
});

test('AN-13: declined on the other device, the app stops ringing and says so', async ({
  alice,
  ben,
  other,
  people,
}) => {
  await ben.place(people.benRoom, 'voice');
  await Promise.all([alice.alert.waitFor(), other.reach('ringing')]);
  await other.reject();
  await expect(alice.alert).toBeHidden();
  await expect(alice.page.getByText('Declined on another device').first()).toBeVisible();
  await ben.reach('ended');
});

test('AN-13: declined in the app, the other device stops ringing', async ({ alice, ben, other, people }) => {
  await ben.place(people.benRoom, 'voice');
  await Promise.all([alice.alert.waitFor(), other.reach('ringing')]);
  await alice.press('Decline');
  await Promise.all([ben.reach('ended'), other.reach('ended')]);
});

// In half of such calls the caller's DTLS waits for the device that was not chosen: whoever of the two ends is ours begins
// it anew (renderer/call/handshake.ts). Between two devices of matrix-js-sdk nobody does.
test('AN-06, AN-28: answered on both devices at once, one is chosen, and heard, and the other one gives way', async ({
  alice,
  ben,
  other,
  people,
  homeserver,
}) => {
  const callId = await ben.place(people.benRoom, 'voice');
  await Promise.all([alice.alert.waitFor(), other.reach('ringing')]);
  await Promise.all([alice.press('Answer'), other.answer()]);
  const chosen = (): unknown =>
    homeserver
      .sentEvents({ roomId: people.benRoom, type: 'm.call.select_answer' })
      .find(({ content }) => content.call_id === callId)?.content.selected_party_id;
  await expect.poll(chosen).toBeDefined();
  if (chosen() === other.user.deviceId) {
    await expect(alice.page.getByText('Answered on another device').first()).toBeVisible();
    expect((await other.call()).state).not.toBe('ended');
  } else {
    expect((await other.reach('ended')).hangup?.reason).toBe('answered_elsewhere');
    await hearTone(alice.page, tones.far);
    await ben.hears(tones.alice);
  }
  await ben.hangUp();
  await other.reach('ended');
  await expect(alice.status.first()).toContainText('Ended');
});

test('AN-28: the app calls two devices that answer at once: whichever is chosen is heard', async ({
  alice,
  ben,
  benOther,
}) => {
  await alice.place('Ben');
  await Promise.all([ben.reach('ringing'), benOther.reach('ringing')]);
  await Promise.all([ben.answer(), benOther.answer()]);
  await hearTone(alice.page, tones.far);
  await alice.press('Hang up');
  await Promise.all([ben.reach('ended'), benOther.reach('ended')]);
});

test('AN-03: the app calls, one of two devices answers, the other one is told', async ({ alice, ben, benOther }) => {
  await alice.place('Ben');
  await Promise.all([ben.reach('ringing'), benOther.reach('ringing')]);
  await benOther.answer();
  expect((await ben.reach('ended')).hangup?.reason).toBe('answered_elsewhere');
  await benOther.reach('connected');
  await hearTone(alice.page, tones.far);
  await alice.press('Hang up');
  await benOther.reach('ended');
});

test('AN-02: the app calls, one of two devices declines for both', async ({ alice, ben, benOther }) => {
  await alice.place('Ben');
  await Promise.all([ben.reach('ringing'), benOther.reach('ringing')]);
  await benOther.reject();
  await expect(alice.call).toContainText('Ben declined');
  await ben.reach('ended');
});
