/**
 * The person's own ringtone: a copy of their file in the profile's folder, so that it rings also when the file is gone.
 * Main does not look into it; it is kept only after the page could play it.
 */
import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Dialog } from 'electron';
import { type ChosenRingtone, type KeptRingtone, largestRingtone } from '../../preload/contract/ringtone-file';
import type { Log } from '../log';
import type { SettingsStore } from '../settings/settings';

export interface OwnRingtone {
  readonly choose: () => Promise<ChosenRingtone>;
  /** Keeps the file that was chosen last, and rings with it from now on. */
  readonly keep: () => Promise<KeptRingtone>;
  /** The whole file in base64; null where there is none. */
  readonly load: () => Promise<string | null>;
}

export interface OwnRingtoneEnv {
  readonly folder: string;
  readonly dialog: Pick<Dialog, 'showOpenDialog'>;
  /** What the dialog calls files of this kind. */
  readonly kindOfFiles: () => string;
  readonly settings: Pick<SettingsStore, 'get' | 'change'>;
  readonly log: Log;
}

/** What Chromium decodes, by the usual endings. */
const endings = ['mp3', 'm4a', 'aac', 'ogg', 'oga', 'opus', 'wav', 'flac', 'webm', 'mp4'];

export function makeOwnRingtone({ folder, dialog, kindOfFiles, settings, log }: OwnRingtoneEnv): OwnRingtone {
  const file = path.join(folder, 'ringtone');
  let chosen: { readonly name: string; readonly bytes: Buffer } | null = null;

  return {
    choose: async () => {
      chosen = null;
      const { canceled, filePaths } = await dialog.showOpenDialog({
        properties: ['openFile'],
        filters: [{ name: kindOfFiles(), extensions: endings }],
      });
      const [source] = filePaths;
      if (canceled || source === undefined) return { ok: false, reason: 'cancelled' };
      try {
        // Before it is read: it may be anything of any size.
        if ((await stat(source)).size > largestRingtone) return { ok: false, reason: 'tooLarge' };
        chosen = { name: path.basename(source).slice(0, 255), bytes: await readFile(source) };
        return { ok: true, name: chosen.name, sound: chosen.bytes.toString('base64') };
      } catch (error) {
        log.failure('the sound file cannot be read', error);
        return { ok: false, reason: 'unreadable' };
      }
    },
    keep: async () => {
      if (chosen === null) return { ok: false, reason: 'unreadable' };
      try {
        await writeFile(file, chosen.bytes, { mode: 0o600 });
      } catch (error) {
        log.failure('the ringtone cannot be kept', error);
        return { ok: false, reason: 'notKept' };
      }
      const { ringing } = settings.get();
      return { ok: true, settings: settings.change({ ringing: { ...ringing, tone: 'own', ownTone: chosen.name } }) };
    },
    load: async () => {
      try {
        return (await readFile(file)).toString('base64');
      } catch {
        return null; // There is none; the page falls back to its own.
      }
    },
  };
}
