/** A call between two people, from click to hang-up, with real media over a real homeserver. */
import { expect, test, tones } from './support/fixtures.ts';
import type { Phone } from './support/phone.ts';
import { seeMotion } from './support/pictures.ts';
import { hearSilence, hearTone } from './support/tones.ts';

test.use({ lasting: true });

async function connect(caller: Phone, callee: Phone, kind: 'Call' | 'Video call', name: string): Promise<void> {
  await caller.place(name, kind);
  await callee.alert.waitFor();
  await callee.alert
    .getByRole('button', { name: kind === 'Call' ? 'Answer' : 'Answer with video', exact: true })
    .click();
  await expect(caller.status).toContainText('Connected');
  await expect(callee.status).toContainText('Connected');
}

test('a voice call: each hears the other, mute is told and heard, hanging up ends both', async ({ phones }) => {
  const { alice, bob } = phones;
  await alice.place('Bob');
  await expect(alice.status).toContainText('Calling');
  await expect(bob.alert).toHaveAccessibleName('Incoming call from Alice');
  await expect.poll(async () => (await bob.tray.state()).toolTip).toContain('Alice');
  expect((await bob.notifications.list()).map(({ body, title }) => `${title} ${body}`).join()).toContain('Alice');

  await bob.alert.getByRole('button', { name: 'Answer', exact: true }).click();
  await expect(alice.status).toContainText('Connected');
  await hearTone(bob.page, tones.alice);
  await hearTone(alice.page, tones.bob);
  await expect(alice.call.getByRole('timer')).toHaveText(/0:0\d/);
  expect((await bob.notifications.list()).filter(({ open }) => open)).toEqual([]);

  const mute = alice.call.getByRole('button', { name: 'Mute microphone' });
  await mute.click();
  await expect(mute).toHaveAttribute('aria-pressed', 'true');
  await expect(bob.call).toContainText('Alice is muted');
  await hearSilence(bob.page);
  await mute.click();
  await hearTone(bob.page, tones.alice);

  await bob.press('Hang up');
  await expect(alice.status).toContainText('Ended');
  await expect(alice.call).toContainText('Bob ended the call');
});

test('a video call: both see a moving picture; the camera goes off and on again', async ({ phones }) => {
  const { alice, bob } = phones;
  await connect(bob, alice, 'Video call', 'Alice');
  await seeMotion(alice.picture);
  await seeMotion(bob.picture);
  await hearTone(alice.page, tones.bob);
  const camera = bob.call.getByRole('button', { name: 'Camera' });
  await camera.click();
  await expect(camera).toHaveAttribute('aria-pressed', 'false');
  await expect(alice.picture).toBeHidden();
  await camera.click();
  await seeMotion(alice.picture);
  await alice.press('Hang up');
  await expect(bob.status).toContainText('Ended');
});

test('a voice call becomes a video call', async ({ phones }) => {
  const { alice, bob } = phones;
  await connect(alice, bob, 'Call', 'Bob');
  await alice.call.getByRole('button', { name: 'Camera' }).click();
  await seeMotion(bob.picture);
  await bob.call.getByRole('button', { name: 'Camera' }).click();
  await seeMotion(alice.picture);
  await hearTone(alice.page, tones.bob);
});

test('declining ends the call at both ends', async ({ phones }) => {
  const { alice, bob } = phones;
  await alice.place('Bob');
  await bob.alert.getByRole('button', { name: 'Decline' }).click();
  await expect(bob.alert).toBeHidden();
  await expect(alice.status).toContainText('Ended');
  await expect(alice.call).toContainText('Bob declined');
});

test('the caller gives up while it rings: every sign of the call goes, and a missed call is told', async ({
  phones,
}) => {
  const { alice, bob } = phones;
  await alice.place('Bob');
  await bob.alert.waitFor();
  await alice.press('Hang up');
  await expect(bob.alert).toBeHidden();
  await expect.poll(async () => (await bob.tray.state()).toolTip).not.toContain('Alice');
  const open = (await bob.notifications.list()).filter(({ open }) => open);
  expect(open.map(({ title, body }) => `${title} ${body}`).join()).toMatch(/[Mm]issed.*Alice|Alice.*[Mm]issed/);
});

test('calling twice rings once', async ({ phones, homeserver, people }) => {
  const { alice, bob } = phones;
  const invites = () => homeserver.sentEvents({ roomId: people.roomId, type: 'm.call.invite' }).length;
  const before = invites();
  await alice.page.getByRole('button', { name: 'Call Bob', exact: true }).first().dblclick();
  await bob.alert.waitFor();
  await bob.alert.getByRole('button', { name: 'Answer', exact: true }).click();
  await expect(alice.status).toContainText('Connected');
  expect(invites()).toBe(before + 1);
  await expect(bob.alert).toBeHidden();
});

test('hanging up while connecting ends both sides at once', async ({ phones }) => {
  const { alice, bob } = phones;
  await alice.place('Bob');
  await bob.alert.getByRole('button', { name: 'Answer', exact: true }).click();
  await bob.press('Hang up');
  await expect(alice.status).toContainText('Ended');
  await expect(bob.status).toContainText('Ended');
});
