/** Runs a program to its end: the one way in which the commands of this repository start their tools. */
import { spawn } from 'node:child_process';
import path from 'node:path';

export const root = path.join(import.meta.dirname, '../..');

export interface Run {
  /** 1 for a program that a signal ended, 127 for one that could not be started. */
  readonly code: number;
  /** Standard output and error as they came; empty where they were shown. */
  readonly output: string;
}

export interface RunOptions {
  /** Shown at once instead of collected. */
  readonly shown?: boolean;
  /** Added to our own environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** ms, after which it is killed and counts as failed. */
  readonly timeout?: number;
}

/** Tools of node_modules are found by name, and scripts among them run on the Node that runs us. */
export function runProgram(name: string, args: readonly string[], options: RunOptions = {}): Promise<Run> {
  const tools = path.join(root, 'node_modules/.bin');
  const PATH = [path.dirname(process.execPath), tools, process.env.PATH].join(path.delimiter);
  return new Promise((resolve) => {
    const child = spawn(name, args, {
      cwd: root,
      env: { ...process.env, ...options.env, PATH },
      stdio: options.shown === true ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
      timeout: options.timeout,
      killSignal: 'SIGKILL',
    });
    const pass = (signal: NodeJS.Signals): void => {
      child.kill(signal);
    };
    process.once('SIGTERM', pass);
    const parts: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part: Buffer) => parts.push(part));
    const settle = (code: number, more = ''): void => {
      process.off('SIGTERM', pass);
      resolve({ code, output: Buffer.concat(parts).toString() + more });
    };
    child.once('error', (error) => {
      settle(127, error.message);
    });
    child.once('close', (code) => {
      settle(code ?? 1);
    });
  });
}
