/** Calls that ring while nobody looks: the call window, and all the other signs, which come and go together. */
import { expect, test, tones } from './support/fixtures.ts';
import type { Phone } from './support/phone.ts';
import { hearTone } from './support/tones.ts';

/** As a person who works in another program. */
async function lookAway(phone: Phone): Promise<void> {
  const window = await phone.window();
  await window.evaluate((shown) => {
    shown.blur();
  });
}

test('a call window rings above what one works on, leaves the keyboard there, and answers', async ({ phones }) => {
  const { alice, bob } = phones;
  const ringing = await bob.callWindow();
  expect(await ringing.isVisible()).toBe(false);
  await lookAway(bob);
  await alice.place('Bob');
  await expect.poll(ringing.isVisible).toBe(true);
  expect(await ringing.isFocused()).toBe(false);
  await expect(ringing.alert).toHaveAccessibleName('Incoming call from Alice');
  await ringing.page.screenshot({ path: '/tmp/ringing/e2e.png' });
  await ringing.page.getByRole('button', { name: 'Answer', exact: true }).click();
  await expect(alice.status).toContainText('Connected');
  expect(await ringing.isVisible()).toBe(false);
  await hearTone(alice.page, tones.bob);
});
