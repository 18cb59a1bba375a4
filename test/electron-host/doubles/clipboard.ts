/** `clipboard`: main's own, apart from that of the pages and of the desktop. */
import { complete } from '../surface.ts';

let content = '';

export const clipboard = complete(
  {
    readText: () => Promise.resolve(content),
    writeText: (text) => {
      content = text;
      return Promise.resolve();
    },
    clear: () => {
      content = '';
    },
  } satisfies Partial<Electron.Clipboard>,
  'Clipboard',
  'clipboard',
);
