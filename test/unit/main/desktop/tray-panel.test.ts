import { expect, it } from 'vitest';
import { panelOf } from '../../../../main/desktop/tray-panel';

it.each([
  ['linux', 'GNOME', 'system', false, 'on-dark'],
  ['linux', 'ubuntu:GNOME', 'system', false, 'on-dark'],
  ['linux', 'KDE', 'system', false, 'on-light'],
  ['linux', 'KDE', 'system', true, 'on-dark'],
  ['linux', 'XFCE', 'system', true, 'any'],
  ['linux', '', 'system', true, 'any'],
  ['win32', '', 'system', false, 'on-light'],
  ['win32', '', 'system', true, 'on-dark'],
  ['win32', '', 'light', true, 'on-light'],
  ['linux', 'GNOME', 'light', true, 'on-light'],
  ['linux', 'XFCE', 'dark', false, 'on-dark'],
  ['darwin', '', 'dark', true, 'on-light'],
] as const)('the tray on %s %s, chosen %s, dark system %s: %s', (platform, desktop, chosen, systemIsDark, panel) => {
  expect(panelOf({ platform, desktop, chosen, systemIsDark })).toBe(panel);
});
