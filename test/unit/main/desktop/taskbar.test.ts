import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { messagesFor } from '../../../../main/desktop/messages';
import { makeOverlay } from '../../../../main/desktop/taskbar';

vi.mock('electron', () => ({ nativeImage: { createFromPath: (file: string) => file } }));
const assets = path.join(import.meta.dirname, '../../../../assets');

describe("the picture on Windows' taskbar", () => {
  it.each([
    ['ringing first', { ringing: 1, missed: 3 }, 'ringing.png', 'Incoming call'],
    ['one missed call', { ringing: 0, missed: 1 }, '1.png', 'Carillon: 1 missed call'],
    ['nine', { ringing: 0, missed: 9 }, '9.png', 'Carillon: 9 missed calls'],
    ['more', { ringing: 0, missed: 12 }, 'more.png', 'Carillon: 12 missed calls'],
  ])('%s', (_what, numbers, file, words) => {
    const set = vi.fn();
    makeOverlay({ assets, messages: () => messagesFor('en', ''), set })(numbers);
    const [picture, said] = set.mock.lastCall as [string, string];
    expect([path.basename(picture), said]).toEqual([file, words]);
    expect(existsSync(picture)).toBe(true);
  });

  it('is taken away when there is nothing to say', () => {
    const set = vi.fn();
    makeOverlay({ assets, messages: () => messagesFor('en', ''), set })({ ringing: 0, missed: 0 });
    expect(set).toHaveBeenCalledWith(null, '');
  });
});
