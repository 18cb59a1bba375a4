/**
 * A small JSON file of ours in the profile's folder. Whatever is on the disk, the program starts: of a file that cannot be
 * read whole, what can be is kept, and the file as it was lies beside the new one. A disk that cannot be written gives a
 * program that forgets. Fields of a later version stay in the file, for the day on which that version is back.
 */
import { copyFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Store from 'electron-store';
import { z } from 'zod';
import type { SettingsTrouble } from '../../preload/contract/settings';
import type { Log } from '../log';
import { type Fields, type FieldsSchema, isFields, salvage, type Salvaged } from './salvage';

export interface KeptFile<T> {
  readonly read: () => T;
  readonly write: (value: T) => void;
  /** When it was opened. */
  readonly trouble: SettingsTrouble | null;
}

export interface KeptFileOptions<T extends Fields> {
  readonly folder: string;
  /** File name without `.json`. */
  readonly name: string;
  readonly schema: FieldsSchema<T>;
  readonly defaults: T;
  readonly log: Log;
}

export function openKeptFile<T extends Fields>(options: KeptFileOptions<T>): KeptFile<T> {
  const { folder, name, schema, defaults, log } = options;
  let current = defaults;
  let store: Store | null = null;
  let trouble: SettingsTrouble | null = null;
  try {
    const mended = mend(path.join(folder, `${name}.json`), options);
    if (mended.hasLost) trouble = 'setAside';
    store = new Store({ cwd: folder, name, defaults, schema: jsonSchema(schema), configFileMode: 0o600 });
    current = mended.value;
  } catch (error) {
    log.failure(`${name}: cannot be kept on disk`, error);
    trouble = 'notKept';
  }

  return {
    trouble,
    read: () => current,
    write: (value) => {
      current = value;
      try {
        store?.set(value);
      } catch (error) {
        log.failure(`${name}: cannot be written`, error);
      }
    },
  };
}

/** Brings a file into today's form, as a whole or not at all. Where that costs something, it is kept as it was as well. */
function mend<T extends Fields>(file: string, { schema, defaults, log }: KeptFileOptions<T>): Salvaged<T> {
  if (!existsSync(file)) return { value: defaults, hasLost: false };
  const found = readFields(readFileSync(file, 'utf8'));
  const { value, hasLost } = found === null ? { value: defaults, hasLost: true } : salvage(schema, found, defaults);
  if (hasLost) {
    copyFileSync(file, `${file}.damaged`);
    log.warn('settings file not read whole: a copy set aside', { file: path.basename(file), isJson: found !== null });
  }
  const mended = { ...found, ...value };
  if (JSON.stringify(mended) !== JSON.stringify(found)) {
    writeFileSync(`${file}.new`, JSON.stringify(mended, null, '\t'), { mode: 0o600, flush: true });
    renameSync(`${file}.new`, file);
  }
  return { value, hasLost };
}

/** Null: no JSON, or no object. */
function readFields(text: string): Fields | null {
  try {
    const found: unknown = JSON.parse(text);
    return isFields(found) ? found : null;
  } catch {
    return null;
  }
}

function jsonSchema(schema: z.ZodType): never {
  return z.toJSONSchema(schema).properties as never;
}
