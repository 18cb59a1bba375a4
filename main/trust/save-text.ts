/** Writes what the person wants to keep to a file of their choice. */
import { writeFile } from 'node:fs/promises';

import type { TrustResult } from '../../preload/contract/trust';
import { askWhere, type SaveDialog } from '../desktop/save-as';
import { done, failed } from './failure';

export interface SaveTextEnv {
  readonly dialog: SaveDialog;
  readonly fileName: () => string;
}

/** Asks where, and writes for its owner alone. Never rejects. */
export async function saveText({ dialog, fileName }: SaveTextEnv, text: string): Promise<TrustResult> {
  try {
    const file = await askWhere(dialog, fileName(), 'txt');
    if (file === null) return failed('cancelled');
    await writeFile(file, text, { mode: 0o600 });
    return done;
  } catch {
    return failed('failed');
  }
}
