/**
 * The composition root: read from top to bottom it is the table of contents of the main process. It holds no logic. What
 * is made further down is reached through a function, and nothing calls one before all of it is there.
 */
import path from 'node:path';
import { app, powerMonitor } from 'electron';
import type { Accounts } from './account/contract';
import { systemClock as clock } from './clock';
import type { CommandLine } from './desktop/command-line';
import { makeOfferedDevices } from './desktop/device-offers';
import { endOrderly } from './desktop/lifecycle';
import type { Links } from './desktop/links';
import { setApplicationMenu } from './desktop/menu';
import { makeNames } from './desktop/names';
import { watchPower } from './desktop/power';
import { logFile } from './desktop/profile';
import { makeQuitQuestion } from './desktop/quit';
import { makeLog } from './log';
import { openAccounts } from './start/accounts';
import { begin, type Running } from './start/before-ready';
import { connectCalls } from './start/calls';
import { openDisk } from './start/disk';
import { followLanguageAndTheme } from './start/language-and-theme';
import { limitPages } from './start/page-rights';
import { servePages } from './start/pages';
import { takePlaceInDesktop } from './start/place-in-desktop';
import { listenToRemote } from './start/remote';
import { showSigns } from './start/signs';
import { openWindows } from './start/windows';

/** ms for hangups at the end. */
const lastWords = 3000;
/** ms for what is written to the disk after them. */
const saving = 3000;

await begin(process.argv, start);

function start(commandLine: CommandLine, links: Links): Running {
  const folder = app.getPath('userData');
  const assets = path.join(import.meta.dirname, '../../assets');
  const icon = path.join(assets, 'icon.png');
  const logPath = logFile(app, commandLine);
  const log = makeLog({ file: logPath, maxBytes: 1_000_000, verbose: commandLine.verbose });
  process.on('unhandledRejection', (reason) => {
    log.failure('unhandled rejection', reason);
  });
  const ofAccounts: Pick<Accounts, 'list' | 'session'> = {
    list: () => accounts.list(),
    session: (account) => accounts.session(account),
  };
  const names = makeNames(ofAccounts);

  // --- What lies on the disk, and what the person chose
  const { vault, accountsLost, settings, windowState, history } = openDisk({
    folder,
    log,
    nameOf: names.ofPerson,
    historyChanged: (unseen) => {
      badge.setMissed(unseen);
      refresh();
      tellPage('history:changed', { unseen });
    },
  });
  const languageAndTheme = followLanguageAndTheme(settings);
  const { messages, systemLanguage } = languageAndTheme;
  const devices = makeOfferedDevices(settings, refresh);

  // --- The program in its desktop, and its end
  const startsHidden = takePlaceInDesktop({ commandLine, links, settings, log });
  const mayQuit = makeQuitQuestion({
    ask: (question) => window.ask(question),
    inCallWith: () =>
      liveCalls
        .list()
        .filter(({ state }) => state !== 'ringing')
        .map(({ account, peer }) => names.ofPerson(account, peer)),
    messages,
  });
  const quit = (): void => {
    void mayQuit().then((may) => {
      if (may) app.quit();
    });
  };
  setApplicationMenu(process.platform, { label: () => messages().quit, act: quit });
  const { isQuitting } = endOrderly({
    app,
    clock,
    log,
    bound: lastWords + saving,
    finish: async () => {
      window.hide();
      remote.stop();
      void liveCalls.hangUp();
      await accounts.stop(lastWords);
      history.close();
    },
  });

  // --- The windows
  const screens = limitPages(path.join(import.meta.dirname, '../renderer'), ofAccounts);
  const windows = openWindows({
    preload: path.join(import.meta.dirname, '../preload/index.cjs'),
    assets,
    icon,
    hidden: startsHidden,
    state: windowState,
    clock,
    log,
    messages,
    mayHide: () => settings.get().closeToTray && signs.tray?.isSeen() === true,
    isQuitting,
    quit,
    pageGone: () => {
      history.pageGone();
      remote.hotkeys.suspend(false);
      devices.pageGone();
      liveCalls.pageGone();
      alerts.pageGone();
    },
    attention: refresh,
    focused: (focused) => {
      remote.hotkeys.windowFocused(focused);
    },
  });
  const { window, badge, tellPage } = windows;
  badge.setMissed(history.unseen());

  // --- Calls and accounts
  const calls = connectCalls({
    clock,
    log,
    icon,
    settings,
    messages,
    names,
    history,
    window,
    badge,
    tellPage,
    send: async (signal) =>
      (await ofAccounts.session(signal.account)?.send(signal)) ?? { ok: false, reason: 'signedOut' },
    changed: refresh,
  });
  const { liveCalls, alerts } = calls;
  const accounts = openAccounts({
    vault,
    listener: calls.listener,
    folder,
    settings,
    messages,
    returned: window.show,
    clock,
    log,
  });
  const restored = accounts.restore();

  // --- What is asked for without a window, and what shows how things stand
  const remote = listenToRemote({
    folder,
    clock,
    log,
    settings,
    accounts,
    restored,
    calls,
    window,
    tellPage,
  });
  const signs = showSigns({
    ...languageAndTheme,
    assets,
    quit,
    clock,
    log,
    settings,
    accounts,
    names,
    devices,
    calls,
    history,
    windows,
    startsHidden,
  });
  function refresh(): void {
    signs.refresh();
    remote.callsChanged();
  }
  settings.subscribe((changed) => {
    tellPage('settings:changed', changed);
  });
  watchPower({
    monitor: powerMonitor,
    clock,
    wallClock: Date.now,
    woke: (stoodStill) => {
      alerts.slept(stoodStill);
      signs.clockLeapt();
      accounts.wake();
      tellPage('network:changed', null);
    },
    shutDown: () => {
      app.quit();
    },
  });

  // --- The pages may ask from here on
  servePages({
    ...calls,
    folder,
    logPath,
    clock,
    log,
    accounts,
    restored,
    accountsLost,
    secretsProtected: vault.secretsProtected,
    settings,
    messages,
    systemLanguage,
    history,
    devices,
    screens,
    windows,
    tellPage,
    tray: signs.tray,
    hotkeys: remote.hotkeys,
    takeLink: links.take,
    mayQuit,
  });
  return {
    show: window.show,
    linkWaits: () => {
      tellPage('link:waiting', null);
    },
  };
}
