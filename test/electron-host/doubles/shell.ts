/** `shell`: nothing leaves the app. */
import { complete } from '../surface.ts';

export const shell = complete(
  {
    openExternal: () => Promise.resolve(),
    openPath: () => Promise.resolve(''),
    showItemInFolder: () => undefined,
    beep: () => undefined,
  } satisfies Partial<Electron.Shell>,
  'Shell',
  'shell',
);
