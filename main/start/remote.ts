/** What can be asked for without a window: by the command line of a second start, and by keys that work everywhere. */
import { globalShortcut } from 'electron';
import type { Accounts } from '../account/contract';
import { type CallCommands, makeCallCommands, perform, performHotkey } from '../calls/call-commands';
import type { Clock } from '../clock';
import { gsettings, holderOn } from '../desktop/hotkey-holder';
import { type HotkeysControl, type HotkeysEnv, makeHotkeys } from '../desktop/hotkeys';
import type { MainWindow } from '../desktop/main-window';
import { listenForVerbs } from '../desktop/remote-control';
import type { TellPage } from '../ipc';
import type { Calls } from './calls';

export interface Remote {
  readonly hotkeys: HotkeysControl;
  /** A call was reported, or stopped ringing. */
  readonly callsChanged: CallCommands['changed'];
  /** Nothing is asked for any more. */
  readonly stop: () => void;
}

export interface RemoteEnv extends Pick<HotkeysEnv, 'settings' | 'log'> {
  /** Of the profile. */
  readonly folder: string;
  readonly clock: Clock;
  readonly accounts: Pick<Accounts, 'list' | 'session'>;
  /** Resolves when the accounts kept on disk are listed. */
  readonly restored: Promise<unknown>;
  readonly calls: Pick<Calls, 'liveCalls' | 'alerts' | 'actions'>;
  readonly window: Pick<MainWindow, 'show'>;
  readonly tellPage: TellPage;
}

export function listenToRemote(env: RemoteEnv): Remote {
  const { folder, clock, log, settings, accounts, calls, window, tellPage } = env;
  const commands = makeCallCommands({
    clock,
    calls: calls.liveCalls.list,
    ringing: calls.alerts.unanswered,
    act: calls.actions.act,
    people: () => accounts.list().flatMap(({ userId }) => accounts.session(userId)?.people() ?? []),
    isSignedIn: async () => {
      await env.restored;
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
    perform: (verb) => perform(commands, verb),
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
      void performHotkey(commands, name);
    },
    changed: (report) => {
      tellPage('hotkeys:changed', report);
    },
    log,
  });
  return {
    hotkeys,
    callsChanged: commands.changed,
    stop: () => {
      stopListening();
      hotkeys.stop();
    },
  };
}
