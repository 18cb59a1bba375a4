/**
 * A small JSON file of ours in the profile's folder. Whatever is on the disk, the program starts: a damaged file gives
 * the defaults and is kept beside the new one, and a disk that cannot be written gives a program that forgets.
 */
import { existsSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import Store from 'electron-store';
import { z } from 'zod';
import type { SettingsTrouble } from '../../preload/contract/settings';
import type { Log } from '../log';

export interface KeptFile<T> {
  readonly read: () => T;
  readonly write: (value: T) => void;
  /** When it was opened. */
  readonly trouble: SettingsTrouble | null;
}

export interface KeptFileOptions<T extends Record<string, unknown>> {
  readonly folder: string;
  /** File name without `.json`. */
  readonly name: string;
  /** Must be strict: a field that we do not know means that the file is not ours to change. */
  readonly schema: z.ZodObject<z.ZodRawShape, z.core.$strict> & z.ZodType<T>;
  readonly defaults: T;
  readonly log: Log;
}

export function openKeptFile<T extends Record<string, unknown>>(options: KeptFileOptions<T>): KeptFile<T> {
  const { folder, name, schema, defaults, log } = options;
  let current = defaults;
  let store: Store | null = null;
  let trouble: SettingsTrouble | null = null;
  try {
    if (setAsideIfDamaged(path.join(folder, `${name}.json`), schema, log)) trouble = 'setAside';
    store = new Store({
      cwd: folder,
      name,
      defaults,
      schema: jsonSchema(schema),
      rootSchema: { additionalProperties: false },
      configFileMode: 0o600,
    });
    current = schema.parse(store.store);
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

/**
 * A file that lacks newer fields is fine: they get their defaults. Everything else that does not parse is damage.
 * @returns whether there was any.
 */
function setAsideIfDamaged(file: string, schema: z.ZodObject, log: Log): boolean {
  if (!existsSync(file)) return false;
  const damage = findDamage(readFileSync(file, 'utf8'), schema.partial());
  if (damage === null) return false;
  renameSync(file, `${file}.damaged`);
  log.warn('settings file damaged: set aside, starting with the defaults', { file: path.basename(file), damage });
  return true;
}

function findDamage(text: string, schema: z.ZodObject): 'notJson' | 'notOurs' | null {
  try {
    return schema.safeParse(JSON.parse(text)).success ? null : 'notOurs';
  } catch {
    return 'notJson';
  }
}

function jsonSchema(schema: z.ZodType): never {
  return z.toJSONSchema(schema).properties as never;
}
