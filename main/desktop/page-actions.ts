/** What a person asks for outside the window (tray, notification) and the page's engine carries out. */
import type { CallAction, CallKey, CallReport, Events } from '../../preload/contract';
import { keyOf, nameOf } from '../calls/call-id';
import type { Alerts } from '../ringing/alert';
import type { MainWindow } from './main-window';

export type Act = (call: CallKey, action: CallAction) => void;

export interface PageActions {
  readonly act: Act;
  /** The page knows this call now: it may carry out what was asked while it was not there. */
  readonly reported: (report: CallReport) => void;
  /** The call is over: nothing is left to be done. */
  readonly forget: (call: CallKey) => void;
}

export interface PageActionsEnv {
  readonly tellPage: (name: 'call:action', payload: Events['call:action']) => void;
  /** Has the page that is there now reported this call? One that starts anew has not, for a second or so. */
  readonly isKnown: (call: CallKey) => boolean;
  readonly alerts: Pick<Alerts, 'silence'>;
  readonly window: Pick<MainWindow, 'show'>;
}

export function makePageActions({ tellPage, isKnown, alerts, window }: PageActionsEnv): PageActions {
  const waiting = new Map<string, CallAction>();
  return {
    act: (call, action) => {
      // The answer goes first: showing a window takes time that the caller would wait.
      if (isKnown(call)) tellPage('call:action', { ...nameOf(call), action });
      else waiting.set(keyOf(call), action);
      if (action === 'silence') alerts.silence(call);
      // Somebody who answers wants to see whom, and where to hang up.
      if (action === 'answer' || action === 'answerWithVideo') window.show();
    },
    reported: (report) => {
      const action = waiting.get(keyOf(report));
      if (action === undefined) return;
      waiting.delete(keyOf(report));
      tellPage('call:action', { ...nameOf(report), action });
    },
    forget: (call) => {
      waiting.delete(keyOf(call));
    },
  };
}
