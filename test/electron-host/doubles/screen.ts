/** `screen` with one display, and `desktopCapturer` with that display and the app's windows as sources. */
import { EventEmitter } from 'node:events';
import { asElectron, complete, type Part } from '../surface.ts';
import { BrowserWindow } from '../windows/browser-window.ts';
import { nativeImage } from './native-image.ts';

const area = { x: 0, y: 0, width: 1280, height: 800 };
const display = asElectron<Electron.Display>({
  id: 1,
  label: 'electron-host',
  bounds: area,
  workArea: area,
  size: { width: area.width, height: area.height },
  workAreaSize: { width: area.width, height: area.height },
  scaleFactor: 1,
  rotation: 0,
  internal: true,
  touchSupport: 'unknown',
});

export const screen = complete(
  Object.assign(new EventEmitter(), {
    getPrimaryDisplay: () => display,
    getAllDisplays: () => [display],
    getDisplayNearestPoint: () => display,
    getDisplayMatching: () => display,
    getCursorScreenPoint: () => ({ x: 0, y: 0 }),
  } satisfies Part<Electron.Screen>),
  'Screen',
  'screen',
);

export const desktopCapturer = {
  getSources: ({ types }) => {
    const none = nativeImage.createEmpty();
    const entire = { id: 'screen:0:0', name: 'Entire screen', display_id: '1', thumbnail: none, appIcon: none };
    const windows = BrowserWindow.getAllWindows().map((window) => ({
      ...entire,
      id: window.getMediaSourceId(),
      name: window.getTitle(),
      display_id: '',
    }));
    return Promise.resolve([
      ...(types.includes('screen') ? [entire] : []),
      ...(types.includes('window') ? windows : []),
    ]);
  },
} satisfies Electron.DesktopCapturer;
