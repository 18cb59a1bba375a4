/** `app.getPath`, as on Linux. */
import os from 'node:os';
import path from 'node:path';
import { state } from './process-state.ts';

type Name = Parameters<Electron.App['getPath']>[0];

const chosen = new Map<string, string>();

/** @param appName names the user-data folder. */
export function getPath(name: Name, appName: string): string {
  const found = chosen.get(name) ?? standardPath(name, appName);
  if (found === undefined) throw new Error(`Failed to get '${name}' path`);
  return found;
}

export function setPath(name: string, folder: string): void {
  if (!path.isAbsolute(folder)) throw new Error('Path must be absolute');
  chosen.set(name, folder);
}

function standardPath(name: Name, appName: string): string | undefined {
  const home = os.homedir();
  switch (name) {
    case 'home':
      return home;
    case 'appData':
      return process.env.XDG_CONFIG_HOME ?? path.join(home, '.config');
    case 'userData':
      return state.switches.get('user-data-dir') ?? path.join(getPath('appData', appName), appName);
    case 'sessionData':
      return getPath('userData', appName);
    case 'logs':
      return path.join(getPath('userData', appName), 'logs');
    case 'crashDumps':
      return path.join(getPath('userData', appName), 'Crashpad');
    case 'temp':
      return os.tmpdir();
    case 'exe':
    case 'module':
      return state.executable;
    case 'desktop':
    case 'documents':
    case 'downloads':
    case 'music':
    case 'pictures':
    case 'videos':
      return path.join(home, name.charAt(0).toUpperCase() + name.slice(1));
    default:
      return undefined;
  }
}
