/** What the person chose. Everything that depends on a choice subscribes; nothing else remembers a setting. */
import { z } from 'zod';
import { defaultSettings } from '../../preload/contract/default-settings';
import { Settings, type SettingsTrouble } from '../../preload/contract/settings';
import type { Log } from '../log';
import { openKeptFile } from './kept-file';

export interface SettingsStore {
  /** See `Snapshot`. */
  readonly trouble: SettingsTrouble | null;
  readonly get: () => Settings;
  /** @returns the settings after the change. */
  readonly change: (part: Partial<Settings>) => Settings;
  /** Called after every change that changes something. @returns a function that ends the subscription. */
  readonly subscribe: (listener: (settings: Settings) => void) => () => void;
}

/** Of the file's layout, not of the program. */
const version = 1;
const SettingsFile = Settings.extend({ version: z.literal(version) });

/** Opens `settings.json` in `folder`. Never throws: see `openKeptFile`. */
export function openSettings(folder: string, log: Log): SettingsStore {
  const file = openKeptFile({
    folder,
    name: 'settings',
    schema: SettingsFile,
    defaults: { version, ...defaultSettings },
    log,
  });
  const listeners = new Set<(settings: Settings) => void>();
  const get = (): Settings => {
    const { version, ...settings } = file.read();
    return settings;
  };

  return {
    trouble: file.trouble,
    get,
    change: (part) => {
      const before = file.read();
      const after = { ...before, ...part };
      if (JSON.stringify(after) === JSON.stringify(before)) return get();
      file.write(after);
      for (const listener of [...listeners]) listener(get());
      return get();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
