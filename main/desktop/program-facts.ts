/** What runs here, in the words of a report: nothing of it tells who somebody is. */
import { release } from 'node:os';
import type { App } from 'electron';

export function programFacts(app: Pick<App, 'getVersion' | 'getLocale'>): Readonly<Record<string, string>> {
  const { electron, chrome, node } = process.versions;
  return {
    Carillon: app.getVersion(),
    Electron: electron,
    Chromium: chrome,
    'Node.js': node,
    System: `${process.platform} ${release()} ${process.arch}`,
    Language: app.getLocale(),
  };
}
