/** Programs of this folder in processes of their own, which tests may kill. */
import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { onTestFinished } from 'vitest';

const imports = path.join(import.meta.dirname, '../../../setup/typescript-imports.ts');

/** For Node, before the name of a program that uses main's modules. */
export const nodeArguments = ['--import', pathToFileURL(imports).href] as const;

/** The command line for one of our programs. */
export function commandFor(program: string, ...args: readonly string[]): readonly [string, ...string[]] {
  return [process.execPath, ...nodeArguments, path.join(import.meta.dirname, program), ...args];
}

export interface Child {
  readonly process: ChildProcess;
  /** What it has written to standard output so far. */
  readonly output: () => string;
  /** The signal or the exit code that ended it. */
  readonly ended: Promise<string>;
}

/** It ends with the test at the latest. Its standard error is ours. */
export function startChild([program, ...args]: readonly [string, ...string[]], options: SpawnOptions = {}): Child {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'], ...options });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  onTestFinished(() => void child.kill('SIGKILL'));
  return {
    process: child,
    output: () => output,
    ended: new Promise((resolve) => {
      child.once('close', (code, signal) => {
        resolve(signal ?? String(code));
      });
    }),
  };
}

/** Root passes over permissions, unless that is taken from it. */
export const withoutPrivileges = (command: readonly [string, ...string[]]): readonly [string, ...string[]] =>
  process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-dac_override,-dac_read_search', ...command] : command;
