/** The files of an account's store by name, and what may be done to them while nobody has them open. */
import { existsSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

export type StoreFile = 'crypto' | 'sync';

/** SQLite's own beside a database; without its `-wal` a database may be older than what was committed. */
const SUFFIXES = ['', '-wal', '-journal'];

export function storePath(folder: string, file: StoreFile): string {
  return path.join(folder, `${file}.sqlite`);
}

/** Renames it to the first free `NAME.aside-N`, where it stays for good. @throws what `node:fs` throws. */
export function setFileAside(folder: string, file: StoreFile): void {
  setAside(storePath(folder, file));
}

/** The same for any SQLite file. @throws what `node:fs` throws. */
export function setAside(from: string): void {
  let number = 1;
  const to = (): string => `${from}.aside-${number}`;
  while (SUFFIXES.some((suffix) => existsSync(to() + suffix))) number++;
  for (const suffix of SUFFIXES) {
    if (existsSync(from + suffix)) renameSync(from + suffix, to() + suffix);
  }
}

/** What was set aside stays. @throws what `node:fs` throws. */
export function removeFile(folder: string, file: StoreFile): void {
  for (const suffix of SUFFIXES) rmSync(storePath(folder, file) + suffix, { force: true });
}
