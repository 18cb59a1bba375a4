/** The preload script of a window, and what it sees as `process`. */
import fs from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { state } from '../process-state.ts';

export interface ReadPreload {
  readonly preload?: { readonly path: string; readonly text: string };
  /** Why there is none although one was named. */
  readonly failure?: Error;
}

export function readPreload(file: string | undefined): ReadPreload {
  if (file === undefined) return {};
  try {
    if (!path.isAbsolute(file)) throw new Error(`preload script must have absolute path: ${file}`);
    const text = fs.readFileSync(file, 'utf8');
    // Compiled here too, because a syntax error in the page would be told to nobody.
    new vm.Script(`(function (require, process, exports, module, global) {${text}\n})`, { filename: file });
    return { preload: { path: file, text } };
  } catch (error) {
    console.error(`Unable to load preload script: ${file}\n`, error);
    return { failure: error instanceof Error ? error : new Error(String(error)) };
  }
}

export function preloadProcess(preferences: Electron.WebPreferences): Record<string, unknown> {
  return {
    type: 'renderer',
    sandboxed: true,
    contextIsolated: true,
    isMainFrame: true,
    defaultApp: true,
    platform: process.platform,
    arch: process.arch,
    pid: process.pid,
    execPath: state.executable,
    resourcesPath: process.resourcesPath,
    argv: [state.executable, '--type=renderer', ...(preferences.additionalArguments ?? [])],
    env: { ...process.env },
    version: process.version,
    versions: { ...process.versions },
  };
}
