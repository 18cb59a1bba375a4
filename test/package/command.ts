/**
 * `npm run package`: the installers of this system, with Electron's own binary. Where that is not installed and cannot be
 * fetched, the unpacked program alone, with the stand-in in its place: good for looking at, and for tests, not for people.
 * What follows `--` goes to electron-builder, `--dir` (no installers) and `-c.publish.provider=generic
 * -c.publish.url=https://…` (an update feed) among it.
 */
import path from 'node:path';

import { buildIfStale } from '../demo/build.ts';
import { chooseElectron } from '../demo/choose-electron.ts';
import { root, runProgram } from '../demo/program.ts';
import { writeStandInFolder } from './stand-in-folder.ts';

const say = (line: string): void => {
  console.log(`package: ${line}`);
};

await buildIfStale(say);
// A package needs the binary, not a display.
const { executable } = await chooseElectron(say, { DISPLAY: ':0', ...process.env });
const args = process.argv.slice(2);
if (executable.kind === 'electron') {
  say(`with Electron: ${executable.path}`);
} else {
  say("Electron's own binary is not installed: the stand-in is packed in its place, and no installer is made");
  const folder = path.join(root, 'dist/stand-in');
  writeStandInFolder(folder);
  args.push('--linux', '--dir', `-c.electronDist=${folder}`);
}
const run = await runProgram('electron-builder', ['--publish', 'never', ...args], { shown: true });
if (run.code === 0) {
  say(executable.kind === 'electron' ? 'done, in dist/' : 'done: dist/linux-unpacked/carillon runs on the stand-in');
}
process.exitCode = run.code;
