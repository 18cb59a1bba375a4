/**
 * Starts the program with the desktop. Windows and macOS keep a list of their own; Linux desktops read a folder of desktop
 * entries (freedesktop.org, Desktop Application Autostart Specification).
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { App } from 'electron';
import type { Settings } from '../../preload/contract/settings';
import type { Log } from '../log';
import type { SettingsStore } from '../settings/settings';

export interface AutostartEnv {
  readonly app: Pick<App, 'getLoginItemSettings' | 'setLoginItemSettings'>;
  readonly platform: NodeJS.Platform;
  /** What starts the program: the executable, then what it is told first. */
  readonly command: readonly [string, ...string[]];
  /** Linux: the folder of autostart entries. */
  readonly folder: string;
  /** A profile starts by itself only if that was asked for in it. */
  readonly profile: string | null;
  readonly log: Log;
}

type Wanted = Pick<Settings, 'autostart' | 'startHidden'>;

/**
 * Keeps desktop and settings at one. At the start the desktop is right: a person may have taken the entry out with its own
 * tools. A change that the desktop does not take is taken back.
 */
export function followAutostart(
  env: AutostartEnv,
  settings: Pick<SettingsStore, 'get' | 'change' | 'subscribe'>,
): void {
  const linux = env.platform === 'linux';
  const [isSet, apply] = linux ? [hasEntry, writeEntry] : [isLoginItem, setLoginItem];
  const attempt = (wanted: Wanted): void => {
    try {
      apply(env, wanted);
    } catch (error) {
      env.log.failure('autostart cannot be set', error);
      settings.change({ autostart: false });
    }
  };

  if (settings.get().autostart) {
    // Written anew: the program may have moved.
    if (isSet(env, settings.get())) attempt(settings.get());
    else settings.change({ autostart: false });
  }
  let before = settings.get();
  settings.subscribe((now) => {
    const changed = now.autostart !== before.autostart || (now.autostart && now.startHidden !== before.startHidden);
    before = now;
    if (changed) attempt(now);
  });
}

/** macOS passes nothing on to a program that it starts; it only says afterwards that it did. */
export const startedAtLogin = ({ app, platform }: Pick<AutostartEnv, 'app' | 'platform'>): boolean =>
  platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;

/** The program as it was started, without what belongs to one start only. */
export function startCommand(
  execPath: string,
  appPath: string | null,
  environment: Readonly<Record<string, string | undefined>>,
): readonly [string, ...string[]] {
  // An AppImage runs from a folder that is gone when it ends; this is the file itself.
  const { APPIMAGE: image } = environment;
  return appPath === null ? [image ?? execPath] : [execPath, appPath];
}

/** Where Linux desktops look for autostart entries. */
export const autostartFolder = (environment: Readonly<Record<string, string | undefined>>, home: string): string =>
  path.join(environment.XDG_CONFIG_HOME ?? path.join(home, '.config'), 'autostart');

const wordsAfter = ({ profile }: AutostartEnv, { startHidden }: Wanted): string[] => [
  ...(profile === null ? [] : [`--profile=${profile}`]),
  ...(startHidden ? ['--hidden'] : []),
];

const programOf = (env: AutostartEnv, wanted: Wanted): { path?: string; args?: string[] } => {
  const [program, ...first] = env.command;
  return env.platform === 'win32' ? { path: program, args: [...first, ...wordsAfter(env, wanted)] } : {};
};

function isLoginItem(env: AutostartEnv, wanted: Wanted): boolean {
  return env.app.getLoginItemSettings(programOf(env, wanted)).openAtLogin;
}

function setLoginItem(env: AutostartEnv, wanted: Wanted): void {
  env.app.setLoginItemSettings({ openAtLogin: wanted.autostart, ...programOf(env, wanted) });
}

function entryOf({ folder, profile }: AutostartEnv): string {
  return path.join(folder, `org.example.Carillon${profile === null ? '' : `-${profile}`}.desktop`);
}

/** Desktops switch an entry off by a line in it, or take it away. */
function hasEntry(env: AutostartEnv): boolean {
  const file = entryOf(env);
  return existsSync(file) && !/^(Hidden=true|X-GNOME-Autostart-enabled=false)\s*$/m.test(readFileSync(file, 'utf8'));
}

function writeEntry(env: AutostartEnv, wanted: Wanted): void {
  const file = entryOf(env);
  if (!wanted.autostart) {
    rmSync(file, { force: true });
    return;
  }
  mkdirSync(env.folder, { recursive: true });
  writeFileSync(file, desktopEntry([...env.command, ...wordsAfter(env, wanted)]));
}

export function desktopEntry(command: readonly string[]): string {
  const lines = [
    '[Desktop Entry]',
    'Type=Application',
    'Version=1.5',
    'Name=Carillon',
    'Icon=carillon',
    `Exec=${command.map(quoted).join(' ')}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
  ];
  return `${lines.join('\n')}\n`;
}

/** Desktop Entry Specification, "The Exec key": quoting for the command line, and once more for the file's strings. */
function quoted(word: string): string {
  const plain = /^[\w./:=@+,%-]+$/.test(word);
  const argument = plain ? word : `"${word.replaceAll(/["`$\\]/g, '\\$&')}"`;
  return argument.replaceAll('%', '%%').replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}
