/** What a person asks for outside the window (tray, notification) and the page's engine carries out. */
import type { Events } from '../../preload/contract';
import { callKeyOf, callNameOf } from '../../preload/contract/call-key';
import type { CallAction, CallReport } from '../../preload/contract/calls';
import type { CallKey } from '../../preload/contract/signalling';
import type { Alerts } from '../ringing/alert';
import type { MainWindow } from './main-window';

export type Act = (call: CallKey, action: CallAction) => void;

export interface PageActions {
  readonly act: Act;
  /** A page that started anew knows the call only now: it is told again what the one before it could not do any more. */
  readonly reported: (report: CallReport) => void;
  /** The call is over: nothing is left to be done. */
  readonly forget: (call: CallKey) => void;
}

export interface PageActionsEnv {
  readonly tellPage: (name: 'call:action', payload: Events['call:action']) => void;
  readonly alerts: Pick<Alerts, 'silence'>;
  readonly window: Pick<MainWindow, 'show'>;
}

/** What settles a ringing call. Said twice, it does no harm: the engine does what still fits. */
const settling: ReadonlySet<CallAction> = new Set<CallAction>(['answer', 'answerWithVideo', 'endAndAnswer', 'decline']);

export function makePageActions({ tellPage, alerts, window }: PageActionsEnv): PageActions {
  /** Said, and not yet seen to be done: the page may have died meanwhile, and that is noticed late. */
  const pending = new Map<string, CallAction>();
  return {
    act: (call, action) => {
      // The answer goes first: showing a window takes time that the caller would wait.
      tellPage('call:action', { ...callNameOf(call), action });
      if (settling.has(action)) pending.set(callKeyOf(call), action);
      if (action === 'silence') alerts.silence(call);
      // Somebody who answers wants to see whom, and where to hang up.
      if (settling.has(action) && action !== 'decline') window.show();
    },
    reported: (report) => {
      const action = pending.get(callKeyOf(report));
      if (action === undefined) return;
      if (report.state === 'ringing') tellPage('call:action', { ...callNameOf(report), action });
      else pending.delete(callKeyOf(report));
    },
    forget: (call) => {
      pending.delete(callKeyOf(call));
    },
  };
}
