/** What a person does while a call goes on, with real media over a real homeserver. */
import { makeLouder } from '../../renderer/media/amplifier.ts';
import { listenForDigits } from '../interop/support/digits.ts';
import type { TestUser } from '../homeserver/client.ts';
import { expect, test, tones } from './support/fixtures.ts';
import type { Phone } from './support/phone.ts';
import { seeColour, seeMotion } from './support/pictures.ts';
import { hearSilence, hearTone } from './support/tones.ts';

/** Hz of Carol's microphone. */
const carolTone = 620;

test.use({ lasting: true });

async function connect(caller: Phone, callee: Phone, name: string): Promise<void> {
  await caller.place(name);
  await callee.alert.getByRole('button', { name: 'Answer', exact: true }).click();
  await expect(caller.status).toContainText('Connected');
  await expect(callee.status).toContainText('Connected');
}

const callWith = (phone: Phone, name: string) => phone.page.getByRole('region', { name: `Call with ${name}` });

test.describe('hold', () => {
  test('silences both ways, is told to both, and the call goes on where it was', async ({ phones }) => {
    const { alice, bob } = phones;
    await connect(alice, bob, 'Bob');
    const hold = alice.call.getByRole('button', { name: 'Hold', exact: true });
    await hold.click();
    await expect(hold).toHaveAttribute('aria-pressed', 'true');
    await expect(alice.status).toHaveText('On hold');
    await expect(bob.status).toHaveText('Held by Alice');
    await hearSilence(alice.page);
    await hearSilence(bob.page);

    await alice.press('Resume');
    await expect(hold).toHaveAttribute('aria-pressed', 'false');
    await expect(bob.status).toHaveText('Connected');
    await hearTone(bob.page, tones.alice);
    await hearTone(alice.page, tones.bob);
  });

  test('a second call: hold and answer, then swap, and back when the other hangs up', async ({
    phones,
    homeserver,
    people,
    start,
  }, info) => {
    const { alice, bob } = phones;
    const carol: TestUser = await homeserver.register(
      `carol-${info.testId.replaceAll(/[^a-z0-9]/g, '')}`,
      'carol-password',
      'Carol',
    );
    await homeserver.directRoom(carol, people.alice);
    const third = await start(carol, { tone: carolTone });
    await connect(alice, bob, 'Bob');
    await third.place('Alice');
    await alice.alert.getByRole('button', { name: 'Hold and answer' }).click();
    await expect(callWith(alice, 'Carol').getByRole('status')).toHaveText('Connected');
    await expect(callWith(alice, 'Bob').getByRole('status')).toHaveText('On hold');
    await expect(bob.status).toHaveText('Held by Alice');
    await hearTone(third.page, tones.alice);
    await hearSilence(bob.page);
    await hearTone(alice.page, carolTone);

    await callWith(alice, 'Bob').getByRole('button', { name: 'Swap' }).click();
    await expect(third.status).toHaveText('Held by Alice');
    await expect(bob.status).toHaveText('Connected');
    await hearTone(alice.page, tones.bob);
    await hearTone(bob.page, tones.alice);
    await hearSilence(third.page);

    await bob.press('Hang up');
    await callWith(alice, 'Carol').getByRole('button', { name: 'Resume' }).click();
    await expect(third.status).toHaveText('Connected');
    await hearTone(third.page, tones.alice);
    await third.press('Hang up');
    await expect(callWith(alice, 'Carol').getByRole('status')).toHaveText('Ended');
  });
});

test.describe('keypad', () => {
  test('digits from keys and keyboard are heard and shown at the far end, also after hold', async ({ phones }) => {
    const { alice, bob } = phones;
    await connect(alice, bob, 'Bob');
    await hearTone(bob.page, tones.alice);
    const ear = await listenForDigits(bob.page);
    await alice.call.getByRole('button', { name: 'Keypad', exact: true }).click();
    await alice.press('1');
    await alice.press('2, A B C');
    await alice.page.keyboard.press('#');
    await alice.page.keyboard.press('Shift+Numpad5');
    await expect(alice.call.getByLabel('Pressed so far')).toHaveText('12#5');
    await expect(bob.call).toContainText('Alice pressed 1 2 # 5');
    await expect.poll(ear.digits).toBe('12#5');
    await ear.stop();

    await alice.press('Hold');
    await expect(bob.status).toHaveText('Held by Alice');
    await alice.press('Resume');
    await expect(bob.status).toHaveText('Connected');
    await alice.page.keyboard.press('9');
    await expect(bob.call).toContainText('Alice pressed 1 2 # 5 9');
    await hearTone(bob.page, tones.alice);
  });

  test('digits typed in a field stay there', async ({ phones }) => {
    const { alice, bob } = phones;
    await connect(alice, bob, 'Bob');
    await expect(alice.call.getByRole('button', { name: 'Keypad' })).toBeVisible();
    const box = alice.page.getByRole('searchbox');
    await box.focus();
    await alice.page.keyboard.type('42');
    await expect(box).toHaveValue('42');
    await alice.call.focus();
    await alice.page.keyboard.press('7');
    await expect(bob.call).toContainText('Alice pressed 7');
  });
});

