/** The accounts, with what they need of the desktop: a browser, a place for the recovery key, chance. */
import { randomBytes } from 'node:crypto';
import { dialog, shell } from 'electron';
import { accountFolder } from '../account/account-folder';
import { type AccountsEnv, makeAccounts } from '../account/accounts';
import type { Accounts } from '../account/contract';
import type { Messages } from '../desktop/messages';
import { systemBrowser } from '../desktop/system-browser';
import type { SettingsStore } from '../settings/settings';
import { saveText } from '../trust/save-text';

export interface OpenAccountsEnv extends Pick<AccountsEnv, 'vault' | 'listener' | 'clock' | 'log'> {
  /** Of the profile. */
  readonly folder: string;
  readonly settings: Pick<SettingsStore, 'get'>;
  readonly messages: () => Messages;
  /** The browser is done, and the person is wanted back here. */
  readonly returned: () => void;
}

export function openAccounts(env: OpenAccountsEnv): Accounts {
  const { vault, listener, clock, log, folder, settings, messages, returned } = env;
  return makeAccounts({
    vault,
    listener,
    fetch,
    folder: (userId) => accountFolder(folder, userId),
    callTrust: () => settings.get().callTrust,
    browser: systemBrowser({ open: (url) => shell.openExternal(url), messages, returned }),
    saveText: (text) => saveText({ dialog, fileName: () => messages().recoveryKeyFile }, text),
    random: (bytes) => randomBytes(bytes).toString('base64url'),
    clock,
    date: Date.now,
    log,
  });
}
