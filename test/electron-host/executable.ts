/** Which Electron the tests, the demo and `npm start` run: the real one where its binary is installed, else the stand-in. */
import fs from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '../..');
const standInFolder = path.join(import.meta.dirname, 'bin');

export interface ElectronExecutable {
  readonly kind: 'electron' | 'stand-in';
  readonly path: string;
  /** To be set for whatever starts it; with these, Playwright and `npx electron` find the same executable. */
  readonly env: Readonly<Record<string, string>>;
}

/** ELECTRON_OVERRIDE_DIST_PATH in `env` wins, as it does with Electron's own launcher. */
export function electronExecutable(env: NodeJS.ProcessEnv = process.env): ElectronExecutable {
  const override = env.ELECTRON_OVERRIDE_DIST_PATH;
  const installed = installedBinary();
  if (override !== undefined && path.resolve(override) !== standInFolder) {
    const file = path.join(override, installed?.name ?? 'electron');
    return { kind: 'electron', path: file, env: { ELECTRON_OVERRIDE_DIST_PATH: override } };
  }
  if (override === undefined && installed) return { kind: 'electron', path: installed.path, env: {} };
  return {
    kind: 'stand-in',
    path: path.join(standInFolder, 'electron'),
    env: { ELECTRON_OVERRIDE_DIST_PATH: standInFolder },
  };
}

/** The `electron` package writes `path.txt` once its binary is unpacked. */
function installedBinary(): { name: string; path: string } | undefined {
  const folder = path.join(root, 'node_modules/electron');
  const note = path.join(folder, 'path.txt');
  if (!fs.existsSync(note)) return undefined;
  const name = fs.readFileSync(note, 'utf8');
  const file = path.join(folder, 'dist', name);
  return fs.existsSync(file) ? { name, path: file } : undefined;
}
