/**
 * The composition root: read from top to bottom it is the table of contents of the main process. It holds no logic.
 */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import {
  app,
  desktopCapturer,
  dialog,
  globalShortcut,
  nativeTheme,
  powerMonitor,
  powerSaveBlocker,
  safeStorage,
  session,
  shell,
  systemPreferences,
} from 'electron';
import { chooseQuiet, quietAt } from '../preload/contract/quiet';
import type { CallKey } from '../preload/contract/signalling';
import { makeAccountListener } from './account-listener';
import { accountFolder } from './account/account-folder';
import { makeAccounts } from './account/accounts';
import { makeVault } from './account/vault';
import { openVaultStore } from './account/vault-store';
import { makeCallCommands, perform, performHotkey } from './calls/call-commands';
import { makeLiveCalls } from './calls/live-calls';
import { makeSignalLog } from './calls/signal-log';
import { systemClock as clock } from './clock';
import { origin, registerAppScheme, serveApp } from './desktop/app-protocol';
import { autostartFolder, followAutostart, startCommand, startedAtLogin } from './desktop/autostart';
import { makeBadge } from './desktop/badge';
import { makeCallWindow } from './desktop/call-window';
import { type CommandLine, parseCommandLine, type Verb } from './desktop/command-line';
import { makeOfferedDevices } from './desktop/device-offers';
import { gsettings, holderOn } from './desktop/hotkey-holder';
import { makeHotkeys } from './desktop/hotkeys';
import { endOrderly } from './desktop/lifecycle';
import { catchLinks, claimLinks, type Links, makeLinks } from './desktop/links';
import { openMainWindow } from './desktop/main-window';
import { setApplicationMenu } from './desktop/menu';
import { messagesFor } from './desktop/messages';
import { makeNames } from './desktop/names';
import { lastingNotifications, type NotificationEnv, ringingNotification } from './desktop/notification';
import { makePageActions } from './desktop/page-actions';
import { keepAwake, watchPower } from './desktop/power';
import { programFacts } from './desktop/program-facts';
import { beTheOnlyOne, enterProfile, logFile } from './desktop/profile';
import { privacyPages } from './desktop/privacy-pages';
import { makeQuitQuestion } from './desktop/quit';
import { exitCodes, failureWords, listenForVerbs, passOn } from './desktop/remote-control';
import { makeScreens } from './desktop/screens';
import { guardNavigation, guardPermissions } from './desktop/security';
import { systemBrowser } from './desktop/system-browser';
import { makeOverlay } from './desktop/taskbar';
import { openTray } from './desktop/tray';
import { panelOf } from './desktop/tray-panel';
import { trayView } from './desktop/tray-view';
import { makeUpdates } from './desktop/updates';
import { watchSystemTheme } from './desktop/system-theme';
import { sayTime } from './desktop/said-time';
import { exportHistory } from './history/export';
import { openHistory } from './history/history';
import { makeGatekeeper, serve, tell } from './ipc';
import { makeHandlers } from './ipc-handlers';
import { makeLog } from './log';
import { exportLog } from './log-export';
import { readAvatarUrl } from './matrix/avatar-url';
import { makeAlerts } from './ringing/alert';
import { autoAnswering } from './ringing/auto-answer';
import { makeOwnRingtone } from './ringing/own-ringtone';
import { byOwnRules } from './ringing/own-rules';
import { watchQuiet } from './ringing/quiet-clock';
import { type CardFacts, ringingCards } from './ringing/ringing-cards';
import { openSettings } from './settings/settings';
import { openWindowState } from './settings/window-state';
import { saveText } from './trust/save-text';

/** ms for hangups at the end. */
const lastWords = 3000;
/** ms for what is written to the disk after them. */
const saving = 3000;

// Before `ready`; never awaited here: `ready` itself waits for this module to end (electron#40719).
const parsed = parseCommandLine(process.argv);
if (parsed.ok) prepare(parsed.commandLine);
else refuse(parsed.message);

function refuse(message: string): void {
  process.stderr.write(`carillon: ${message}\n`);
  app.exit(exitCodes.malformed);
}

/** Tells the program that runs in this profile, and ends with what became of it. */
async function tellRunning(verb: Verb): Promise<void> {
  const outcome = await passOn(app.getPath('userData'), verb);
  if (outcome === 'notRunning') {
    process.stderr.write('carillon: not running\n');
    app.exit(exitCodes.notRunning);
    return;
  }
  if (!outcome.ok) process.stderr.write(`carillon: ${failureWords[outcome.reason]}\n`);
  app.exit(outcome.ok ? exitCodes.done : exitCodes.failed);
}

