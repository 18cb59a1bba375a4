/** Writes what the person wants to keep to a file of their choice. */
import { writeFile } from 'node:fs/promises';
import type { Dialog } from 'electron';

import type { TrustResult } from '../../preload/contract/trust';
import { done, failed } from './failure';

export interface SaveTextEnv {
  readonly dialog: Pick<Dialog, 'showSaveDialog'>;
  readonly fileName: () => string;
}

/** Asks where, and writes for its owner alone. Never rejects. */
export async function saveText({ dialog, fileName }: SaveTextEnv, text: string): Promise<TrustResult> {
  try {
    const { canceled, filePath } = await dialog.showSaveDialog({
      defaultPath: `${fileName()}.txt`,
      filters: [{ name: 'Text', extensions: ['txt'] }],
      properties: ['showOverwriteConfirmation'],
    });
    if (canceled || filePath === '') return failed('cancelled');
    await writeFile(filePath, text, { mode: 0o600 });
    return done;
  } catch {
    return failed('failed');
  }
}
