/**
 * Newer versions of the program, from the feed that its package names (electron-builder's `publish`). A package without
 * a feed asks nobody, and does not even load what would ask; with one, only a person's click does.
 */
import { existsSync } from 'node:fs';
import type { AppUpdater } from 'electron-updater';
import type { UpdateState } from '../../preload/contract/updates';
import type { Log } from '../log';

export type Updater = Pick<
  AppUpdater,
  'autoDownload' | 'autoInstallOnAppQuit' | 'checkForUpdates' | 'downloadUpdate' | 'logger' | 'on' | 'quitAndInstall'
>;

export interface UpdatesEnv {
  readonly isPackaged: boolean;
  /** electron-builder writes it into a package that has a feed: `resources/app-update.yml`. */
  readonly feedFile: string;
  readonly load: () => Promise<Updater>;
  readonly changed: (state: UpdateState) => void;
  readonly log: Log;
}

export interface Updates {
  readonly state: () => UpdateState;
  /** Asks the feed. The three never reject: what goes wrong is the state `failed`. */
  readonly check: () => Promise<UpdateState>;
  /** Fetches what `check` has found; it is installed when the program quits. */
  readonly download: () => Promise<UpdateState>;
  /** Quits, as if the person had, installs, and starts anew. */
  readonly install: () => Promise<UpdateState>;
}

export function makeUpdates({ isPackaged, feedFile, load, changed, log }: UpdatesEnv): Updates {
  let state: UpdateState = { name: isPackaged && existsSync(feedFile) ? 'idle' : 'off' };
  let loading: Promise<Updater> | null = null;
  const move = (next: UpdateState): void => {
    state = next;
    changed(next);
  };

  async function prepare(): Promise<Updater> {
    const updater = await load();
    updater.autoDownload = false;
    updater.autoInstallOnAppQuit = true;
    // It would log addresses and folders.
    updater.logger = null;
    updater.on('download-progress', ({ percent }) => {
      if (state.name === 'downloading') move({ ...state, percent: Math.floor(percent) });
    });
    // What fails is told by the promise as well; without a listener it would be thrown.
    updater.on('error', () => undefined);
    return updater;
  }

  /** Does `work` in a state that allows it, and otherwise nothing. */
  async function attempt(
    allowed: readonly UpdateState['name'][],
    work: (updater: Updater) => Promise<void>,
  ): Promise<UpdateState> {
    if (!allowed.includes(state.name)) return state;
    try {
      await work(await (loading ??= prepare()));
    } catch (error) {
      log.failure('update', error);
      move({ name: 'failed' });
    }
    return state;
  }

  return {
    state: () => state,
    check: () =>
      attempt(['idle', 'current', 'available', 'failed'], async (updater) => {
        move({ name: 'checking' });
        const found = await updater.checkForUpdates();
        const isNewer = found?.isUpdateAvailable === true;
        move(isNewer ? { name: 'available', version: found.updateInfo.version } : { name: 'current' });
      }),
    download: () =>
      attempt(['available'], async (updater) => {
        if (state.name !== 'available') return;
        const { version } = state;
        move({ name: 'downloading', version, percent: 0 });
        await updater.downloadUpdate();
        move({ name: 'ready', version });
      }),
    install: () =>
      attempt(['ready'], (updater) => {
        updater.quitAndInstall();
        return Promise.resolve();
      }),
  };
}
