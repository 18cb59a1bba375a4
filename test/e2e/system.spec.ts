/** Carillon from outside its window: global keys, the command line, links, and the wish to quit. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, tones } from './support/fixtures.ts';
import type { LaunchedCarillon } from './support/launch.ts';
import type { Phone } from './support/phone.ts';
import { startAgain } from './support/second-start.ts';
import { hearSilence, hearTone } from './support/tones.ts';

const muteKey = 'CommandOrControl+Shift+M';

async function connect({ alice, bob }: { readonly alice: Phone; readonly bob: Phone }): Promise<void> {
  await alice.place('Bob');
  await bob.alert.getByRole('button', { name: 'Answer', exact: true }).click();
  await expect(alice.status).toContainText('Connected');
}

const isVisible = async (carillon: LaunchedCarillon): Promise<boolean> =>
  (await carillon.window()).evaluate((window: Electron.BrowserWindow) => window.isVisible());

/** What a verb that was carried out leaves. */
const done = { code: 0, stderr: '' };

test.describe(() => {
  test.use({ lasting: true });

  test('a global key mutes while the window is hidden; another one is recorded, and a refused one is told', async ({
    phones,
  }) => {
    const { alice, bob } = phones;
    await connect(phones);
    await (
      await bob.window()
    ).evaluate((window: Electron.BrowserWindow) => {
      window.close();
    });
    await expect.poll(() => isVisible(bob)).toBe(false);
    await hearTone(alice.page, tones.bob);
    expect(await bob.shortcuts.press(muteKey)).toBe(true);
    const pressedAt = Date.now();
    await hearSilence(alice.page);
    await expect.poll(async () => (await bob.tray.state()).toolTip).toContain('muted');
    await expect(bob.call.getByRole('button', { name: 'Mute microphone' })).toHaveAttribute('aria-pressed', 'true');
    // Nobody presses it sooner again: what comes so soon is a key that is held and repeats.
    await expect.poll(() => Date.now() - pressedAt).toBeGreaterThan(700);
    await bob.shortcuts.press(muteKey);
    await hearTone(alice.page, tones.bob);

    const { page } = bob;
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await page.getByRole('button', { name: 'Keys', exact: true }).click();
    await page.getByRole('button', { name: 'Mute microphone Ctrl Shift M' }).click();
    // While it records, the key that is there does nothing.
    await expect.poll(() => bob.main(({ globalShortcut }) => globalShortcut.isSuspended())).toBe(true);
    expect(await bob.shortcuts.press(muteKey)).toBe(false);
    await page.keyboard.press('Control+Alt+K');
    await expect(page.getByRole('button', { name: 'Mute microphone Ctrl Alt K' })).toBeVisible();
    expect(await bob.shortcuts.list()).toEqual(['CommandOrControl+Alt+K']);
    await page.getByRole('button', { name: 'Hang up No key' }).click();
    await page.keyboard.press('Control+Alt+K');
    await expect(page.getByRole('alert')).toContainText('already the key for “Mute microphone”');
  });

  test('the command line calls, answers, mutes, holds, declines and hangs up, and its exit codes say what became of it', async ({
    phones,
  }) => {
    const { alice, bob } = phones;
    const nowhere = mkdtempSync(path.join(tmpdir(), 'carillon-nowhere-'));
    expect((await startAgain(nowhere, '--answer')).code).toBe(3);
    rmSync(nowhere, { recursive: true, force: true });
    expect((await startAgain(alice.profile, '--call=bob')).code).toBe(2);
    const idle = await startAgain(bob.profile, '--answer');
    expect([idle.code, idle.stderr]).toEqual([1, expect.stringContaining('no call is ringing')]);

    expect(await startAgain(alice.profile, `--call=${bob.user.userId}`)).toEqual(done);
    await expect(bob.alert).toBeVisible();
    // A page that is busy for long: the second start waits, and opens nothing of the first one's profile meanwhile.
    const busy = bob.page.evaluate(() => {
      const end = performance.now() + 3000;
      while (performance.now() < end);
    });
    expect(await startAgain(bob.profile, '--answer')).toEqual(done);
    await busy;
    await expect(alice.status).toContainText('Connected');
    expect(await startAgain(alice.profile, '--mute=on')).toEqual(done);
    await hearSilence(bob.page);
    expect(await startAgain(alice.profile, '--mute')).toEqual(done);
    await hearTone(bob.page, tones.alice);
    expect(await startAgain(alice.profile, '--hold')).toEqual(done);
    await expect(bob.status).toHaveText('Held by Alice');
    expect(await startAgain(alice.profile, '--hold')).toEqual(done);
    await hearTone(bob.page, tones.alice);
    expect(await startAgain(bob.profile, '--hang-up')).toEqual(done);
    await expect(alice.status).toContainText('Ended');
    expect((await startAgain(alice.profile, '--hang-up')).code).toBe(1);
    expect(await startAgain(alice.profile, `--call=${bob.user.userId}`)).toEqual(done);
    await expect(bob.alert).toBeVisible();
    expect(await startAgain(bob.profile, '--decline')).toEqual(done);
    await expect(alice.status).toContainText('Ended');
  });

  test('a link that is opened asks before it calls; one to nowhere is told', async ({ phones }) => {
    const { alice, bob } = phones;
    const dialog = alice.page.getByRole('alertdialog');
    await startAgain(alice.profile, 'matrix:u/%3Cimg%20src=x%3E?action=call');
    await expect(dialog).toHaveAccessibleName('This link cannot be followed');
    await dialog.getByRole('button', { name: 'Close' }).click();
    await startAgain(alice.profile, `matrix:u/${bob.user.userId.slice(1)}?action=call`);
    await expect(dialog).toHaveAccessibleName('Call Bob?');
    await expect(bob.alert).toBeHidden();
    await dialog.getByRole('button', { name: 'Call', exact: true }).click();
    await expect(bob.alert).toHaveAccessibleName('Incoming call from Alice');
  });
});

