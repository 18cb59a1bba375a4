/** What happens when an account tells something: number it, ring or stop ringing, show it, tell the page. */
import type { Account } from '../preload/contract/accounts';
import type { AccountListener, UnnumberedSignal } from './account/contract';
import type { SignalLog } from './calls/signal-log';
import type { History } from './history/history';
import type { TellPage } from './ipc';
import type { Alerts } from './ringing/alert';

export interface AccountListenerEnv {
  readonly signalLog: SignalLog;
  readonly alerts: Alerts;
  readonly history: Pick<History, 'signal' | 'hasCrossed'>;
  readonly tellPage: TellPage;
  /** What the person's own rules make of a signal. */
  readonly screen: (signal: UnnumberedSignal) => UnnumberedSignal;
  /** The tray shows accounts and names. */
  readonly changed: () => void;
}

export function makeAccountListener({
  signalLog,
  alerts,
  history,
  tellPage,
  screen,
  changed,
}: AccountListenerEnv): AccountListener {
  let before: readonly Account[] = [];
  return {
    accountsChanged: (accounts) => {
      for (const { userId } of before.filter((account) => !isIn(account, accounts))) {
        alerts.signedOut(userId);
        signalLog.forgetAccount(userId);
      }
      before = accounts;
      changed();
      tellPage('accounts:changed', accounts);
    },
    signInProgress: (progress) => {
      tellPage('signIn:progress', progress);
    },
    peopleChanged: (account, people) => {
      changed();
      tellPage('people:changed', { account, people });
    },
    signalReceived: (signal) => {
      const numbered = signalLog.add(screen(signal));
      history.signal(numbered);
      // GL-04: an invite that met a call of ours to the same person never rings: one of the two calls connects them.
      const crossed = numbered.kind === 'event' && numbered.type === 'm.call.invite' && history.hasCrossed(numbered);
      if (!crossed) alerts.signal(numbered);
      tellPage('signal:received', numbered);
    },
    turnChanged: (account, servers) => {
      tellPage('turn:changed', { account, servers });
    },
    trustChanged: (trust) => {
      tellPage('trust:changed', trust);
    },
  };
}

/** Without a token no call can be answered: an account that lost its own is as gone as one that was removed. */
const isIn = ({ userId }: Account, accounts: readonly Account[]): boolean =>
  accounts.some((account) => account.userId === userId && account.connection !== 'signedOut');