function prepare(commandLine: CommandLine): void {
  app.enableSandbox();
  app.setAppUserModelId('org.example.Carillon');
  registerAppScheme();
  enterProfile(app, commandLine);

  if (commandLine.verb !== null) {
    void tellRunning(commandLine.verb);
    return;
  }
  // Until the window is there, nothing needs to be shown and nobody can be told.
  let running: Running = { show: () => undefined, linkWaits: () => undefined };
  const links = makeLinks({
    showWindow: () => {
      running.show();
    },
    tellPage: () => {
      running.linkWaits();
    },
  });
  const show = (): void => {
    running.show();
  };
  if (!beTheOnlyOne(app, show, links.open)) {
    app.quit();
    return;
  }
  catchLinks(app, links.open);
  if (commandLine.link !== null) links.open(commandLine.link);
  void app
    .whenReady()
    .then(() => {
      running = start(commandLine, links);
    })
    .catch(giveUp);
}

interface Running {
  readonly show: () => void;
  readonly linkWaits: () => void;
}

/** A folder that cannot be written, a file that somebody else holds: without them there is no program. */
function giveUp(cause: unknown): void {
  dialog.showErrorBox(messagesFor('system', app.getLocale()).cannotStart, String(cause));
  app.exit(1);
}

function start(commandLine: CommandLine, links: Links): Running {
  const folder = app.getPath('userData');
  const assets = path.join(import.meta.dirname, '../../assets');
  const icon = path.join(assets, 'icon.png');
  const logPath = logFile(app, commandLine);
  const log = makeLog({ file: logPath, maxBytes: 1_000_000, verbose: commandLine.verbose });
  process.on('unhandledRejection', (reason) => {
    log.failure('unhandled rejection', reason);
  });

  // --- What lies on the disk: first of all, since without it nothing can start
  const vaultStore = openVaultStore(folder);
  const vault = makeVault({ store: vaultStore, keyring: safeStorage, platform: process.platform });
  const windowState = openWindowState(folder, log);
  const settings = openSettings(folder, log);
  const history = openHistory({
    folder,
    log,
    date: Date.now,
    nameOf: (account, user) => names.ofPerson(account, user),
    changed: (unseen) => {
      badge.setMissed(unseen);
      refresh();
      tellPage('history:changed', { unseen });
    },
  });

  // --- What the person chose
  const systemLanguage = app.getPreferredSystemLanguages()[0] ?? app.getLocale();
  const messages = () => messagesFor(settings.get().language, systemLanguage);
  const saidTime = (moment: number): string => sayTime(moment, systemLanguage, Date.now());
  const systemIsDark = watchSystemTheme(nativeTheme);
  const followTheme = (): void => {
    nativeTheme.themeSource = settings.get().theme;
  };
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
  const command = startCommand(process.execPath, app.isPackaged ? null : app.getAppPath(), process.env);
  claimLinks(app, command);
  followAutostart(
    {
      app,
      platform: process.platform,
      command,
      folder: autostartFolder(process.env, app.getPath('home')),
      profile: commandLine.profile,
      log,
    },
    settings,
  );
  const atLogin = startedAtLogin({ app, platform: process.platform });
  const startsHidden = links.isEmpty() && (commandLine.hidden || (atLogin && settings.get().startHidden));

  // --- What the page may do
  guardNavigation();
  guardPermissions(session.defaultSession);
  const screens = makeScreens({
    session: session.defaultSession,
    capturer: desktopCapturer,
    origin,
    platform: process.platform,
    macVersion: () => Number.parseInt(process.getSystemVersion(), 10),
    mayCapture: () => systemPreferences.getMediaAccessStatus('screen') !== 'denied',
    environment: process.env,
  });
  serveApp(path.join(import.meta.dirname, '../renderer'), async (url) => {
    const address = readAvatarUrl(url);
    return address === null ? null : ((await accounts.session(address.account)?.avatar(address)) ?? null);
  });
  setApplicationMenu(process.platform, { label: () => messages().quit, act: quit });
  followTheme();

  const devices = makeOfferedDevices(settings, refresh);

  // --- Signals and calls
  const signalLog = makeSignalLog(clock);
  const liveCalls = makeLiveCalls({
    send: async (signal) =>
      (await accounts.session(signal.account)?.send(signal)) ?? { ok: false, reason: 'signedOut' },
    changed: refresh,
    lost: (call) => {
      // Whoever looks at the main window sees it there.
      if (window.isFocused()) return;
      lasting.lost(call, { open: tellEntry('history:return', call), callAgain: tellEntry('history:callBack', call) });
    },
    hungUp: (call) => {
      signalLog.forget(call);
      history.hungUp(call);
      alerts.stop(call);
    },
    log,
  });

  // --- The window
  const overlay = makeOverlay({ assets, messages, set: (picture, words) => window.setOverlay(picture, words) });
  const badge = makeBadge((numbers) => {
    app.setBadgeCount(numbers.ringing + numbers.missed);
    if (process.platform === 'win32') overlay(numbers);
  });
  badge.setMissed(history.unseen());
  const lifecycle = endOrderly({
    app,
    clock,
    log,
    bound: lastWords + saving,
    finish: async () => {
      window.hide();
      stopListening();
      hotkeys.stop();
      void liveCalls.hangUp();
      await accounts.stop(lastWords);
      history.close();
    },
  });
  const preload = path.join(import.meta.dirname, '../preload/index.cjs');
  const window = openMainWindow({
    preload,
    icon,
    hidden: startsHidden,
    sessionEnds: () => {
      app.quit();
    },
    state: windowState,
    clock,
    log,
    mayHide: () => settings.get().closeToTray && tray?.isSeen() === true,
    isQuitting: lifecycle.isQuitting,
    quit,
    pageGone: () => {
      history.pageGone();
      hotkeys.suspend(false);
      devices.pageGone();
      void liveCalls.hangUp();
      alerts.pageGone();
    },
    loaded: () => {
      callWindow.prepare();
    },
    attention: () => {
      if (window.isGone()) callWindow.destroy();
      else refresh();
      hotkeys.windowFocused(window.isFocused());
    },
  });
  const tellPage: Parameters<typeof makeAccountListener>[0]['tellPage'] = (name, payload) => {
    tell(window.contents, name, payload);
  };

  // --- Ringing
  const notifications: NotificationEnv = {
    platform: process.platform,
    messages,
    wanted: () => settings.get().notifications,
    nameOf: (account, user) => names.ofPerson(account, user),
    accountName: (account) => names.ofAccount(account),
    act: (call, action) => {
      actions.act(call, action);
    },
    openWindow: window.show,
    icon,
  };
  const lasting = lastingNotifications(notifications);
  const tellEntry = (name: 'history:open' | 'history:return' | 'history:callBack', call: CallKey) => (): void => {
    window.show();
    tellPage(name, history.entry(call));
  };
  const alerts = makeAlerts({
    clock,
    signs: [
      ringingNotification(notifications),
      window.flash,
      badge.ringing,
      autoAnswering({
        clock,
        settings: settings.get,
        isBusy: () => liveCalls.list().some(({ state }) => state !== 'ringing'),
        answer: (call) => {
          actions.act(call, 'autoAnswer');
          lasting.answeredByItself(call);
        },
      }),
    ],
    changed: refresh,
    ended: (call, end, missed) => {
      log.info('ringing ended', { end });
      signalLog.forget(call);
      actions.forget(call);
      history.ringingEnded(call, end);
      if (!missed || history.hasCrossed(call)) return;
      lasting.missed(call, { open: tellEntry('history:open', call), callBack: tellEntry('history:callBack', call) });
    },
  });
  const actions = makePageActions({ tellPage, alerts, window });
  const callWindow = makeCallWindow({
    preload,
    icon,
    clock,
    log,
    isQuitting: lifecycle.isQuitting,
    tell: (contents, view) => {
      tell(contents, 'callWindow:view', view);
    },
  });

  // --- Accounts
  const listener = makeAccountListener({
    signalLog,
    alerts,
    history,
    tellPage,
    screen: (signal) => byOwnRules(signal, { settings: settings.get, date: Date.now, caller: names.ofCaller }),
    changed: refresh,
  });
  const browser = systemBrowser({ open: (url) => shell.openExternal(url), messages, returned: window.show });
  const random = (bytes: number): string => randomBytes(bytes).toString('base64url');
  const accounts = makeAccounts({
    vault,
    listener,
    fetch,
    folder: (userId) => accountFolder(folder, userId),
    callTrust: () => settings.get().callTrust,
    browser,
    saveText: (text) => saveText({ dialog, fileName: () => messages().recoveryKeyFile }, text),
    random,
    clock,
    date: Date.now,
    log,
  });
  const names = makeNames(accounts);
  const trustOf: CardFacts['trustOf'] = ({ account, caller, roomId }) =>
    accounts.session(account)?.trust()?.known(caller, roomId) ?? null;

  // --- What can be asked for without a window
  const callCommands = makeCallCommands({
    clock,
    calls: liveCalls.list,
    ringing: alerts.list,
    act: (call, action) => {
      actions.act(call, action);
    },
    people: () => accounts.list().flatMap(({ userId }) => accounts.session(userId)?.people() ?? []),
    isSignedIn: async () => {
      await restored;
      return accounts.list().some(({ connection }) => connection !== 'signedOut');
    },
    isConnecting: () => accounts.list().some(({ connection }) => connection === 'connecting'),
    place: ({ account, roomId, userId }) => {
      if (roomId === null) return;
      tellPage('call:place', { account, roomId, userId });
      window.show();
    },
  });
  const stopListening = listenForVerbs({
    folder,
    platform: process.platform,
    environment: process.env,
    perform: (verb) => perform(callCommands, verb),
    log,
  });

  const hotkeys = makeHotkeys({
    shortcuts: globalShortcut,
    settings,
    platform: process.platform,
    environment: process.env,
    clock,
    holderOf: holderOn(process.platform, gsettings),
    pressed: (name) => {
      void performHotkey(callCommands, name);
    },
    changed: (report) => {
      tellPage('hotkeys:changed', report);
    },
    log,
  });

  // --- The tray, which shows all of it
  const tray = openTray({
    assets,
    log,
    open: window.show,
    quit,
    act: actions.act,
    chooseDevice: devices.choose,
    panel: () =>
      panelOf({
        platform: process.platform,
        desktop: process.env.XDG_CURRENT_DESKTOP ?? '',
        chosen: settings.get().trayPanel,
        systemIsDark: systemIsDark(),
      }),
    chooseQuiet: (choice) => {
      const { doNotDisturb } = settings.get();
      settings.change({ doNotDisturb: chooseQuiet(doNotDisturb, choice, Date.now()) });
    },
  });
  if (startsHidden) {
    void (tray?.seen ?? Promise.resolve(false)).then((isSeen) => {
      if (!isSeen) window.minimize();
    });
  }
  const stayAwake = keepAwake(powerSaveBlocker);
  function refresh(): void {
    const calls = liveCalls.list();
    const ringing = alerts.list();
    const missed = history.unseen();
    const quiet = quietAt(settings.get().doNotDisturb, Date.now());
    const facts = {
      accounts: accounts.list(),
      ringing,
      calls,
      devices: devices.get(),
      missed,
      quiet,
      nameOf: names.inMenus,
    };
    tray?.show(trayView({ ...facts, saidTime, messages: messages() }));
    // Whoever looks at the main window sees the call there.
    const isSeen = window.isFocused() || !settings.get().notifications.callWindow;
    const cards = isSeen ? [] : ringingCards({ ringing, calls, ...names, trustOf });
    callWindow.show({ calls: cards, language: settings.get().language, systemLanguage });
    stayAwake(calls);
    callCommands.changed();
  }
  const quietChanged = watchQuiet({ clock, date: Date.now, settings: settings.get, changed: refresh });
  refresh();
  nativeTheme.on('updated', () => tray?.redraw());

  settings.subscribe((changed) => {
    followTheme();
    quietChanged();
    tray?.redraw();
    tellPage('settings:changed', changed);
  });
  watchPower({
    monitor: powerMonitor,
    clock,
    wallClock: Date.now,
    woke: (stoodStill) => {
      alerts.slept(stoodStill);
      quietChanged();
      accounts.wake();
      tellPage('network:changed', null);
    },
    shutDown: () => {
      app.quit();
    },
  });

  const restored = accounts.restore();
  const { secretsProtected } = vault;
  const calls = { signalLog, liveCalls, alerts, actions, callWindow, history };
  const exporting = {
    dialog,
    fileName: () => messages().exportedCalls,
    history,
    log,
  };
  const updates = makeUpdates({
    isPackaged: app.isPackaged,
    feedFile: path.join(process.resourcesPath, 'app-update.yml'),
    load: async () => (await import('electron-updater')).default.autoUpdater,
    changed: (state) => {
      tellPage('update:changed', state);
    },
    log,
  });
  const exportingLog = {
    dialog,
    fileName: () => messages().exportedLog,
    file: logPath,
    facts: () => programFacts(app),
    log,
  };
  const ringtone = makeOwnRingtone({ folder, dialog, kindOfFiles: () => messages().soundFiles, settings, log });
  const handlers = makeHandlers({
    ringtone,
    accounts,
    restored,
    takeLink: links.take,
    hotkeys,
    settings,
    ...calls,
    exportHistory: () => exportHistory(exporting),
    exportLog: () => exportLog(exportingLog),
    updates,
    mayQuit,
    screens,
    devices,
    openPrivacy: privacyPages(process.platform, (url) => shell.openExternal(url)),
    systemLanguage,
    secretsProtected,
    accountsLost: vaultStore.wasUnreadable,
  });
  serve(handlers, makeGatekeeper({ origin, main: () => window.contents, callWindow: callWindow.contents }));
  return {
    show: window.show,
    linkWaits: () => {
      tellPage('link:waiting', null);
    },
  };
}