test('the switch for a start with the desktop writes what desktops read', async ({ people, start }) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'carillon-config-'));
  const { page } = await start(people.alice, { env: { XDG_CONFIG_HOME: folder } });
  const entry = path.join(folder, 'autostart', 'org.example.Carillon.desktop');
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  const autostart = page.getByRole('switch', { name: 'Start with the desktop' });
  await autostart.check();
  await expect.poll(() => existsSync(entry)).toBe(true);
  expect(readFileSync(entry, 'utf8')).toMatch(/^Exec=.+ --hidden$/m);
  await autostart.uncheck();
  await expect.poll(() => existsSync(entry)).toBe(false);
  rmSync(folder, { recursive: true, force: true });
});

test('the pages that list the keys have no accessibility violation, in light and dark', async ({ people, start }) => {
  const { page } = await start(people.alice);
  const violations = async (): Promise<readonly string[]> =>
    (await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations.map(({ id }) => id);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await page.getByRole('button', { name: 'Keys', exact: true }).click();
    await page.getByRole('button', { name: 'Push to talk No key' }).click();
    await page.keyboard.press('k');
    await expect(page.getByRole('alert')).toContainText('could no longer be typed');
    expect(await violations()).toEqual([]);
    await page.screenshot({ path: test.info().outputPath(`keys-${colorScheme}.png`) });
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
    expect(await violations()).toEqual([]);
    await page.screenshot({ path: test.info().outputPath(`keys-dialog-${colorScheme}.png`) });
    await page.keyboard.press('Escape');
  }
});

test('quitting during a call asks once; staying stays, and quitting hangs up', async ({ phones }) => {
  const { alice, bob } = phones;
  await connect(phones);
  const answer = (button: number): Promise<void> =>
    bob.main(({ dialog }, response) => {
      const asked = ((globalThis as { asked?: unknown[] }).asked ??= []);
      dialog.showMessageBox = (...args: unknown[]) => {
        asked.push((args.at(-1) as Electron.MessageBoxOptions).message);
        return Promise.resolve({ response, checkboxChecked: false });
      };
    }, button);
  await answer(1);
  await bob.tray.menu('Quit');
  await expect
    .poll(() => bob.main(() => (globalThis as { asked?: unknown[] }).asked))
    .toEqual(['You are in a call with Alice.']);
  await hearTone(alice.page, tones.bob);
  const ended = new Promise((resolve) => bob.app.process().once('exit', resolve));
  await answer(0);
  await bob.tray.menu('Quit').catch(() => undefined);
  await ended;
  await expect(alice.status).toContainText('Ended');
});
