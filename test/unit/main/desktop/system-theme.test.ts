import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { watchSystemTheme } from '../../../../main/desktop/system-theme';

interface Native {
  themeSource: 'system' | 'light' | 'dark';
  shouldUseDarkColors: boolean;
  shouldUseDarkColorsForSystemIntegratedUI: boolean;
}

const theme = () =>
  Object.assign<EventEmitter, Native>(new EventEmitter(), {
    themeSource: 'system',
    shouldUseDarkColors: true,
    shouldUseDarkColorsForSystemIntegratedUI: false,
  });

it("is the desktop's, whatever the program's own theme is", () => {
  const native = theme();
  const isDark = watchSystemTheme(native, 'linux');
  Object.assign(native, { themeSource: 'light', shouldUseDarkColors: false });
  native.emit('updated');
  expect(isDark()).toBe(true);
  native.themeSource = 'system';
  native.emit('updated');
  expect(isDark()).toBe(false);
});

it('is told by Windows itself', () => {
  expect(watchSystemTheme(theme(), 'win32')()).toBe(false);
});
