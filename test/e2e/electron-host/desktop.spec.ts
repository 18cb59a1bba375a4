/** Tray, notifications, shortcuts, power: through the doubles and the probe, in which the other specs trust. */
import { eventsOf, expect, test } from './fixture.ts';

test('a ringing call: tray, notification, badge, answer', async ({ running }) => {
  await running.page.evaluate(() => {
    window.fixture.send('ring', 'Alice');
  });
  await expect.poll(() => running.tray.state()).toMatchObject({ shown: true, toolTip: 'Ringing: Alice' });
  const shown = { title: 'Incoming call', body: 'Alice', actions: ['Answer', 'Decline'] };
  expect(await running.notifications.list()).toEqual([{ ...shown, open: true }]);
  expect(await running.main(({ app }) => app.getBadgeCount())).toBe(1);
  await running.notifications.action(0, 1);
  await expect(running.page.locator('#told')).toHaveText('action 1');
  expect(await running.notifications.list()).toEqual([{ ...shown, open: false }]);
});

test('shortcuts, power and the tray menu reach the page', async ({ running }) => {
  const told = running.page.locator('#told');
  expect(await running.shortcuts.list()).toEqual(['CommandOrControl+Shift+M']);
  expect(await running.shortcuts.press('CommandOrControl+Shift+M')).toBe(true);
  await expect(told).toHaveText('shortcut');
  await running.main(({ powerMonitor }) => {
    powerMonitor.emit('suspend');
  });
  await expect(told).toHaveText('suspend');
  await running.tray.menu('Do not disturb');
  await expect(told).toHaveText('busy true');
  const { menu } = await running.tray.state();
  expect(menu.find(({ id }) => id === 'busy')).toMatchObject({ type: 'checkbox', checked: true });
});

test('secrets are encrypted where there is a keyring', async ({ running, start }) => {
  const secret = await running.main(async ({ safeStorage }) => {
    const encrypted = await safeStorage.encryptStringAsync('secret');
    const { result } = await safeStorage.decryptStringAsync(encrypted);
    return { available: await safeStorage.isAsyncEncryptionAvailable(), hidden: !encrypted.includes('secret'), result };
  });
  expect(secret).toEqual({ available: true, hidden: true, result: 'secret' });
  const without = await start({ env: { ELECTRON_HOST_SAFE_STORAGE: 'off' } });
  expect(await without.main(({ safeStorage }) => safeStorage.isAsyncEncryptionAvailable())).toBe(false);
});

test('what the app asks of the permission handlers', async ({ running }) => {
  const kinds = await running.page.evaluate(async () => {
    const media = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
    const screen = await navigator.mediaDevices.getDisplayMedia({ video: true });
    return [...media.getTracks(), ...screen.getTracks()].map(({ kind }) => kind).sort();
  });
  expect(kinds).toEqual(['audio', 'video', 'video']);
  const events = await eventsOf(running);
  expect(events).toContain('permission media app://fixture/index.html ["audio","video"]');
  expect(events).toContain('display app://fixture/');
});

test('the app can deny the microphone', async ({ start }) => {
  const { page } = await start({ env: { FIXTURE_DENY_MEDIA: '1' } });
  const denied = await page.evaluate(() =>
    navigator.mediaDevices.getUserMedia({ audio: true }).then(
      () => 'granted',
      (error: unknown) => (error as Error).name,
    ),
  );
  expect(denied).toBe('NotAllowedError');
});
