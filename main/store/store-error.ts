/** What can go wrong with a file of the store, in words that the rest of the program can act on. */

/**
 * - `locked`: another process, or this one, has it open.
 * - `wrongKey`: sealed with another key.
 * - `newer`: written by a later version of this program.
 * - `damaged`: it is no longer what was written.
 * - `readOnly`: the folder or the file may not be written to.
 * - `diskFull`: no room, or the person's quota is used up.
 * - `failed`: the disk reports an error, or anything else.
 */
export type StoreTrouble = 'locked' | 'wrongKey' | 'newer' | 'damaged' | 'readOnly' | 'diskFull' | 'failed';

export class StoreError extends Error {
  override name = 'StoreError';
  readonly reason: StoreTrouble;

  constructor(reason: StoreTrouble, options?: ErrorOptions) {
    super(`store: ${reason}`, options);
    this.reason = reason;
  }
}

/** https://www.sqlite.org/rescode.html: the primary result codes, which are the low byte of the extended ones. */
const bySqlite: Readonly<Record<number, StoreTrouble>> = {
  5: 'locked', // BUSY
  8: 'readOnly', // READONLY
  11: 'damaged', // CORRUPT
  13: 'diskFull', // FULL
  26: 'damaged', // NOTADB
};

const bySystem: Readonly<Record<string, StoreTrouble>> = {
  EACCES: 'readOnly',
  EPERM: 'readOnly',
  EROFS: 'readOnly',
  ENOSPC: 'diskFull',
  EDQUOT: 'diskFull',
};

/** Reads an error of this store, of `node:sqlite` or of the system. Null: it is none of them, so it is a bug. */
export function troubleOf(error: unknown): StoreTrouble | null {
  if (error instanceof StoreError) return error.reason;
  if (!(error instanceof Error)) return null;
  const { errcode, code, syscall } = error as { errcode?: number; code?: string; syscall?: string };
  if (errcode !== undefined) return bySqlite[errcode & 0xff] ?? 'failed';
  return syscall === undefined ? null : (bySystem[code ?? ''] ?? 'failed');
}
