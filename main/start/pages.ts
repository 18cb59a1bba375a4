/** Serves the pages: from here on every command of the contract is answered. */
import path from 'node:path';
import { app, dialog, Notification, shell } from 'electron';
import { makeRuleLines } from '../calls/rule-lines';
import type { Clock } from '../clock';
import { origin } from '../desktop/app-protocol';
import { desktopLacks, type LacksEnv } from '../desktop/lacks';
import type { Messages } from '../desktop/messages';
import { privacyPages } from '../desktop/privacy-pages';
import { programFacts } from '../desktop/program-facts';
import { makeUpdates } from '../desktop/updates';
import { exportHistory } from '../history/export';
import type { History } from '../history/history';
import { makeGatekeeper, serve, type TellPage } from '../ipc';
import { type HandlersEnv, makeHandlers } from '../ipc-handlers';
import type { Log } from '../log';
import { exportLog } from '../log-export';
import { makeOwnRingtone } from '../ringing/own-ringtone';
import type { Windows } from './windows';

type MadeHere =
  | 'callWindow'
  | 'exportHistory'
  | 'exportLog'
  | 'history'
  | 'lacks'
  | 'openPrivacy'
  | 'ringtone'
  | 'ruleLine'
  | 'updates';

export interface PagesEnv extends Omit<HandlersEnv, MadeHere> {
  /** Of the profile. */
  readonly folder: string;
  /** The log's file. */
  readonly logPath: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly messages: () => Messages;
  readonly history: History;
  readonly windows: Pick<Windows, 'window' | 'callWindow'>;
  readonly tellPage: TellPage;
  readonly tray: LacksEnv['tray'];
}

export function servePages(env: PagesEnv): void {
  const { folder, log, messages, history, settings, tellPage } = env;
  const { window, callWindow } = env.windows;
  const exportingHistory = { dialog, fileName: () => messages().exportedCalls, history, log };
  const exportingLog = {
    dialog,
    fileName: () => messages().exportedLog,
    file: env.logPath,
    facts: () => programFacts(app),
    log,
  };
  const handlers = makeHandlers({
    ...env,
    callWindow,
    exportHistory: () => exportHistory(exportingHistory),
    ruleLine: makeRuleLines(env),
    exportLog: () => exportLog(exportingLog),
    lacks: () => desktopLacks({ tray: env.tray, notifications: () => Notification.isSupported() }),
    openPrivacy: privacyPages(process.platform, (url) => shell.openExternal(url)),
    ringtone: makeOwnRingtone({ folder, dialog, kindOfFiles: () => messages().soundFiles, settings, log }),
    updates: makeUpdates({
      isPackaged: app.isPackaged,
      feedFile: path.join(process.resourcesPath, 'app-update.yml'),
      load: async () => (await import('electron-updater')).default.autoUpdater,
      changed: (state) => {
        tellPage('update:changed', state);
      },
      log,
    }),
  });
  serve(handlers, makeGatekeeper({ origin, main: () => window.contents, callWindow: callWindow.contents }));
}