test.describe('screen share', () => {
  /** Chromium's fake screen. */
  const green = [16, 163, 4] as const;

  test('is chosen, seen at the far end beside the person, and stopped', async ({ phones }) => {
    const { alice, bob } = phones;
    await connect(alice, bob, 'Bob');
    await alice.call.getByRole('button', { name: 'Camera' }).click();
    await seeMotion(bob.picture);
    const share = alice.call.getByRole('button', { name: 'Share screen' });
    await share.click();
    const picker = alice.page.getByRole('dialog', { name: 'Share your screen' });
    await expect(picker.getByRole('radio', { name: 'Entire screen' })).toBeChecked();
    await picker.getByRole('button', { name: 'Share', exact: true }).click();
    await expect(share).toHaveAttribute('aria-pressed', 'true');
    await expect(alice.call).toContainText('You are sharing a whole screen with Bob: Entire screen');

    await expect(bob.call).toContainText('Alice is sharing a screen');
    await seeColour(bob.picture, green);
    await seeMotion(bob.call.locator('.beside video'));
    await hearTone(bob.page, tones.alice);

    // From the tray, since the window may be behind what is shown.
    await alice.tray.menu('Stop sharing the screen');
    await expect(share).toHaveAttribute('aria-pressed', 'false');
    await expect(bob.call).not.toContainText('is sharing a screen');
    await seeMotion(bob.picture);
  });

  test('is refused to a page that was not told what to capture', async ({ phones: { alice } }) => {
    const outcome = await alice.page.evaluate(() =>
      navigator.mediaDevices.getDisplayMedia({ video: true }).then(
        () => 'captured',
        (error: unknown) => (error as Error).name,
      ),
    );
    expect(outcome).toBe('NotAllowedError');
  });
});

test('whoever speaks while muted is told, and only then', async ({ phones }) => {
  const { alice, bob } = phones;
  await connect(alice, bob, 'Bob');
  const hint = alice.call.getByText('You are muted. Bob does not hear you.');
  await expect(hint).toBeHidden();
  await alice.press('Mute microphone');
  await expect(hint).toBeVisible();
  await hearSilence(bob.page);
  await alice.press('Mute microphone');
  await expect(hint).toBeHidden();
  await hearTone(bob.page, tones.alice);
});

/** Runs in the page, so it stands alone. @returns the highest sample of a tone of each amplitude, amplified to twice. */
function peaksOf(amplitudes: readonly number[], louder: typeof makeLouder): Promise<number[]> {
  return Promise.all(
    amplitudes.map(async (amplitude) => {
      const context = new OfflineAudioContext(1, 48_000, 48_000);
      const tone = new OscillatorNode(context, { frequency: 300 });
      const { input, output } = louder(context, 2);
      tone.connect(new GainNode(context, { gain: amplitude })).connect(input);
      output.connect(context.destination);
      tone.start(0.1);
      const samples = (await context.startRendering()).getChannelData(0);
      return samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
    }),
  );
}

test('a person can be turned down, and up to twice as loud', async ({ phones }) => {
  const { alice, bob } = phones;
  await connect(alice, bob, 'Bob');
  await hearTone(alice.page, tones.bob);
  await alice.press('More');
  const slider = alice.page.getByRole('slider', { name: 'Volume of Bob' });
  const audio = alice.page.locator('audio').first();
  const played = () => audio.evaluate(({ muted, volume }: HTMLAudioElement) => (muted ? 'amplified' : volume));
  await slider.fill('0.5');
  await expect.poll(played).toBe(0.5);
  // Beyond what an element can do it is amplified instead.
  await slider.fill('2');
  await expect.poll(played).toBe('amplified');
  // Measured in this Chromium: a quiet voice is doubled, and none is clipped.
  const peaks = await alice.page.evaluate<number[]>(
    `(${peaksOf.toString()})([0.02, 0.2, 1], ${makeLouder.toString()})`,
  );
  expect(peaks[0]).toBeCloseTo(0.04, 3);
  expect(peaks[1]).toBeCloseTo(0.4, 2);
  expect(peaks[2]).toBeGreaterThan(0.9);
  expect(peaks[2]).toBeLessThan(1);
  await slider.fill('1');
  await expect.poll(played).toBe(1);
  await hearTone(alice.page, tones.bob);
});

