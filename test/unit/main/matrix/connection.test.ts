import { EventEmitter } from 'node:events';

import { ClientEvent, HttpApiEvent, type MatrixClient, SyncState } from 'matrix-js-sdk';
import { beforeEach, expect, it, vi } from 'vitest';

import { type ConnectionWatch, watchConnection } from '../../../../main/matrix/connection';

const client = Object.assign(new EventEmitter(), { retryImmediately: vi.fn<() => boolean>() });
const interrupt = vi.fn();
const changed = vi.fn();
let watch: ConnectionWatch;

beforeEach(() => {
  vi.resetAllMocks();
  client.removeAllListeners();
  watch = watchConnection(client as unknown as MatrixClient, interrupt, changed);
});

function sync(...states: SyncState[]): void {
  for (const state of states) client.emit(ClientEvent.Sync, state);
}

it('begins connecting, comes online with the first sync, and tells it once', () => {
  expect(watch.current()).toBe('connecting');
  sync(SyncState.Prepared, SyncState.Syncing, SyncState.Syncing);
  expect(changed.mock.calls).toEqual([['online']]);
});

it('is offline when the homeserver is, and comes back by way of connecting', () => {
  sync(SyncState.Error, SyncState.Catchup, SyncState.Syncing);
  expect(changed.mock.calls).toEqual([['offline'], ['connecting'], ['online']]);
});

it('one broken poll is no reason to worry anybody, but to look at once', () => {
  sync(SyncState.Syncing, SyncState.Reconnecting, SyncState.Syncing);
  expect(changed.mock.calls).toEqual([['online']]);
  expect(client.retryImmediately).toHaveBeenCalledTimes(1);
});

it('signed out is final', () => {
  sync(SyncState.Syncing);
  client.emit(HttpApiEvent.SessionLoggedOut);
  sync(SyncState.Error, SyncState.Syncing);
  expect(changed.mock.calls).toEqual([['online'], ['signedOut']]);
  watch.wake();
  expect(client.retryImmediately).not.toHaveBeenCalled();
});

it('waking up shortens a pause, or ends a poll that may be deaf', () => {
  client.retryImmediately.mockReturnValueOnce(true);
  watch.wake();
  expect(interrupt).not.toHaveBeenCalled();
  client.retryImmediately.mockReturnValueOnce(false);
  watch.wake();
  expect(interrupt).toHaveBeenCalledTimes(1);
});
