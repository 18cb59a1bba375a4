/**
 * A program that never outlives the process that started it: the kernel kills it with its parent, however that ends
 * (PR_SET_PDEATHSIG, set by util-linux' `setpriv`). It runs in a process group of its own, so that Ctrl-C in a terminal
 * reaches only us and we end things in order.
 */
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';

export interface Child {
  readonly pid: number;
  /** Settles when the program has ended, with its exit code or the name of the signal. */
  readonly ended: Promise<string>;
  readonly running: () => boolean;
  readonly signal: (name: NodeJS.Signals) => void;
  /** Ends it at once and waits until it is gone. These servers' data are thrown away: nothing needs to be saved. */
  readonly kill: () => Promise<void>;
  /** The last lines that it wrote. */
  readonly lastWords: () => string;
}

export interface Program {
  readonly path: string;
  readonly args: readonly string[];
  readonly folder: string;
  /** Takes standard output and standard error; appended to. */
  readonly logFile: string;
}

/**
 * Start from the main thread: the kernel counts the starting thread as the parent, and a worker's end would be the child's.
 * @throws when the program cannot be started at all.
 */
export async function startChild(program: Program): Promise<Child> {
  const log = openSync(program.logFile, 'a');
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', program.path, ...program.args], {
    cwd: program.folder,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => {
      resolve(signal ?? String(code));
    });
  });
  await new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${program.path} has no process id`);

  return {
    pid,
    ended,
    running: () => child.exitCode === null && child.signalCode === null,
    signal: (name) => {
      child.kill(name);
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    lastWords: () => readFileSync(program.logFile, 'utf8').slice(-2000).trim(),
  };
}
