/** Windows, navigation and the process: what the desktop side of Carillon stands on. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { electronExecutable } from '../../electron-host/executable.ts';
import { eventsOf, expect, test } from './fixture.ts';

test('closing hides, the tray shows, and visibility and focus follow', async ({ running }) => {
  const window = await running.window();
  const seen = (): Promise<boolean[]> => window.evaluate((shown) => [shown.isVisible(), shown.isFocused()]);
  await expect.poll(seen).toEqual([true, true]);
  await window.evaluate((shown) => {
    shown.close();
  });
  expect(await seen()).toEqual([false, false]);
  expect(await window.evaluate((shown) => shown.isDestroyed())).toBe(false);
  await running.tray.click();
  expect(await seen()).toEqual([true, true]);
});

test('showInactive shows without taking the focus', async ({ running }) => {
  const window = await running.window();
  await expect.poll(() => window.evaluate((shown) => shown.isFocused())).toBe(true);
  const events = await running.main(({ BrowserWindow }) => {
    const other = new BrowserWindow({ show: false, alwaysOnTop: true, width: 300, height: 200 });
    const told: string[] = [];
    for (const name of ['show', 'hide', 'closed'] as const) other.on(name as 'show', () => told.push(name));
    other.on('focus', () => told.push('focus'));
    other.showInactive();
    const state = [other.isVisible(), other.isFocused(), other.isAlwaysOnTop(), other.getSize().join('×')];
    other.hide();
    other.destroy();
    return [...told, ...state.map(String), String(other.isDestroyed())];
  });
  expect(events).toEqual(['show', 'hide', 'closed', 'true', 'false', 'true', '300×200', 'true']);
  expect(await window.evaluate((shown) => shown.isFocused())).toBe(true);
});

test('a link to elsewhere is held by will-navigate, the page stays', async ({ running: { page }, running }) => {
  await page.evaluate(() => {
    location.href = 'http://evil.test/';
  });
  await expect.poll(() => eventsOf(running)).toContain('page to http://evil.test/');
  await expect(page.locator('#bridge')).toHaveText('object');
  await page.evaluate(() => {
    location.href = '/index.html?again';
  });
  await page.waitForURL(/again$/);
  await expect(page.locator('#bridge')).toHaveText('object');
  expect(await eventsOf(running)).toContain('page to app://fixture/index.html?again');
});

test('subframes have no bridge, and their navigation is told', async ({ running: { page }, running }) => {
  const server = http.createServer((_request, response) => response.end('<p id="inner">inner</p>'));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
  await page.evaluate((source) => {
    const frame = document.createElement('iframe');
    frame.src = source;
    document.body.append(frame);
  }, url);
  await expect(page.frameLocator('iframe').locator('#inner')).toHaveText('inner');
  const inner = page.frames().find((frame) => frame.url() === url);
  expect(await inner?.evaluate(() => 'fixture' in window)).toBe(false);
  expect(await eventsOf(running)).toContain(`frame to ${url}`);
  server.close();
});

test('a link with a target is given to the app and no window opens', async ({ running }) => {
  await running.page.getByRole('link', { name: 'Help' }).click();
  await expect.poll(() => running.log()).toEqual([['openExternal', 'https://example.test/help']]);
  await expect.poll(() => running.app.windows().length).toBe(1);
});

test('the chosen theme is what pages prefer', async ({ running: { page }, running }) => {
  const prefersDark = (): Promise<boolean> => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  expect(await prefersDark()).toBe(false);
  const updated = await running.main(({ nativeTheme }) => {
    const told: boolean[] = [];
    nativeTheme.on('updated', () => told.push(nativeTheme.shouldUseDarkColors));
    nativeTheme.themeSource = 'dark';
    return told;
  });
  expect(updated).toEqual([true]);
  await expect.poll(prefersDark).toBe(true);
  await page.reload();
  await expect.poll(prefersDark).toBe(true);
});

test('a crashed page is told, and comes back by reload', async ({ running }) => {
  const reason = await running.main(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    window?.webContents.forcefullyCrashRenderer();
    return new Promise<string>((resolve) => {
      window?.webContents.once('render-process-gone', (_event, details) => {
        resolve(details.reason);
      });
    });
  });
  expect(['crashed', 'killed']).toContain(reason);
  const url = await running.main(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    const loaded = new Promise<string | undefined>((resolve) => {
      window?.webContents.once('did-finish-load', () => {
        resolve(window.webContents.getURL());
      });
    });
    window?.webContents.reload();
    return loaded;
  });
  expect(url).toBe('app://fixture/index.html');
});

test('what pages store is there after a restart', async ({ start }) => {
  const first = await start();
  await first.page.evaluate(() => {
    localStorage.setItem('key', 'value');
  });
  const { profile } = first;
  await first.close({ keepProfile: true });
  const second = await start({ profile });
  expect(await second.page.evaluate(() => localStorage.getItem('key'))).toBe('value');
  await second.close();
  fs.rmSync(path.dirname(profile), { recursive: true, force: true });
});

test('a second instance ends and the first is told', async ({ running, appPath }) => {
  const { path: executable } = electronExecutable();
  const second = spawn(executable, ['--no-sandbox', `--user-data-dir=${running.profile}`, appPath], {
    stdio: 'ignore',
  });
  expect(await once(second, 'exit')).toEqual([0, null]);
  await expect.poll(() => eventsOf(running)).toContain('second-instance {"hello":1}');
});

test('quitting from the tray ends the process', async ({ running }) => {
  const ended = once(running.app.process(), 'exit');
  await running.tray.menu('Quit').catch(() => undefined); // the connection may end before the answer
  expect(await ended).toEqual([0, null]);
});

test('a killed main process leaves no Chromium behind', async ({ running }) => {
  const ownProcesses = (): string[] =>
    fs
      .readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .filter((pid) => {
        const file = `/proc/${pid}/cmdline`;
        return fs.existsSync(file) && fs.readFileSync(file, 'utf8').includes(running.profile);
      });
  expect(ownProcesses().length).toBeGreaterThan(1);
  await running.kill();
  await expect.poll(ownProcesses).toEqual([]);
});

test('a switch that main sets before it is ready holds', async ({ start }) => {
  const { page, app } = await start({ env: { FIXTURE_LANGUAGE: 'de' } });
  expect(await page.evaluate(() => navigator.language)).toBe('de');
  expect(await app.evaluate((electron) => electron.app.getLocale())).toBe('de');
});

test('an error in main is shown and the app lives on', async ({ running }) => {
  await running.main(() => {
    setTimeout(() => {
      throw new Error('late');
    });
  });
  await expect.poll(async () => (await running.log()).map(([what]) => what)).toContain('showErrorBox');
  expect(await running.page.evaluate(() => window.fixture.invoke('echo', 1))).toBe(1);
});
