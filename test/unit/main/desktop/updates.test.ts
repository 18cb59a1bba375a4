import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { makeUpdates, type Updater } from '../../../../main/desktop/updates';
import type { UpdateState } from '../../../../preload/contract/updates';
import { quietLog } from '../quiet-log';

type Progress = (progress: { percent: number }) => void;

function setUp({ packaged = true, feed = true } = {}) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'carillon-updates-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const feedFile = path.join(folder, 'app-update.yml');
  if (feed) writeFileSync(feedFile, 'provider: generic\nurl: https://example.org/carillon\n');
  const listeners = new Map<string, Progress>();
  const updater = {
    autoDownload: true,
    autoInstallOnAppQuit: false,
    logger: console,
    on: vi.fn((name: string, listener: Progress) => listeners.set(name, listener)),
    checkForUpdates: vi.fn(() => Promise.resolve({ isUpdateAvailable: true, updateInfo: { version: '2.0.0' } })),
    downloadUpdate: vi.fn(() => {
      listeners.get('download-progress')?.({ percent: 42.7 });
      return Promise.resolve([]);
    }),
    quitAndInstall: vi.fn(),
  };
  const load = vi.fn(() => Promise.resolve(updater as unknown as Updater));
  const told: UpdateState[] = [];
  const changed = (state: UpdateState): number => told.push(state);
  const updates = makeUpdates({ isPackaged: packaged, feedFile, load, changed, log: quietLog() });
  return { updates, updater, load, told };
}

describe('updates', () => {
  it.each([
    ['a package without a feed', { feed: false }],
    ['a program that is not packaged', { packaged: false }],
  ])('are off in %s: nothing is loaded, nobody is asked', async (_where, options) => {
    const { updates, load, told } = setUp(options);
    expect([updates.state(), await updates.check(), await updates.download(), await updates.install()]).toEqual(
      Array(4).fill({ name: 'off' }),
    );
    expect([load.mock.calls, told]).toEqual([[], []]);
  });

  it('are asked for, fetched and installed one step after the other, each by a click', async () => {
    const { updates, updater, load, told } = setUp();
    expect(updates.state()).toEqual({ name: 'idle' });
    expect(load).not.toHaveBeenCalled();
    expect(await updates.install()).toEqual({ name: 'idle' });
    expect(await updates.check()).toEqual({ name: 'available', version: '2.0.0' });
    expect([updater.autoDownload, updater.autoInstallOnAppQuit, updater.logger]).toEqual([false, true, null]);
    expect(await updates.download()).toEqual({ name: 'ready', version: '2.0.0' });
    expect(updater.quitAndInstall).not.toHaveBeenCalled();
    await updates.install();
    expect(updater.quitAndInstall).toHaveBeenCalledOnce();
    expect(load).toHaveBeenCalledOnce();
    expect(told.map((state) => ('percent' in state ? `${state.name} ${state.percent}` : state.name))).toEqual([
      'checking',
      'available',
      'downloading 0',
      'downloading 42',
      'ready',
    ]);
  });

  it('say when there is nothing newer', async () => {
    const { updates, updater } = setUp();
    updater.checkForUpdates.mockResolvedValue({ isUpdateAvailable: false, updateInfo: { version: '1.0.0' } });
    expect(await updates.check()).toEqual({ name: 'current' });
  });

  it('say when the feed does not answer, and can be asked again', async () => {
    const { updates, updater } = setUp();
    updater.checkForUpdates.mockRejectedValueOnce(new Error('net::ERR_NAME_NOT_RESOLVED'));
    expect(await updates.check()).toEqual({ name: 'failed' });
    expect(await updates.check()).toEqual({ name: 'available', version: '2.0.0' });
    updater.downloadUpdate.mockRejectedValueOnce(new Error('sha512 checksum mismatch'));
    expect(await updates.download()).toEqual({ name: 'failed' });
  });
});
