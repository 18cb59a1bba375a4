/** `npm start`: the app for one's own account. Arguments go to it: `npm start -- --profile=work`. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

import { buildIfStale } from './build.ts';
import { chooseElectron } from './choose-electron.ts';
import { root } from './program.ts';

const say = (line: string): void => {
  console.error(`start: ${line}`);
};

try {
  await buildIfStale(say);
  const { executable, env, words } = await chooseElectron(say);
  say(words);
  process.exitCode = await runApp(executable.path, env);
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

/** @returns the app's exit code, as a shell would tell it. */
function runApp(file: string, env: Readonly<Record<string, string>>): Promise<number> {
  const app = spawn(file, [root, ...process.argv.slice(2)], { env: { ...process.env, ...env }, stdio: 'inherit' });
  // Ctrl-C reaches the app as well, which then quits in order; we only wait for it.
  process.on('SIGINT', () => undefined);
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.kill(signal));
  return new Promise((resolve, reject) => {
    app.once('error', reject);
    app.once('exit', (code, signal) => {
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}
