/**
 * Which microphone, speaker and camera are taken, with Chromium's fake devices: two of each beside the system's. Nobody can
 * unplug those: a double in the page hides one and says so, as Chromium would. What follows is real.
 */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, tones } from './support/fixtures.ts';
import type { Phone } from './support/phone.ts';
import { hearTone } from './support/tones.ts';

async function openSettings({ page }: Phone): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Audio and video' }).click();
}

interface Opened {
  readonly label: string;
  readonly noiseSuppression: boolean | undefined;
  /** ms since the plug was pulled or put back. */
  readonly after: number;
}

/** From now on: the microphones that the page opens. And a plug that can be pulled. */
async function watchMicrophones({ page }: Phone) {
  const plugs = await page.evaluateHandle(() => {
    const { mediaDevices } = navigator;
    const list = mediaDevices.enumerateDevices.bind(mediaDevices);
    const open = mediaDevices.getUserMedia.bind(mediaDevices);
    const opened: Opened[] = [];
    const tracks: MediaStreamTrack[] = [];
    let hidden: string | null = null;
    let since = performance.now();
    mediaDevices.enumerateDevices = async () => (await list()).filter(({ label }) => label !== hidden);
    mediaDevices.getUserMedia = async (constraints) => {
      const stream = await open(constraints);
      for (const track of stream.getAudioTracks()) {
        if (track.label === hidden) {
          track.stop();
          throw new DOMException('', 'NotFoundError');
        }
        const after = performance.now() - since;
        opened.push({ label: track.label, noiseSuppression: track.getSettings().noiseSuppression, after });
        tracks.push(track);
      }
      return stream;
    };
    return {
      opened,
      setHidden: (label: string | null) => {
        hidden = label;
        since = performance.now();
        for (const track of tracks.filter((one) => one.label === label && one.readyState === 'live')) {
          track.stop();
          track.dispatchEvent(new Event('ended'));
        }
        mediaDevices.dispatchEvent(new Event('devicechange'));
      },
    };
  });
  return {
    latest: () => plugs.evaluate(({ opened }) => opened.at(-1)),
    unplug: (label: string) => plugs.evaluate(({ setHidden }, name) => setHidden(name), label),
    replug: () => plugs.evaluate(({ setHidden }) => setHidden(null)),
  };
}

test.describe(() => {
  test.use({ lasting: true });

  test('the microphone of a running call: chosen in the tray, unplugged, plugged in again, processed otherwise', async ({
    phones,
    homeserver,
  }) => {
    const { alice, bob } = phones;
    await alice.place('Bob');
    await bob.alert.getByRole('button', { name: 'Answer', exact: true }).click();
    await expect(alice.status).toContainText('Connected');
    await hearTone(bob.page, tones.alice);
    const negotiations = () => homeserver.sentEvents({ type: 'm.call.negotiate' }).length;
    const before = negotiations();
    const microphones = await watchMicrophones(alice);
    const label = async () => (await microphones.latest())?.label;

    const offered = async () => {
      const { menu } = await alice.tray.state();
      return menu.find((entry) => entry.label === 'Microphone')?.submenu.map((entry) => [entry.label, entry.checked]);
    };
    await expect.poll(offered).toEqual([
      ['System default', true],
      ['Fake Audio Input 1', false],
      ['Fake Audio Input 2', false],
    ]);
    await alice.tray.menu('Fake Audio Input 2');
    await expect.poll(label).toBe('Fake Audio Input 2');
    await hearTone(bob.page, tones.alice);

    await microphones.unplug('Fake Audio Input 2');
    await expect.poll(label).toBe('Fake Default Audio Input');
    expect((await microphones.latest())?.after).toBeLessThan(1000);
    await expect(alice.call).toContainText('Your microphone is now: Fake Default Audio Input');
    await hearTone(bob.page, tones.alice);
    await microphones.replug();
    await expect.poll(label).toBe('Fake Audio Input 2');
    expect((await microphones.latest())?.after).toBeLessThan(1000);
    await hearTone(bob.page, tones.alice);

    await alice.press('More');
    await alice.page.getByRole('combobox', { name: 'Speaker' }).selectOption({ label: 'Fake Audio Output 2' });
    const sinks = () =>
      alice.page.evaluate(async () => {
        const devices = await navigator.mediaDevices.enumerateDevices();
        const used = [...document.querySelectorAll('audio')].map(({ sinkId }) => sinkId);
        return used.map((id) => devices.find(({ deviceId }) => deviceId === id)?.label);
      });
    await expect.poll(sinks).toEqual(['Fake Audio Output 2']);
    await alice.page.keyboard.press('Escape');

    await openSettings(alice);
    await alice.page.getByRole('switch', { name: 'Noise suppression' }).uncheck();
    await expect.poll(microphones.latest).toMatchObject({ label: 'Fake Audio Input 2', noiseSuppression: false });
    await hearTone(bob.page, tones.alice);
    expect(negotiations()).toBe(before);
  });
});

test('audio and video settings: the meter moves, one hears oneself, the camera is seen, and all is accessible', async ({
  people,
  start,
}) => {
  const alice = await start(people.alice, { tone: tones.alice });
  const { page } = alice;
  await openSettings(alice);
  await alice.press('Test');
  const loudness = async () =>
    Number(await page.getByRole('meter', { name: 'Microphone level' }).getAttribute('aria-valuenow'));
  await expect.poll(loudness).toBeGreaterThan(30);
  await page.getByRole('combobox', { name: 'Microphone' }).selectOption({ label: 'Fake Audio Input 1' });
  await page.getByRole('combobox', { name: 'Microphone' }).selectOption({ label: 'Fake Audio Input 2' });
  await page.getByText('Order of choice').click();
  await expect.poll(loudness).toBeGreaterThan(30);
  await alice.press('Show preview');
  await expect
    .poll(() => page.locator('main video').evaluate((video: HTMLVideoElement) => video.videoWidth))
    .toBeGreaterThan(0);
  for (const theme of ['light', 'dark']) {
    await page.evaluate((name) => (document.documentElement.dataset.theme = name), theme);
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  }
  await alice.press('Record');
  await alice.press('Stop and play');
  await expect(page.getByRole('button', { name: 'Record' })).toBeVisible();
  await alice.press('Play tone');
  await alice.press('Ring once');
  await expect(page.getByRole('button', { name: 'Play tone' })).toBeVisible();
  await expect(page.getByRole('alert')).toBeHidden();
});
