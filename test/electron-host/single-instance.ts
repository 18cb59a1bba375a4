/** One lock file per user-data folder; a second instance leaves a note beside it, which the first reads and removes. */
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

export interface SecondInstance {
  readonly argv: string[];
  readonly cwd: string;
  readonly data: unknown;
}

const lockName = 'electron-host.lock';
const noteName = /^electron-host\..+\.second$/;

/**
 * @param onSecond called for every later instance.
 * @returns a function that releases the lock, or undefined where another instance holds it and has been told.
 */
export function takeLock(
  folder: string,
  own: SecondInstance,
  onSecond: (second: SecondInstance) => void,
): (() => void) | undefined {
  fs.mkdirSync(folder, { recursive: true });
  const lock = path.join(folder, lockName);
  while (!create(lock)) {
    if (isLocked(folder)) {
      leaveNote(folder, own);
      return undefined;
    }
    fs.rmSync(lock, { force: true });
  }
  const watcher = fs.watch(folder, (_event, name) => {
    const second = name !== null && noteName.test(name) ? takeNote(path.join(folder, name)) : undefined;
    if (second) onSecond(second);
  });
  watcher.unref();
  return () => {
    watcher.close();
    fs.rmSync(lock, { force: true });
  };
}

/** Whether a living process holds the lock: one that was killed leaves its file behind. */
export function isLocked(folder: string): boolean {
  const lock = path.join(folder, lockName);
  return fs.existsSync(lock) && isAlive(Number(fs.readFileSync(lock, 'utf8')));
}

function create(lock: string): boolean {
  // Written elsewhere first, so that nobody reads an empty lock.
  const draft = `${lock}.${randomUUID()}`;
  fs.writeFileSync(draft, String(process.pid));
  try {
    fs.linkSync(draft, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    fs.rmSync(draft);
  }
}

function isAlive(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch {
    return false;
  }
}

function leaveNote(folder: string, second: SecondInstance): void {
  const id = randomUUID();
  const draft = path.join(folder, `electron-host.${id}.draft`);
  fs.writeFileSync(draft, JSON.stringify(second));
  fs.renameSync(draft, path.join(folder, `electron-host.${id}.second`));
}

/** Undefined for a note that was read already: one change can be told twice. */
function takeNote(file: string): SecondInstance | undefined {
  try {
    const second = JSON.parse(fs.readFileSync(file, 'utf8')) as SecondInstance;
    fs.rmSync(file);
    return second;
  } catch {
    return undefined;
  }
}
