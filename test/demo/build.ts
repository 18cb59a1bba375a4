/** Builds the app when `out/` is older than what it is made from. */
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

import { root, runProgram } from './program.ts';

const sources = ['main', 'preload', 'renderer', 'package.json', 'package-lock.json', 'electron.vite.config.ts'];
/** One of each bundle, whoever built it: a build empties its folders first, so one that broke off lacks some. */
const outputs = ['main/index.js', 'preload/index.cjs', 'renderer/index.html', 'renderer/call-window.html'];

/** @throws with the builder's output when the sources do not build. */
export async function buildIfStale(say: (line: string) => void): Promise<void> {
  if (!isStale(root)) return;
  const started = performance.now();
  say('building the app (about 10 s)');
  const run = await runProgram('electron-vite', ['build', '--logLevel', 'warn']);
  if (run.code !== 0) throw new Error(`the app does not build:\n${run.output}`);
  say(`built in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

/** @param folder of the project. */
export function isStale(folder: string): boolean {
  const newest = Math.max(...sources.map((name) => newestChange(path.join(folder, name))));
  const built = outputs.map((name) => statSync(path.join(folder, 'out', name), { throwIfNoEntry: false })?.mtimeMs);
  return built.some((time) => time === undefined || time <= newest);
}

/** ms since the epoch; 0 for what is not there. A folder's own time tells of files that were removed. */
function newestChange(file: string): number {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat?.isDirectory()) return stat?.mtimeMs ?? 0;
  return Math.max(stat.mtimeMs, ...readdirSync(file).map((name) => newestChange(path.join(file, name))));
}
