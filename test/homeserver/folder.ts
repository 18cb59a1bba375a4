/**
 * The temporary folder of one run. Named after the process that owns it, so that a run which was killed and could not tidy
 * up is tidied up after by a later one.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Makes an empty folder for this process. */
export function makeFolder(purpose: 'homeserver' | 'demo', parent: string = tmpdir()): string {
  const prefix = `carillon-${purpose}-`;
  removeOrphans(prefix, parent);
  return mkdtempSync(path.join(parent, `${prefix}${process.pid}-`));
}

function removeOrphans(prefix: string, parent: string): void {
  for (const name of readdirSync(parent)) {
    const owner = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1];
    if (owner === undefined || isRunning(Number(owner))) continue;
    try {
      rmSync(path.join(parent, name), { recursive: true, force: true });
    } catch {
      // Another user's: theirs to remove.
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as somebody else.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}
