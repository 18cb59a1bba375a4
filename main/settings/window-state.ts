/** Where the main window was, so that it comes back there. */
import { z } from 'zod';
import type { Log } from '../log';
import { type KeptFile, openKeptFile } from './kept-file';

/** Pixels independent of the display's scale, as Electron counts them. */
const pixels = z.number().int().min(-100_000).max(100_000);

const WindowState = z.strictObject({
  version: z.literal(1),
  bounds: z.strictObject({ x: pixels, y: pixels, width: pixels.min(1), height: pixels.min(1) }).nullable(),
  maximized: z.boolean(),
});
export type WindowState = z.infer<typeof WindowState>;

/** Opens `window.json` in `folder`. Never throws: see `openKeptFile`. */
export function openWindowState(folder: string, log: Log): KeptFile<WindowState> {
  return openKeptFile({
    folder,
    name: 'window',
    schema: WindowState,
    defaults: { version: 1, bounds: null, maximized: false },
    log,
  });
}
