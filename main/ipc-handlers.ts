/** What each command of the contract does: one line of delegation, or a reason why it cannot be done. */
import type { DesktopLack } from '../preload/contract/desktop';
import type { PrivacyPage } from '../preload/contract/devices';
import type { ExportResult } from '../preload/contract/history';
import type { LogExportResult, RuleLine } from '../preload/contract/log';
import type { Settings } from '../preload/contract/settings';
import type { Accounts, AccountSession } from './account/contract';
import type { LiveCalls } from './calls/live-calls';
import type { SignalLog } from './calls/signal-log';
import type { CallWindow } from './desktop/call-window';
import type { OfferedDevices } from './desktop/device-offers';
import type { HotkeysControl } from './desktop/hotkeys';
import type { PageActions } from './desktop/page-actions';
import type { Screens } from './desktop/screens';
import type { Updates } from './desktop/updates';
import type { History } from './history/history';
import type { Handlers } from './ipc';
import type { Alerts } from './ringing/alert';
import type { OwnRingtone } from './ringing/own-ringtone';
import type { SettingsStore } from './settings/settings';
import { makeTrustHandlers } from './trust/handlers';

export interface HandlersEnv {
  readonly accounts: Accounts;
  /** Resolves when the accounts kept on disk are listed: a page must not ask for a password that it does not need. */
  readonly restored: Promise<unknown>;
  readonly takeLink: () => string | null;
  readonly hotkeys: Pick<HotkeysControl, 'report' | 'set' | 'suspend'>;
  readonly settings: SettingsStore;
  readonly signalLog: SignalLog;
  readonly liveCalls: LiveCalls;
  readonly alerts: Alerts;
  readonly actions: Pick<PageActions, 'act' | 'reported'>;
  readonly ringtone: OwnRingtone;
  readonly lacks: () => Promise<readonly DesktopLack[]>;
  readonly callWindow: Pick<CallWindow, 'view' | 'drawn'>;
  readonly history: Pick<History, 'report' | 'list' | 'markSeen' | 'delete' | 'forgetAccount'>;
  /** Asks for a file and writes the history to it. */
  readonly exportHistory: () => Promise<ExportResult>;
  /** Writes one line of the call engine to the log. */
  readonly ruleLine: (line: RuleLine) => void;
  /** Asks for a file and writes the log to it. */
  readonly exportLog: () => Promise<LogExportResult>;
  readonly updates: Updates;
  /** Asks the person when a call would end. */
  readonly mayQuit: () => Promise<boolean>;
  readonly screens: Screens;
  readonly devices: Pick<OfferedDevices, 'set'>;
  readonly openPrivacy: (page: PrivacyPage) => Promise<boolean>;
  /** BCP 47 tag of the desktop. */
  readonly systemLanguage: string;
  readonly secretsProtected: () => Promise<boolean>;
  /** See `Snapshot`. */
  readonly accountsLost: boolean;
}

const signedOut = { ok: false, reason: 'signedOut' } as const;

