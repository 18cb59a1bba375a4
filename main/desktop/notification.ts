/** Notifications of the desktop: a call that rings, for as long as it rings, and a call that was missed. */
import { Notification } from 'electron';
import type { CallAction } from '../../preload/contract/calls';
import type { UserId } from '../../preload/contract/ids';
import type { RingingCall, Sign } from '../ringing/alert';
import type { Messages } from './messages';

export interface NotificationEnv {
  readonly platform: NodeJS.Platform;
  readonly messages: () => Messages;
  readonly nameOf: (account: UserId, user: UserId) => string;
  /** Said under the call; null when there is only one account. */
  readonly accountName: (account: UserId) => string | null;
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
    if (!Notification.isSupported()) return () => undefined;
    const messages = env.messages();
    const name = env.nameOf(call.account, call.caller);
    const actions = buttons(env.platform, call, messages);
    const account = env.accountName(call.account);
    const notification = new Notification({
      title: call.kind === 'video' ? messages.incomingVideoCall(name) : messages.incomingCall(name),
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

function buttons(
  platform: NodeJS.Platform,
  call: RingingCall,
  messages: Messages,
): readonly { readonly text: string; readonly action: CallAction }[] {
  if (platform !== 'darwin' && platform !== 'win32') return [];
  return [
    { text: messages.answer, action: 'answer' },
    ...(call.kind === 'video' ? [{ text: messages.answerWithVideo, action: 'answerWithVideo' } as const] : []),
    { text: messages.decline, action: 'decline' },
  ];
}

/** Shows who called in vain. It stays until the person or the desktop puts it away. */
export function missedNotification(env: NotificationEnv): (call: RingingCall, clicked: () => void) => void {
  // A notification that nothing refers to is collected, and its click with it.
  const shown = new Set<Notification>();
  return (call, clicked) => {
    if (!Notification.isSupported()) return;
    const messages = env.messages();
    const notification = new Notification({
      title: call.kind === 'video' ? messages.missedVideoCall : messages.missedCall,
      body: messages.missedFrom(env.nameOf(call.account, call.caller)),
      icon: env.icon,
    });
    const forget = (): void => {
      shown.delete(notification);
    };
    shown.add(notification);
    notification.on('click', () => {
      forget();
      clicked();
    });
    notification.on('close', forget);
    notification.show();
  };
}
