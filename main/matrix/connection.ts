/**
 * Whether the homeserver hears us: the sync loop's states in the words of the contract. The loop repairs itself; this
 * only makes it look at once where it would wait some seconds.
 */
import { ClientEvent, HttpApiEvent, type MatrixClient, SyncState } from 'matrix-js-sdk';

import type { Connection } from '../../preload/contract/accounts';

export interface ConnectionWatch {
  readonly current: () => Connection;
  /** Look at once: the machine woke up or the network changed. */
  readonly wake: () => void;
}

export function watchConnection(
  client: MatrixClient,
  interrupt: () => void,
  changed: (connection: Connection) => void,
): ConnectionWatch {
  let current: Connection = 'connecting';
  const become = (next: Connection): void => {
    if (current === next || current === 'signedOut') return;
    current = next;
    changed(next);
  };

  client.on(ClientEvent.Sync, (state, _before, data) => {
    if (data?.fromCache === true) return; // that was us
    // One failed poll says little, long polls break at times. The SDK would wait 2 to 7 s before it asks whether the
    // homeserver is there; asked at once, the answer is `Error` or the next sync. After three of them it is `Error` anyhow.
    if (state === SyncState.Reconnecting) client.retryImmediately();
    else become(connectionOf(state, current));
  });
  client.on(HttpApiEvent.SessionLoggedOut, () => {
    become('signedOut');
  });

  return {
    current: () => current,
    wake: () => {
      if (current === 'signedOut') return;
      // False: nothing waits, so a poll is under way, perhaps on a connection that died while we slept.
      if (!client.retryImmediately()) interrupt();
    },
  };
}

function connectionOf(state: SyncState, before: Connection): Connection {
  if (state === SyncState.Prepared || state === SyncState.Syncing) return 'online';
  if (state === SyncState.Error) return 'offline';
  return state === SyncState.Catchup ? 'connecting' : before;
}
