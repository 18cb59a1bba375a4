/** Builds the app when `out/` is older than what it is made from. */
import { readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { root, runProgram } from './program.ts';

const sources = ['main', 'preload', 'renderer', 'package.json', 'package-lock.json', 'electron.vite.config.ts'];

/** @throws with the builder's output when the sources do not build. */
export async function buildIfStale(say: (line: string) => void): Promise<void> {
  // Written last, so that a build which broke off is done again.
  const stamp = path.join(root, 'out/built');
  const newest = Math.max(...sources.map((name) => newestChange(path.join(root, name))));
  const built = statSync(stamp, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (built > newest) return;

  const started = new Date();
  say('building the app (about 10 s)');
  rmSync(stamp, { force: true });
  const run = await runProgram('electron-vite', ['build', '--logLevel', 'warn']);
  if (run.code !== 0) throw new Error(`the app does not build:\n${run.output}`);
  writeFileSync(stamp, '');
  // What was changed while we built is not in it.
  utimesSync(stamp, started, started);
  say(`built in ${((Date.now() - started.getTime()) / 1000).toFixed(1)} s`);
}

/** ms since the epoch. A folder's own time tells of files that were removed. */
export function newestChange(file: string): number {
  const stat = statSync(file);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(file).map((name) => newestChange(path.join(file, name))));
}
