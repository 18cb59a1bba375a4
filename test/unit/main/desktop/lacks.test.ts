import { expect, it } from 'vitest';
import { desktopLacks } from '../../../../main/desktop/lacks';

const tray = (seen: boolean) => ({ seen: Promise.resolve(seen) });

it.each([
  ['nothing', tray(true), true, []],
  ['a place for the icon', tray(false), true, ['tray']],
  ['a tray at all', null, true, ['tray']],
  ['notifications', tray(true), false, ['notifications']],
] as const)('a desktop may lack %s', async (_what, icon, notifications, lacks) => {
  expect(await desktopLacks({ tray: icon, notifications: () => notifications })).toEqual(lacks);
});