test('by keyboard alone: call, answer, dial, hold, resume, share, stop, hang up', async ({ phones }) => {
  const { alice, bob } = phones;
  /** Goes on with Tab until the named button has the focus, and presses it as a person would. */
  const push = async ({ page, call }: Phone, name: string, key: 'Enter' | ' ' = 'Enter'): Promise<void> => {
    // The main navigation has a keypad of its own.
    const within = name === 'Keypad' ? call : page;
    const button = within.getByRole('button', { name, exact: true }).and(page.locator(':focus'));
    for (let step = 0; step < 40 && !(await button.isVisible()); step++) await page.keyboard.press('Tab');
    await expect(button).toBeVisible();
    await page.keyboard.press(key);
  };
  await push(alice, 'Call Bob');
  await bob.alert.waitFor();
  // Keys mean nothing in the first half second, nor while somebody types.
  await expect(async () => {
    await bob.page.keyboard.press('Enter', { delay: 20 });
    await expect(bob.status).toContainText('Connected', { timeout: 1500 });
  }).toPass();
  await expect(alice.status).toContainText('Connected');

  await push(alice, 'Keypad', ' ');
  await push(alice, '5, J K L');
  await expect(bob.call).toContainText('Alice pressed 5');
  await alice.page.keyboard.press('Escape');
  await push(alice, 'Hold');
  await expect(bob.status).toHaveText('Held by Alice');
  await push(alice, 'Resume');
  await expect(bob.status).toHaveText('Connected');
  await push(alice, 'Share screen');
  await push(alice, 'Share');
  await expect(bob.call).toContainText('Alice is sharing a screen');
  await push(alice, 'Stop sharing');
  await expect(bob.call).not.toContainText('Alice is sharing a screen');
  await push(alice, 'Hang up');
  await expect(bob.status).toHaveText('Ended');
});

test('the figures of a real call, the whole screen, and the picture in a window of its own', async ({ phones }) => {
  const { alice, bob } = phones;
  await alice.place('Bob', 'Video call');
  await bob.alert.getByRole('button', { name: 'Answer with video', exact: true }).click();
  await expect(alice.status).toContainText('Connected');
  await seeMotion(alice.picture);

  await alice.press('More');
  await alice.press('Call details');
  const details = alice.page.getByRole('dialog', { name: 'Details of the call with Bob' });
  const row = (label: string) => details.locator('.row', { hasText: label }).locator('dd');
  // The second look brings what has to be counted.
  await expect(row('Quality')).toHaveText(/^[1-4]\.\d of 4\.5$/);
  await expect(row('There and back')).toHaveText(/^\d+ ms$/);
  await expect(row('Received')).toHaveText(/^[1-9][\d,]* kb\/s$/);
  await expect(row('Sent')).toHaveText(/^[1-9][\d,]* kb\/s$/);
  await expect(row('Sound').first()).toHaveText(/%|opus/);
  await expect(row('Path')).toHaveText(/^Direct, UDP \(\w+ to \w+\)$/);
  await expect(row('Encryption')).toContainText('DTLS 1.');
  await expect(details).not.toContainText('127.0.0.1');
  await details.getByRole('button', { name: 'Close' }).click();

  const inDocument = (what: 'fullscreenElement' | 'pictureInPictureElement') =>
    alice.page.evaluate((name) => document[name] !== null, what);
  const full = alice.call.getByRole('button', { name: 'Full screen' });
  await full.click();
  await expect(full).toHaveAttribute('aria-pressed', 'true');
  expect(await inDocument('fullscreenElement')).toBe(true);
  await full.click();
  await expect(full).toHaveAttribute('aria-pressed', 'false');

  const out = alice.call.getByRole('button', { name: 'Picture in picture' });
  await out.click();
  await expect(out).toHaveAttribute('aria-pressed', 'true');
  expect(await inDocument('pictureInPictureElement')).toBe(true);
  await seeMotion(alice.picture);
  await out.click();
  await expect(out).toHaveAttribute('aria-pressed', 'false');
  expect(await inDocument('pictureInPictureElement')).toBe(false);
});
