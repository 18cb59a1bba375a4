/** Hands the log to its person, as a file where they want it: to look at, or to send to whoever helps. */
import { readFile, writeFile } from 'node:fs/promises';
import type { LogExportResult } from '../preload/contract/log';
import { askWhere, type SaveDialog } from './desktop/save-as';
import { type Log, scrub } from './log';

export interface LogExportEnv {
  readonly dialog: SaveDialog;
  readonly fileName: () => string;
  /** The log's file; `FILE.1` is what came before it. */
  readonly file: string;
  /** What runs where: versions, platform. */
  readonly facts: () => Readonly<Record<string, string>>;
  readonly log: Log;
}

/** Asks where, and writes: the facts, then the lines, oldest first. Never rejects. */
export async function exportLog({ dialog, fileName, file, facts, log }: LogExportEnv): Promise<LogExportResult> {
  try {
    const chosen = await askWhere(dialog, fileName(), 'txt');
    if (chosen === null) return { ok: false, reason: 'cancelled' };
    const parts = await Promise.all([`${file}.1`, file].map((part) => readFile(part, 'utf8').catch(ifMissing)));
    const head = Object.entries(facts()).map(([name, value]) => `${name}: ${value}\n`);
    // It is clean already; lines of an earlier version may not have been.
    const lines = parts.join('').split('\n').map(scrub).join('\n');
    await writeFile(chosen, `${head.join('')}\n${lines}`, { mode: 0o600 });
    return { ok: true };
  } catch (error) {
    log.failure('log: cannot be exported', error);
    return { ok: false, reason: 'failed' };
  }
}

/** Nothing was written yet, or never so much that a part was set aside. */
function ifMissing(error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
  throw error;
}
