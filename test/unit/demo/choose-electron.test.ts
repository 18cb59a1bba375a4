import path from 'node:path';

import { expect, test } from 'vitest';

import { chooseElectron } from '../../demo/choose-electron.ts';

const silent = (): void => undefined;
const standIn = path.join(import.meta.dirname, '../../electron-host/bin');

test('without a display the stand-in runs, says so, and nothing is fetched', async () => {
  const choice = await chooseElectron((line) => {
    throw new Error(line);
  }, {});
  expect(choice).toMatchObject({ executable: { kind: 'stand-in' }, headless: true });
  expect(choice.env).toEqual({ ELECTRON_OVERRIDE_DIST_PATH: standIn });
  expect(choice.words).toContain('without a display');
});

test('with a display its windows are shown', async () => {
  const choice = await chooseElectron(silent, { DISPLAY: ':0', ELECTRON_OVERRIDE_DIST_PATH: standIn });
  expect(choice).toMatchObject({ executable: { kind: 'stand-in' }, headless: false });
  expect(choice.env).toEqual({ ELECTRON_OVERRIDE_DIST_PATH: standIn, ELECTRON_HOST_HEADED: '1' });
});

test.each([{}, { WAYLAND_DISPLAY: 'wayland-0' }])('an Electron that is named is taken: %j', async (display) => {
  const choice = await chooseElectron(silent, { ...display, ELECTRON_OVERRIDE_DIST_PATH: '/opt/electron' });
  expect(choice).toMatchObject({ executable: { kind: 'electron' }, headless: false });
  expect(choice.words).toBe('running on Electron: /opt/electron/electron');
});
