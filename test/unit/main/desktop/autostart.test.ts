import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, afterEach, describe, expect, it, vi } from 'vitest';
import {
  autostartFolder,
  type AutostartEnv,
  desktopEntry,
  followAutostart,
  startCommand,
} from '../../../../main/desktop/autostart';
import { openSettings } from '../../../../main/settings/settings';
import { quietLog } from '../quiet-log';

vi.mock('electron-store', async () => ({ default: (await import('../electron-store')).Store }));

let base: string;
beforeEach(() => {
  base = mkdtempSync(path.join(tmpdir(), 'carillon-autostart-'));
});
afterEach(() => {
  rmSync(base, { recursive: true, force: true });
});

function at(platform: NodeJS.Platform, over: Partial<AutostartEnv> = {}) {
  const log = quietLog();
  const settings = openSettings(base, log);
  const item = { openAtLogin: false };
  const app = {
    getLoginItemSettings: vi.fn(() => item as never),
    setLoginItemSettings: vi.fn((wanted: { openAtLogin?: boolean }) => {
      item.openAtLogin = wanted.openAtLogin === true;
    }),
  };
  const env: AutostartEnv = {
    app,
    platform,
    command: ['/opt/Carillon/carillon'],
    folder: path.join(base, 'autostart'),
    profile: null,
    log,
    ...over,
  };
  const file = path.join(env.folder, 'org.example.Carillon.desktop');
  return { env, app, settings, log, file, follow: () => followAutostart(env, settings) };
}

describe('autostart on Linux', () => {
  it('is an entry in the folder that desktops read, and goes with the setting', () => {
    const { settings, file, follow } = at('linux');
    follow();
    expect(existsSync(file)).toBe(false);
    settings.change({ autostart: true });
    expect(readFileSync(file, 'utf8')).toContain('\nExec=/opt/Carillon/carillon --hidden\n');
    settings.change({ startHidden: false });
    expect(readFileSync(file, 'utf8')).toContain('\nExec=/opt/Carillon/carillon\n');
    settings.change({ autostart: false });
    expect(existsSync(file)).toBe(false);
  });

  it('belongs to one profile', () => {
    const { env, settings, follow } = at('linux', { profile: 'work' });
    follow();
    settings.change({ autostart: true });
    const text = readFileSync(path.join(env.folder, 'org.example.Carillon-work.desktop'), 'utf8');
    expect(text).toContain('\nExec=/opt/Carillon/carillon --profile=work --hidden\n');
  });

  it.each([
    ['taken away', null],
    ['switched off', 'X-GNOME-Autostart-enabled=false\n'],
    ['hidden', 'Hidden=true\n'],
  ])('an entry that was %s by the desktop is not put back', (_how, text) => {
    const { env, settings, file, follow } = at('linux');
    settings.change({ autostart: true });
    mkdirSync(env.folder);
    if (text !== null) writeFileSync(file, text);
    follow();
    expect(settings.get().autostart).toBe(false);
    expect(existsSync(file) ? readFileSync(file, 'utf8') : null).toBe(text);
  });

  it('finds the program again where it is now', () => {
    const { env, settings, file, follow } = at('linux');
    settings.change({ autostart: true });
    mkdirSync(env.folder);
    writeFileSync(file, desktopEntry(['/old/place/Carillon.AppImage', '--hidden']));
    follow();
    expect(readFileSync(file, 'utf8')).toContain('Exec=/opt/Carillon/carillon --hidden');
  });

  it('a folder that cannot be written takes the setting back', () => {
    const { env, settings, log, follow } = at('linux');
    writeFileSync(env.folder, 'a file where the folder should be');
    follow();
    expect(settings.change({ autostart: true }).autostart).toBe(false);
    expect(log.failure).toHaveBeenCalled();
  });
});

describe('autostart elsewhere', () => {
  it('Windows is told the program and its words', () => {
    const { app, settings, follow } = at('win32');
    follow();
    settings.change({ autostart: true });
    expect(app.setLoginItemSettings.mock.calls).toEqual([
      [{ openAtLogin: true, path: '/opt/Carillon/carillon', args: ['--hidden'] }],
    ]);
  });

  it('macOS starts the bundle', () => {
    const { app, settings, follow } = at('darwin');
    follow();
    settings.change({ autostart: true });
    settings.change({ autostart: false });
    expect(app.setLoginItemSettings.mock.calls).toEqual([[{ openAtLogin: true }], [{ openAtLogin: false }]]);
  });

  it("a login item that was taken out with the system's own tools stays out", () => {
    const { app, settings, follow } = at('darwin');
    settings.change({ autostart: true });
    follow();
    expect(settings.get().autostart).toBe(false);
    expect(app.setLoginItemSettings).not.toHaveBeenCalled();
  });
});

describe('what starts the program', () => {
  it.each([
    [startCommand('/usr/bin/carillon', null, {}), ['/usr/bin/carillon']],
    [startCommand('/tmp/.mount_x/carillon', null, { APPIMAGE: '/home/a/C.AppImage' }), ['/home/a/C.AppImage']],
    [startCommand('/electron', '/src/carillon', {}), ['/electron', '/src/carillon']],
  ])('%j', (command, expected) => {
    expect(command).toEqual(expected);
  });

  it.each([
    ['/home/a b/C', 'Exec="/home/a b/C"'],
    ['/home/100%/C', 'Exec=/home/100%%/C'],
    ['/home/$x"y/C', 'Exec="/home/\\\\$x\\\\"y/C"'],
  ])('%s is quoted for the entry', (program, line) => {
    expect(desktopEntry([program]).split('\n')).toContain(line);
  });

  it('the folder follows XDG_CONFIG_HOME', () => {
    expect(autostartFolder({}, '/home/a')).toBe('/home/a/.config/autostart');
    expect(autostartFolder({ XDG_CONFIG_HOME: '/cfg' }, '/home/a')).toBe('/cfg/autostart');
  });
});
