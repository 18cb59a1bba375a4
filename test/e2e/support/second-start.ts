/** A second start of the app in a profile, as a script, a shell or the desktop makes it. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { electronExecutable } from '../../electron-host/executable.ts';

const root = path.join(import.meta.dirname, '../../..');

export interface SecondStart {
  /** Exit code. */
  readonly code: number | null;
  readonly stderr: string;
}

/** Resolves when it has ended, which a start that finds another one running does by itself. */
export function startAgain(profile: string, ...words: readonly string[]): Promise<SecondStart> {
  const { path: file, env } = electronExecutable();
  const args = [`--user-data-dir=${profile}`, root, ...words];
  return new Promise((resolve) => {
    const child = execFile(file, args, { env: { ...process.env, ...env }, timeout: 60_000 }, (_error, _out, stderr) => {
      resolve({ code: child.exitCode, stderr });
    });
  });
}