export function makeHandlers(env: HandlersEnv): Handlers {
  const { accounts, settings, signalLog, liveCalls, alerts, history } = env;
  const session = (account: Parameters<Accounts['session']>[0]): AccountSession | undefined =>
    accounts.session(account);

  return {
    'app:snapshot': async () => {
      await env.restored;
      const secretsProtected = await env.secretsProtected();
      // From here on without a pause: what happens later has a number of the snapshot's or above.
      const list = accounts.list();
      return {
        accounts: list,
        people: list.flatMap(({ userId }) => session(userId)?.people() ?? []),
        settings: settings.get(),
        systemLanguage: env.systemLanguage,
        secretsProtected,
        accountsLost: env.accountsLost,
        settingsTrouble: settings.trouble,
        trust: list.flatMap(({ userId }) => session(userId)?.trust()?.current() ?? []),
        ...signalLog.snapshot(),
      };
    },
    'account:signIn': ({ server, user, password }) => accounts.signIn(server, user, password),
    'account:methods': ({ server }) => accounts.methods(server),
    'account:signInByBrowser': ({ server, method, again }) => accounts.signInByBrowser(server, method, again),
    'account:openBrowser': () => {
      accounts.openBrowser();
      return null;
    },
    'account:cancelSignIn': () => {
      accounts.cancelSignIn();
      return null;
    },
    'account:signOut': async ({ account }) => {
      alerts.signedOut(account);
      signalLog.forgetAccount(account);
      // The account itself waits a little for its last hangups.
      void liveCalls.hangUp(account);
      await accounts.signOut(account);
      history.forgetAccount(account);
      return null;
    },
    'account:retry': ({ account }) => {
      accounts.retry(account);
      return null;
    },
    'account:startOver': async ({ account }) => {
      await accounts.startOver(account);
      return null;
    },
    'people:search': async ({ account, term }) => (await session(account)?.search(term)) ?? signedOut,
    'people:start': async ({ account, userId }) => (await session(account)?.startDirect(userId)) ?? signedOut,
    'people:accept': async ({ account, roomId }) => (await session(account)?.accept(roomId)) ?? signedOut,
    'people:decline': async ({ account, roomId }) => (await session(account)?.declineInvitation(roomId)) ?? signedOut,
    'people:favourite': async ({ account, roomId, favourite }) =>
      (await session(account)?.setFavourite(roomId, favourite)) ?? signedOut,
    'people:presence': async ({ account, userIds }) =>
      (await session(account)?.presence(userIds)) ?? userIds.map(() => null),
    'number:support': async ({ account }) => (await session(account)?.numberSupport()) ?? 'unknown',
    'number:find': async ({ account, number }) => (await session(account)?.findNumber(number)) ?? signedOut,
    'link:take': () => env.takeLink(),
    'hotkeys:report': () => env.hotkeys.report(),
    'hotkeys:set': ({ name, accelerator }) => env.hotkeys.set(name, accelerator),
    'hotkeys:recording': ({ on }) => {
      env.hotkeys.suspend(on);
      return null;
    },
    'signal:send': (signal) => liveCalls.send(signal),
    'turn:get': async ({ account }) => (await session(account)?.turn()) ?? null,
    'call:prepare': ({ account, roomId }) => {
      session(account)?.prepare(roomId);
      return null;
    },
    'call:report': (report) => {
      // Ringing and answering calls can still come back to a page that has to start anew (AN-25); others cannot.
      if (report.state !== 'ringing' && report.state !== 'answering') signalLog.forget(report);
      liveCalls.report(report);
      // The engine knows best how a call ended: before the alert says that its ringing did.
      history.report(report);
      alerts.report(report);
      env.actions.reported(report);
      return null;
    },
    'call:silence': (call) => {
      alerts.silence(call);
      return null;
    },
    'history:list': (query) => history.list(query),
    'history:seen': () => {
      history.markSeen();
      return null;
    },
    'history:delete': ({ id }) => {
      history.delete(id);
      return null;
    },
    'history:export': () => env.exportHistory(),
    'screen:sources': () => env.screens.sources(),
    'screen:choose': (choice) => {
      env.screens.choose(choice);
      return null;
    },
    'devices:offer': (offers) => {
      env.devices.set(offers);
      return null;
    },
    'devices:openPrivacy': (page) => env.openPrivacy(page),
    'settings:change': (part) => settings.change(part as Partial<Settings>),
    'desktop:lacks': () => env.lacks(),
    'ringtone:choose': () => env.ringtone.choose(),
    'ringtone:keep': () => env.ringtone.keep(),
    'ringtone:load': () => env.ringtone.load(),
    'callWindow:view': () => env.callWindow.view(),
    'callWindow:drawn': (size) => {
      env.callWindow.drawn(size);
      return null;
    },
    'callWindow:answer': ({ action, ...call }) => {
      env.actions.act(call, action);
      return null;
    },
    'log:rule': (line) => {
      env.ruleLine(line);
      return null;
    },
    'log:export': () => env.exportLog(),
    'update:state': () => env.updates.state(),
    'update:check': () => env.updates.check(),
    'update:download': () => env.updates.download(),
    'update:install': async () => ((await env.mayQuit()) ? env.updates.install() : env.updates.state()),
    ...makeTrustHandlers((account) => session(account)?.trust()),
  };
}
