import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openSettings } from '../../../../main/settings/settings';
import { defaultSettings } from '../../../../preload/contract/default-settings';
import { openWindowState } from '../../../../main/settings/window-state';
import { quietLog } from '../quiet-log';

vi.mock('electron-store', async () => ({ default: (await import('../electron-store')).Store }));

let folder: string;
const file = () => path.join(folder, 'settings.json');
const stored = () => JSON.parse(readFileSync(file(), 'utf8')) as unknown;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'carillon-settings-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('settings', () => {
  it('starts with the defaults', () => {
    expect(openSettings(folder, quietLog()).get()).toEqual(defaultSettings);
  });

  it('keeps a change for the next start, in a file that only its owner can read', () => {
    const after = openSettings(folder, quietLog()).change({ theme: 'dark' });
    expect(after).toEqual({ ...defaultSettings, theme: 'dark' });
    expect(openSettings(folder, quietLog()).get().theme).toBe('dark');
    expect(stored()).toMatchObject({ version: 1 });
    if (process.platform !== 'win32') expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it('tells subscribers what changed, and only when something did', () => {
    const settings = openSettings(folder, quietLog());
    const listener = vi.fn();
    const end = settings.subscribe(listener);
    settings.change({ language: 'de' });
    settings.change({ language: 'de' });
    end();
    settings.change({ language: 'en' });
    expect(listener.mock.calls).toEqual([[{ ...defaultSettings, language: 'de' }]]);
  });

  it('fills in what an older version did not know', () => {
    const { missed, ...notifications } = defaultSettings.notifications;
    writeFileSync(file(), JSON.stringify({ version: 1, theme: 'light', notifications }));
    expect(openSettings(folder, quietLog()).get()).toEqual({ ...defaultSettings, theme: 'light' });
    expect(existsSync(`${file()}.damaged`)).toBe(false);
    expect(openSettings(folder, quietLog()).trouble).toBeNull();
  });

  it.each([
    ['cut off', '{"version":1,"the'],
    ['empty', ''],
    ['another type', '[]'],
  ])('%s: the defaults, and the old file kept aside, which is told', (_what, text) => {
    writeFileSync(file(), text);
    const settings = openSettings(folder, quietLog());
    expect(settings.get()).toEqual(defaultSettings);
    expect(settings.trouble).toBe('setAside');
    expect(readFileSync(`${file()}.damaged`, 'utf8')).toBe(text);
    settings.change({ theme: 'dark' });
    const next = openSettings(folder, quietLog());
    expect([next.get().theme, next.trouble]).toEqual(['dark', null]);
  });

  it.each([
    ['a value out of range', { version: 1, theme: 'dark', language: 'tlh' }],
    ['a later layout', { version: 2, theme: 'dark' }],
    ['a later version of a section', { version: 1, theme: 'dark', notifications: { missed: false, colour: 'red' } }],
  ])('%s: what is known is kept, and the old file as well, which is told', (_what, written) => {
    writeFileSync(file(), JSON.stringify(written));
    const settings = openSettings(folder, quietLog());
    const notifications = { ...defaultSettings.notifications, missed: !('notifications' in written) };
    expect(settings.get()).toEqual({ ...defaultSettings, theme: 'dark', notifications });
    expect(settings.trouble).toBe('setAside');
    expect(JSON.parse(readFileSync(`${file()}.damaged`, 'utf8'))).toEqual(written);
    settings.change({ closeToTray: false });
    const next = openSettings(folder, quietLog());
    expect(next.get()).toEqual({ ...settings.get(), closeToTray: false });
    expect(next.trouble).toBeNull();
  });

  it('leaves what a later version has chosen for that version', () => {
    writeFileSync(file(), JSON.stringify({ version: 1, theme: 'dark', later: { colour: 'red' } }));
    const settings = openSettings(folder, quietLog());
    expect([settings.get().theme, settings.trouble]).toEqual(['dark', null]);
    expect(settings.get()).not.toHaveProperty('later');
    settings.change({ theme: 'light' });
    expect(stored()).toMatchObject({ theme: 'light', later: { colour: 'red' } });
  });

  it('goes on without a disk, and tells it', () => {
    writeFileSync(path.join(folder, 'plain-file'), '');
    const log = quietLog();
    const settings = openSettings(path.join(folder, 'plain-file', 'below'), log);
    expect(settings.change({ theme: 'dark' }).theme).toBe('dark');
    expect(settings.get().theme).toBe('dark');
    expect(settings.trouble).toBe('notKept');
    expect(log.failure).toHaveBeenCalled();
  });

  it('goes on when the disk cannot be written any more', () => {
    const log = quietLog();
    const settings = openSettings(folder, log);
    rmSync(folder, { recursive: true });
    writeFileSync(folder, '');
    chmodSync(folder, 0o400);
    expect(settings.change({ closeToTray: false }).closeToTray).toBe(false);
    expect(log.failure).toHaveBeenCalled();
  });
});

describe('window state', () => {
  it('comes back', () => {
    const state = { version: 1, bounds: { x: -1200, y: 20, width: 800, height: 600 }, maximized: true } as const;
    openWindowState(folder, quietLog()).write(state);
    expect(openWindowState(folder, quietLog()).read()).toEqual(state);
  });

  it('forgets a window without a size', () => {
    const bounds = { x: 0, y: 0, width: 0, height: 0 };
    writeFileSync(path.join(folder, 'window.json'), JSON.stringify({ version: 1, bounds, maximized: false }));
    expect(openWindowState(folder, quietLog()).read().bounds).toBeNull();
  });
});
