/** Notifications of the desktop: a call that rings, for as long as it rings, a call that was missed, one that was lost. */
import { Notification } from 'electron';
import type { CallAction, CallReport } from '../../preload/contract/calls';
import type { UserId } from '../../preload/contract/ids';
import type { Notifications } from '../../preload/contract/ringing-settings';
import type { CallKey } from '../../preload/contract/signalling';
import type { LossReason } from '../calls/live-calls';
import type { RingingCall, Sign } from '../ringing/alert';
import type { Messages } from './messages';
import { plainName } from './plain-name';

export interface NotificationEnv {
  readonly platform: NodeJS.Platform;
  readonly messages: () => Messages;
  readonly nameOf: (account: UserId, user: UserId) => string;
  /** Said under the call; null when there is only one account. */
  readonly accountName: (account: UserId) => string | null;
  /** What the person wants to see of it. */
  readonly wanted: () => Notifications;
  readonly act: (call: RingingCall, action: CallAction) => void;
  readonly openWindow: () => void;
  readonly icon: string;
}

/**
 * Raises the notification of a ringing call. A click opens the window, with buttons where the platform has them
 * (macOS, Windows; on Linux Electron knows only the click). The page sounds the bell, so the notification is silent.
 */
export function ringingNotification(env: NotificationEnv): Sign {
  return (call) => {
    if (!env.wanted().ringing || !Notification.isSupported()) return () => undefined;
    const messages = env.messages();
    const actions = buttons(env.platform, call, messages);
    const account = env.accountName(call.account);
    const notification = new Notification({
      title: incoming(call, env),
      body: account === null ? '' : messages.callTo(account),
      icon: env.icon,
      silent: true,
      urgency: 'critical',
      timeoutType: 'never',
      actions: actions.map(({ text }) => ({ type: 'button', text })),
    });
    notification.on('click', env.openWindow);
    notification.on('action', (details) => {
      const action = actions[details.actionIndex];
      if (action !== undefined) env.act(call, action.action);
    });
    notification.show();
    return () => {
      notification.close();
    };
  };
}

function incoming(call: RingingCall, env: NotificationEnv): string {
  const messages = env.messages();
  const video = call.kind === 'video';
  if (env.wanted().hideNames) return video ? messages.incomingVideoFromSomebody : messages.incomingFromSomebody;
  const name = plainName(env.nameOf(call.account, call.caller));
  return video ? messages.incomingVideoCall(name) : messages.incomingCall(name);
}

function buttons(
  platform: NodeJS.Platform,
  call: RingingCall,
  messages: Messages,
): readonly { readonly text: string; readonly action: CallAction }[] {
  if (!hasButtons(platform)) return [];
  return [
    { text: messages.answer, action: 'answer' },
    ...(call.kind === 'video' ? [{ text: messages.answerWithVideo, action: 'answerWithVideo' } as const] : []),
    { text: messages.decline, action: 'decline' },
  ];
}

export interface MissedActions {
  readonly open: () => void;
  readonly callBack: () => void;
}

export interface LostActions {
  readonly open: () => void;
  readonly callAgain: () => void;
}

export interface LastingNotifications {
  /**
   * Shows who called in vain; "Call back" is a button where the platform has them. One stands for all calls of a person
   * since it came, and leads to the last: whoever calls and hangs up over and over does not fill the desktop.
   */
  readonly missed: (call: RingingCall, actions: MissedActions) => void;
  /** Shows whose call broke off; "Call again" is a button where the platform has them. */
  readonly lost: (call: CallKey & Pick<CallReport, 'peer'>, why: LossReason, actions: LostActions) => void;
  /** Says that a call was answered without a hand: a microphone is on. */
  readonly answeredByItself: (call: CallKey & Pick<RingingCall, 'caller'>) => void;
}

/** How many calls one notification stands for, and whose: of which account, and by whom. */
interface Missed {
  readonly by: string;
  readonly count: number;
}

/** Notifications that stay until the person or the desktop puts them away. */
export function lastingNotifications(env: NotificationEnv): LastingNotifications {
  // A notification that nothing refers to is collected, and its click with it.
  const shown = new Map<Notification, Missed | null>();
  const show = (
    options: Electron.NotificationConstructorOptions,
    clicked: () => void,
    missed: Missed | null = null,
  ): Notification => {
    const notification = new Notification({ icon: env.icon, ...options });
    const forget = (): void => {
      shown.delete(notification);
    };
    shown.set(notification, missed);
    notification.on('click', () => {
      forget();
      clicked();
    });
    notification.on('close', forget);
    notification.show();
    return notification;
  };
  const showWithButton = (
    options: Electron.NotificationConstructorOptions,
    clicked: () => void,
    button: { readonly text: string; readonly act: () => void },
    missed: Missed | null = null,
  ): void => {
    const actions = hasButtons(env.platform) ? [{ type: 'button', text: button.text } as const] : [];
    const notification = show({ ...options, actions }, clicked, missed);
    notification.on('action', () => {
      shown.delete(notification);
      button.act();
    });
  };
  /** Puts away the notification of what a person has missed so far of another. @returns how many calls that were. */
  const takeMissed = (by: string): number => {
    for (const [notification, missed] of shown) {
      if (missed?.by !== by) continue;
      shown.delete(notification);
      notification.close();
      return missed.count;
    }
    return 0;
  };
  return {
    missed: (call, { open, callBack }) => {
      const { missed, hideNames } = env.wanted();
      if (!missed || !Notification.isSupported()) return;
      const messages = env.messages();
      const name = plainName(env.nameOf(call.account, call.caller));
      const by = `${call.account} ${call.caller}`;
      const count = takeMissed(by) + 1;
      const once = call.kind === 'video' ? messages.missedVideoCall : messages.missedCall;
      showWithButton(
        {
          title: count > 1 ? messages.severalMissed(count) : once,
          body: hideNames ? messages.missedFromSomebody : messages.missedFrom(name),
        },
        open,
        { text: messages.callBack, act: callBack },
        { by, count },
      );
    },
    lost: (call, why, { open, callAgain }) => {
      const { missed, hideNames } = env.wanted();
      if (!missed || !Notification.isSupported()) return;
      const messages = env.messages();
      const name = plainName(env.nameOf(call.account, call.peer));
      showWithButton(
        {
          title: hideNames ? messages.lostCallWithSomebody : messages.lostCall(name),
          body: why === 'crash' ? messages.windowBrokeDown : messages.nobodyHungUp,
          urgency: 'critical',
        },
        open,
        { text: messages.callAgain, act: callAgain },
      );
    },
    answeredByItself: (call) => {
      if (!Notification.isSupported()) return;
      const messages = env.messages();
      const name = env.wanted().hideNames ? messages.somebody : plainName(env.nameOf(call.account, call.caller));
      show({ title: messages.answeredByItself(name), body: messages.answeredBySetting }, env.openWindow);
    },
  };
}

const hasButtons = (platform: NodeJS.Platform): boolean => platform === 'darwin' || platform === 'win32';
