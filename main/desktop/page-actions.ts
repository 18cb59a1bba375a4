/** What a person asks for outside the window (tray, notification) and the page's engine carries out. */
import type { CallAction, CallKey, Events } from '../../preload/contract';
import { nameOf } from '../calls/call-id';
import type { Alerts } from '../ringing/alert';
import type { MainWindow } from './main-window';

export type Act = (call: CallKey, action: CallAction) => void;

export interface PageActionsEnv {
  readonly tellPage: (name: 'call:action', payload: Events['call:action']) => void;
  readonly alerts: Pick<Alerts, 'silence'>;
  readonly window: Pick<MainWindow, 'show'>;
}

export function makePageActions({ tellPage, alerts, window }: PageActionsEnv): Act {
  return (call, action) => {
    // The answer goes first: showing a window takes time that the caller would wait.
    tellPage('call:action', { ...nameOf(call), action });
    if (action === 'silence') alerts.silence(call);
    // Somebody who answers wants to see whom, and where to hang up.
    if (action === 'answer' || action === 'answerWithVideo') window.show();
  };
}
