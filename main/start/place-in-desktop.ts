/** The program's place in the desktop: which links open it, whether it starts by itself, and whether it shows itself then. */
import { app } from 'electron';
import { autostartFolder, followAutostart, startCommand, startedAtLogin } from '../desktop/autostart';
import type { CommandLine } from '../desktop/command-line';
import { claimLinks, type Links } from '../desktop/links';
import type { Log } from '../log';
import type { SettingsStore } from '../settings/settings';

export interface PlaceInDesktopEnv {
  readonly commandLine: Pick<CommandLine, 'profile' | 'hidden'>;
  readonly links: Pick<Links, 'isEmpty'>;
  readonly settings: SettingsStore;
  readonly log: Log;
}

/** @returns whether this start shows no window. */
export function takePlaceInDesktop({ commandLine, links, settings, log }: PlaceInDesktopEnv): boolean {
  const { platform } = process;
  const command = startCommand(process.execPath, app.isPackaged ? null : app.getAppPath(), process.env);
  claimLinks(app, command);
  const folder = autostartFolder(process.env, app.getPath('home'));
  followAutostart({ app, platform, command, folder, profile: commandLine.profile, log }, settings);
  const atLogin = startedAtLogin({ app, platform });
  return links.isEmpty() && (commandLine.hidden || (atLogin && settings.get().startHidden));
}
