/** Hands the list of calls to its person, as a file where they want it. */
import { writeFile } from 'node:fs/promises';
import type { ExportResult } from '../../preload/contract/history';
import { askWhere, type SaveDialog } from '../desktop/save-as';
import type { Log } from '../log';
import { csvOf } from './csv';
import type { History } from './history';

export interface ExportEnv {
  readonly dialog: SaveDialog;
  readonly fileName: () => string;
  readonly history: Pick<History, 'all'>;
  readonly log: Log;
}

/** Asks where, and writes. Never rejects. */
export async function exportHistory({ dialog, fileName, history, log }: ExportEnv): Promise<ExportResult> {
  try {
    const file = await askWhere(dialog, fileName(), 'csv');
    if (file === null) return { ok: false, reason: 'cancelled' };
    const calls = history.all();
    // Who called whom is nobody else's business.
    await writeFile(file, csvOf(calls), { mode: 0o600 });
    return { ok: true, calls: calls.length };
  } catch (error) {
    log.failure('history: cannot be exported', error);
    return { ok: false, reason: 'failed' };
  }
}
