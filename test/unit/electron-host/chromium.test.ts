import { describe, expect, it } from 'vitest';
import { chromiumArguments, findChromium, isHeaded } from '../../electron-host/chromium.ts';

describe('finding Chromium', () => {
  const debian = '/usr/lib/chromium/chromium';
  const chrome = '/opt/google/chrome/chrome';
  const only =
    (...files: string[]) =>
    (file: string) =>
      files.includes(file);

  it.each([
    { there: [debian, chrome], env: {}, found: debian },
    { there: [chrome], env: {}, found: chrome },
    { there: [debian, '/own'], env: { ELECTRON_HOST_CHROMIUM: '/own' }, found: '/own' },
  ])('$found of $there', ({ there, env, found }) => {
    expect(findChromium(env, only(...there))).toBe(found);
  });

  it('names the fix where there is none', () => {
    expect(() => findChromium({}, only())).toThrow(/apt-get install chromium.*ELECTRON_HOST_CHROMIUM/);
    expect(() => findChromium({ ELECTRON_HOST_CHROMIUM: '/gone' }, only(debian))).toThrow('/gone');
  });
});

describe('starting Chromium', () => {
  it('hands the switches of the app on and keeps its own decisions', () => {
    const switches = new Map([
      ['use-fake-device-for-media-stream', ''],
      ['use-file-for-fake-audio-capture', '/a.wav'],
      ['disable-features', 'Mine'],
      ['user-data-dir', '/app'],
      ['inspect', '0'],
    ]);
    const given = chromiumArguments(switches, '/app/chromium', false);
    expect(given).toContain('--use-fake-device-for-media-stream');
    expect(given).toContain('--use-file-for-fake-audio-capture=/a.wav');
    expect(given).toContain('--user-data-dir=/app/chromium');
    expect(given).not.toContain('--user-data-dir=/app');
    expect(given.filter((each) => each.startsWith('--inspect'))).toEqual([]);
    expect(given.filter((each) => each.startsWith('--disable-features='))).toEqual([expect.stringMatching(/,Mine$/)]);
    expect(given).toContain('--headless=new');
    expect(chromiumArguments(switches, '/app/chromium', true)).not.toContain('--headless=new');
  });

  it.each([
    { env: { ELECTRON_HOST_HEADED: '1', DISPLAY: ':1' }, headed: true },
    { env: { ELECTRON_HOST_HEADED: '1', WAYLAND_DISPLAY: 'wayland-0' }, headed: true },
    { env: { ELECTRON_HOST_HEADED: '1' }, headed: false },
    { env: { DISPLAY: ':1' }, headed: false },
  ])('shows windows only when asked and where there is a screen: $env', ({ env, headed }) => {
    expect(isHeaded(env)).toBe(headed);
  });
});
