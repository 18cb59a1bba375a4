/** Calls, as main knows them: how signals come in, what rings by which signs, and what is said of a call that is over. */
import type { CallKey } from '../../preload/contract/signalling';
import { type AccountListenerEnv, makeAccountListener } from '../account-listener';
import type { AccountListener } from '../account/contract';
import { type LiveCalls, type LiveCallsEnv, makeLiveCalls } from '../calls/live-calls';
import { makeSignalLog, type SignalLog } from '../calls/signal-log';
import type { Clock } from '../clock';
import type { Badge } from '../desktop/badge';
import type { MainWindow } from '../desktop/main-window';
import type { Messages } from '../desktop/messages';
import type { Names } from '../desktop/names';
import { lastingNotifications, type NotificationEnv, ringingNotification } from '../desktop/notification';
import { type Act, makePageActions, type PageActions } from '../desktop/page-actions';
import type { History } from '../history/history';
import type { TellPage } from '../ipc';
import type { Log } from '../log';
import { type Alerts, makeAlerts } from '../ringing/alert';
import { autoAnswering } from '../ringing/auto-answer';
import { byOwnRules } from '../ringing/own-rules';
import type { SettingsStore } from '../settings/settings';

export interface Calls {
  readonly signalLog: SignalLog;
  readonly liveCalls: LiveCalls;
  readonly alerts: Alerts;
  readonly actions: PageActions;
  /** What the accounts tell, calls above all. */
  readonly listener: AccountListener;
}

export interface CallsEnv {
  readonly clock: Clock;
  readonly log: Log;
  readonly icon: string;
  readonly settings: Pick<SettingsStore, 'get'>;
  readonly messages: () => Messages;
  readonly names: Names;
  readonly history: History;
  readonly window: MainWindow;
  readonly badge: Badge;
  readonly tellPage: TellPage;
  /** Hands a signal to its account. */
  readonly send: LiveCallsEnv['send'];
  /** What is shown of calls and accounts is another now. */
  readonly changed: AccountListenerEnv['changed'];
}

export function connectCalls(env: CallsEnv): Calls {
  const { clock, log, settings, names, history, window, tellPage, changed } = env;
  const act: Act = (call, action) => {
    actions.act(call, action);
  };
  const notifications: NotificationEnv = {
    platform: process.platform,
    messages: env.messages,
    wanted: () => settings.get().notifications,
    nameOf: names.ofPerson,
    accountName: names.ofAccount,
    act,
    openWindow: window.show,
    icon: env.icon,
  };
  const lasting = lastingNotifications(notifications);
  const tellEntry = (name: 'history:open' | 'history:return' | 'history:callBack', call: CallKey) => (): void => {
    window.show();
    tellPage(name, history.entry(call));
  };

  const signalLog = makeSignalLog(clock);
  const liveCalls = makeLiveCalls({
    send: env.send,
    changed,
    lost: (call, why) => {
      // Whoever looks at the main window sees it there, unless that is what broke down.
      if (why === 'connection' && window.isFocused()) return;
      lasting.lost(call, why, {
        open: tellEntry('history:return', call),
        callAgain: tellEntry('history:callBack', call),
      });
    },
    hungUp: (call) => {
      signalLog.forget(call);
      history.hungUp(call);
      alerts.stop(call);
    },
    log,
  });
  const alerts = makeAlerts({
    clock,
    signs: [
      ringingNotification(notifications),
      window.flash,
      env.badge.ringing,
      autoAnswering({
        clock,
        settings: settings.get,
        isBusy: () => liveCalls.list().some(({ state }) => state !== 'ringing'),
        answer: (call) => {
          act(call, 'autoAnswer');
          lasting.answeredByItself(call);
        },
      }),
    ],
    changed,
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
  const listener = makeAccountListener({
    signalLog,
    alerts,
    history,
    tellPage,
    screen: (signal) =>
      byOwnRules(signal, {
        settings: settings.get,
        date: Date.now,
        caller: names.ofCaller,
        isTooMuch: alerts.isTooMuch,
      }),
    changed,
  });
  return { signalLog, liveCalls, alerts, actions, listener };
}
