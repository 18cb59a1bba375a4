import { describe, expect, it, vi } from 'vitest';
import { askPortalForKeys } from '../../../../main/desktop/keys-portal';

function switchAfter(platform: NodeJS.Platform, environment: Record<string, string>, asked = '') {
  const appendSwitch = vi.fn();
  askPortalForKeys({ commandLine: { getSwitchValue: () => asked, appendSwitch } }, platform, environment);
  return appendSwitch.mock.calls;
}

describe('global keys on Wayland', () => {
  it('are asked of the portal', () => {
    expect(switchAfter('linux', { XDG_SESSION_TYPE: 'wayland' })).toEqual([
      ['enable-features', 'GlobalShortcutsPortal'],
    ]);
  });

  it('leave the features that somebody asked for', () => {
    expect(switchAfter('linux', { WAYLAND_DISPLAY: 'wayland-0' }, 'Vulkan')).toEqual([
      ['enable-features', 'Vulkan,GlobalShortcutsPortal'],
    ]);
  });

  it.each([
    ['linux', { XDG_SESSION_TYPE: 'x11' }],
    ['darwin', {}],
    ['win32', {}],
  ] as const)('elsewhere (%s) the system itself gives them', (platform, environment) => {
    expect(switchAfter(platform, environment)).toEqual([]);
  });
});
