import { expect, it } from 'vitest';
import { canonicalAccelerator } from '../../../electron-host/doubles/global-shortcut.ts';

it.each(['CommandOrControl+Shift+M', 'Shift+CmdOrCtrl+M', 'ctrl+shift+m'])('%s is one shortcut', (accelerator) => {
  expect(canonicalAccelerator(accelerator)).toBe('ctrl+shift+m');
});
