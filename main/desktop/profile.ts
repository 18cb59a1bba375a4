/** One person, several lives: each profile has its own folder, and one running program per folder. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { App } from 'electron';
import { type CommandLine, linkAmong } from './command-line';

/** Must run before anything reads `userData`. A profile lies in the folder that `--user-data-dir` or the desktop gives. */
export function enterProfile(app: Pick<App, 'getPath' | 'setPath'>, { profile }: CommandLine): void {
  if (profile === null) return;
  const folder = path.join(app.getPath('userData'), 'profiles', profile);
  mkdirSync(folder, { recursive: true });
  app.setPath('userData', folder);
}

/** The log's file: `logs` may be one folder for all profiles (macOS). */
export function logFile(app: Pick<App, 'getPath'>, { profile }: CommandLine): string {
  return path.join(app.getPath('logs'), profile === null ? 'carillon.log' : `carillon-${profile}.log`);
}

/**
 * @param open called with a link that a later start was given.
 * @returns false when this profile already runs: that program shows its window, and this one must end.
 */
export function beTheOnlyOne(
  app: Pick<App, 'on' | 'requestSingleInstanceLock'>,
  show: () => void,
  open: (link: string) => void,
): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', (_event, argv) => {
    const link = linkAmong(argv);
    if (link !== null) open(link);
    // An autostart entry that comes late asks for no window.
    else if (!argv.includes('--hidden')) show();
  });
  // macOS: a click on the icon in the dock.
  app.on('activate', show);
  return true;
}
