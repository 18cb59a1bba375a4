/** Calls between the app and matrix-js-sdk that nobody answers, or somebody does not want. */
import { expect, test } from './support/fixtures.ts';

test('AN-04: matrix-js-sdk declines, and is told that this was chosen', async ({ alice, ben, homeserver, people }) => {
  await alice.place('Ben');
  const { callId } = await ben.reach('ringing');
  await ben.reject();
  await expect(alice.call).toContainText('Ben declined');
  await expect
    .poll(() => homeserver.sentEvents({ roomId: people.benRoom, type: 'm.call.select_answer' }).at(-1)?.content)
    .toMatchObject({ call_id: callId, selected_party_id: ben.user.deviceId });
});

test('AN-14: the app declines', async ({ alice, ben, people }) => {
  await ben.place(people.benRoom, 'voice');
  await alice.alert.getByRole('button', { name: 'Decline' }).click();
  expect((await ben.reach('ended')).hangup?.by).toBe('remote');
  await expect(alice.alert).toBeHidden();
});

test('the app hangs up while matrix-js-sdk rings', async ({ alice, ben }) => {
  await alice.place('Ben');
  await ben.reach('ringing');
  await alice.press('Hang up');
  expect((await ben.reach('ended')).hangup).toEqual({ reason: 'user_hangup', by: 'remote' });
});

test('W4: matrix-js-sdk hangs up, without a reason, while the app rings', async ({ alice, ben, people }) => {
  await ben.place(people.benRoom, 'voice');
  await alice.alert.waitFor();
  await ben.hangUp();
  await expect(alice.alert).toBeHidden();
  await expect(alice.page.getByText('You missed a call from Ben.').first()).toBeVisible();
});

test('LV-11: the app stops ringing when the invite has expired, and says nothing', async ({
  alice,
  ben,
  homeserver,
  people,
}) => {
  const callId = await ben.place(people.benRoom, 'voice', { lifetime: 6000 });
  await alice.alert.waitFor();
  await expect(alice.alert).toBeHidden({ timeout: 10_000 });
  await expect(alice.page.getByText('You missed a call from Ben.').first()).toBeVisible();
  const told = homeserver.sentEvents({ roomId: people.benRoom }).filter(({ content }) => content.call_id === callId);
  expect(told.filter(({ sender }) => sender === alice.user.userId)).toEqual([]);
  expect((await ben.call()).state).toBe('invite_sent');
  await ben.hangUp();
});

test('LV-10: the app gives up after the lifetime of its invite', async ({ alice, ben }) => {
  await alice.page.clock.install();
  await alice.place('Ben');
  await ben.reach('ringing');
  await alice.page.clock.fastForward('01:31');
  await expect(alice.call).toContainText('Ben did not answer');
  expect((await ben.reach('ended')).hangup).toEqual({ reason: 'invite_timeout', by: 'remote' });
});
