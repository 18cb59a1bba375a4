/** Which microphone, speaker and camera are taken, with Chromium's fake devices: two of each beside the system's. */
import { expect, test, tones } from './support/fixtures.ts';
import type { Phone } from './support/phone.ts';
import { hearTone } from './support/tones.ts';

async function connect(caller: Phone, callee: Phone): Promise<void> {
  await caller.place('Bob');
  await callee.alert.getByRole('button', { name: 'Answer', exact: true }).click();
  await expect(caller.status).toContainText('Connected');
  await hearTone(callee.page, tones.alice);
}

test('another microphone from the tray: the far end goes on hearing, nothing is negotiated', async ({
  phones,
  homeserver,
}) => {
  const { alice, bob } = phones;
  await connect(alice, bob);
  const opened = await watchMicrophones(alice);
  const negotiations = () => homeserver.sentEvents({ type: 'm.call.negotiate' }).length;
  const before = negotiations();
  const entries = async () =>
    (await alice.tray.state()).menu.find(({ label }) => label === 'Microphone')?.submenu ?? [];
  await expect
    .poll(async () => (await entries()).map(({ label, checked }) => [label, checked]))
    .toEqual([
      ['System default', true],
      ['Fake Audio Input 1', false],
      ['Fake Audio Input 2', false],
    ]);
  await alice.tray.menu('Fake Audio Input 2');
  await expect.poll(opened).toEqual(['Fake Audio Input 2']);
  await hearTone(bob.page, tones.alice);
  await expect.poll(async () => (await entries()).find(({ checked }) => checked)?.label).toBe('Fake Audio Input 2');
  expect(negotiations()).toBe(before);
});

/** From now on: the labels of the microphones that the page opens. */
async function watchMicrophones({ page }: Phone): Promise<() => Promise<string[]>> {
  const labels = await page.evaluateHandle(() => {
    const opened: string[] = [];
    const { mediaDevices } = navigator;
    const open = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = async (constraints) => {
      const stream = await open(constraints);
      opened.push(...stream.getAudioTracks().map(({ label }) => label));
      return stream;
    };
    return opened;
  });
  return () => labels.jsonValue();
}
