/** What lies on the disk. It is opened first of all, since without it nothing can start. */
import { safeStorage } from 'electron';
import { makeVault, type Vault } from '../account/vault';
import { openVaultStore } from '../account/vault-store';
import type { Names } from '../desktop/names';
import { type History, openHistory } from '../history/history';
import type { Log } from '../log';
import type { KeptFile } from '../settings/kept-file';
import { openSettings, type SettingsStore } from '../settings/settings';
import { openWindowState, type WindowState } from '../settings/window-state';

export interface Disk {
  readonly vault: Vault;
  /** See `Snapshot`. */
  readonly accountsLost: boolean;
  readonly settings: SettingsStore;
  readonly windowState: KeptFile<WindowState>;
  readonly history: History;
}

export interface DiskEnv {
  /** Of the profile. */
  readonly folder: string;
  readonly log: Log;
  readonly nameOf: Names['ofPerson'];
  /** @param unseen missed calls that nobody has looked at. */
  readonly historyChanged: (unseen: number) => void;
}

export function openDisk({ folder, log, nameOf, historyChanged }: DiskEnv): Disk {
  const vaultStore = openVaultStore(folder);
  return {
    vault: makeVault({ store: vaultStore, keyring: safeStorage, platform: process.platform }),
    accountsLost: vaultStore.wasUnreadable,
    windowState: openWindowState(folder, log),
    settings: openSettings(folder, log),
    history: openHistory({ folder, log, date: Date.now, nameOf, changed: historyChanged }),
  };
}
