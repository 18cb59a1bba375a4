import { describe, expect, it } from 'vitest';
import { trayIsSeen } from '../../../../main/desktop/tray-presence';

describe('is a tray icon seen?', () => {
  it.each([
    ['Windows', 'win32', {}, false, true],
    ['macOS', 'darwin', {}, false, true],
    ['KDE', 'linux', { XDG_CURRENT_DESKTOP: 'KDE', XDG_SESSION_TYPE: 'wayland' }, true, true],
    ['GNOME with the extension', 'linux', { XDG_CURRENT_DESKTOP: 'ubuntu:GNOME' }, true, true],
    ['GNOME without', 'linux', { XDG_CURRENT_DESKTOP: 'GNOME', XDG_SESSION_TYPE: 'wayland' }, false, false],
    ['GNOME on X11 without', 'linux', { XDG_CURRENT_DESKTOP: 'GNOME', XDG_SESSION_TYPE: 'x11' }, false, false],
    ['a bare Wayland compositor', 'linux', { XDG_SESSION_TYPE: 'wayland' }, false, false],
    [
      'an X11 desktop with the old tray',
      'linux',
      { XDG_CURRENT_DESKTOP: 'XFCE', XDG_SESSION_TYPE: 'x11' },
      false,
      true,
    ],
    ['no answer from the bus', 'linux', { XDG_SESSION_TYPE: 'wayland' }, null, true],
  ] as const)('%s', async (_what, platform, environment, owned, seen) => {
    expect(await trayIsSeen({ platform, environment, hasOwner: () => Promise.resolve(owned) })).toBe(seen);
  });
});
