/** Asks a person where a file is to be kept. */
import type { Dialog, FileFilter } from 'electron';

export type SaveDialog = Pick<Dialog, 'showSaveDialog'>;

/** Kinds of files that are handed out, by how their names end. */
const filters = {
  csv: { name: 'CSV', extensions: ['csv'] },
  txt: { name: 'Text', extensions: ['txt'] },
} satisfies Record<string, FileFilter>;

/** @param name without its ending. @returns null when the person would rather not. */
export async function askWhere(dialog: SaveDialog, name: string, ending: keyof typeof filters): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog({
    defaultPath: `${name}.${ending}`,
    filters: [filters[ending]],
    properties: ['showOverwriteConfirmation'],
  });
  return canceled || filePath === '' ? null : filePath;
}
