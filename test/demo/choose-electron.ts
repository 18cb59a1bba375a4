/**
 * Which Electron the commands run: the real one where its binary is installed or can be fetched and there is a display,
 * otherwise the stand-in on Node and the system's Chromium.
 */
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

import { type ElectronExecutable, electronExecutable } from '../electron-host/executable.ts';
import { root, runProgram } from './program.ts';

export interface Choice {
  readonly executable: ElectronExecutable;
  /** For whatever starts it. */
  readonly env: Readonly<Record<string, string>>;
  readonly headless: boolean;
  /** One line: what it is and why. */
  readonly words: string;
}

type Environment = NodeJS.ProcessEnv;

const releases = 'https://github.com/electron/electron/releases/download/';
const day = 24 * 60 * 60 * 1000;

const hasDisplay = (env: Environment): boolean =>
  process.platform !== 'linux' || Boolean(env.DISPLAY ?? env.WAYLAND_DISPLAY);

/** May take minutes the first time, while Electron is fetched; afterwards no time worth mentioning. */
export async function chooseElectron(say: (line: string) => void, env: Environment = process.env): Promise<Choice> {
  const display = hasDisplay(env);
  // A path that was set by hand is a decision.
  const decided = env.ELECTRON_OVERRIDE_DIST_PATH !== undefined;
  if (!decided && display && electronExecutable(env).kind === 'stand-in') await fetchElectron(say, env);

  const found = electronExecutable(env);
  if (found.kind === 'electron' && (display || decided)) {
    return { executable: found, env: found.env, headless: false, words: `running on Electron: ${found.path}` };
  }
  const standIn = electronExecutable({ ELECTRON_OVERRIDE_DIST_PATH: path.join(root, 'test/electron-host/bin') });
  const why = found.kind === 'electron' ? 'there is no display' : "Electron's own binary is not installed";
  return {
    executable: standIn,
    env: { ...standIn.env, ...(display ? { ELECTRON_HOST_HEADED: '1' } : {}) },
    headless: !display,
    words:
      `running on the stand-in for Electron (Node and the system's Chromium), because ${why}` +
      (display ? '' : '; without a display its windows are not shown'),
  };
}

/** Tries at most once a day, so that a closed network does not slow each start. */
async function fetchElectron(say: (line: string) => void, env: Environment): Promise<void> {
  const cache = path.join(env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'), 'carillon');
  const failed = path.join(cache, 'electron-not-fetched');
  const failedAt = statSync(failed, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (Date.now() - failedAt < day) return;

  if (await answers(env.ELECTRON_MIRROR ?? releases)) {
    say("fetching Electron's binary, about 110 MB, once");
    const run = await runProgram('install-electron', ['--no'], { timeout: 10 * 60_000 });
    if (run.code === 0) return;
  }
  say("Electron's binary cannot be fetched now; the next attempt is tomorrow");
  mkdirSync(cache, { recursive: true });
  writeFileSync(failed, '');
}

const answers = (url: string): Promise<boolean> =>
  fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(5000) }).then(
    () => true,
    () => false,
  );
