import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeOwnRingtone, type OwnRingtone } from '../../../../main/ringing/own-ringtone';
import { defaultSettings } from '../../../../preload/contract/default-settings';
import { largestRingtone } from '../../../../preload/contract/ringtone-file';
import type { Settings } from '../../../../preload/contract/settings';
import { quietLog } from '../quiet-log';

let folder: string;
let answer: { canceled: boolean; filePaths: string[] };
let settings: Settings;
let subject: OwnRingtone;
const change = vi.fn((part: Partial<Settings>) => (settings = { ...settings, ...part }));

beforeEach(() => {
  vi.clearAllMocks();
  folder = mkdtempSync(path.join(tmpdir(), 'carillon-ringtone-'));
  answer = { canceled: false, filePaths: [path.join(folder, 'song.mp3')] };
  settings = defaultSettings;
  subject = open(folder);
  writeFileSync(path.join(folder, 'song.mp3'), 'a song');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function open(at: string): OwnRingtone {
  return makeOwnRingtone({
    folder: at,
    dialog: { showOpenDialog: () => Promise.resolve(answer) },
    kindOfFiles: () => 'Sounds',
    settings: { get: () => settings, change },
    log: quietLog(),
  });
}
const file = () => path.join(folder, 'ringtone');

describe('the own ringtone', () => {
  it('is shown to the page, and kept when that could play it', async () => {
    expect(await subject.choose()).toEqual({ ok: true, name: 'song.mp3', sound: btoa('a song') });
    expect(existsSync(file())).toBe(false);
    expect(await subject.keep()).toMatchObject({
      ok: true,
      settings: { ringing: { tone: 'own', ownTone: 'song.mp3' } },
    });
    expect(readFileSync(file(), 'utf8')).toBe('a song');
    if (process.platform !== 'win32') expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it('rings also when the file is gone, and after a restart', async () => {
    await subject.choose();
    await subject.keep();
    rmSync(path.join(folder, 'song.mp3'));
    expect(await open(folder).load()).toBe(btoa('a song'));
  });

  it('is not there before one was chosen', async () => {
    expect(await subject.load()).toBeNull();
    expect(await subject.keep()).toEqual({ ok: false, reason: 'unreadable' });
  });

  it('is left as it was when the person closes the dialog', async () => {
    answer = { canceled: true, filePaths: [] };
    expect(await subject.choose()).toEqual({ ok: false, reason: 'cancelled' });
    expect(change).not.toHaveBeenCalled();
  });

  it('is not read when it is too large, and not missed when it is gone', async () => {
    truncateSync(path.join(folder, 'song.mp3'), largestRingtone + 1);
    expect(await subject.choose()).toEqual({ ok: false, reason: 'tooLarge' });
    rmSync(path.join(folder, 'song.mp3'));
    expect(await subject.choose()).toEqual({ ok: false, reason: 'unreadable' });
  });

  it('is refused by a disk that cannot be written, and what rang before rings on', async () => {
    const nowhere = open(path.join(folder, 'missing', 'folder'));
    await nowhere.choose();
    expect(await nowhere.keep()).toEqual({ ok: false, reason: 'notKept' });
    expect(change).not.toHaveBeenCalled();
  });
});
