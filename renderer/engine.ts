/** Makes the call engine with the real clock and WebRTC, and connects it to main through the bridge. */
import type { Carillon, Snapshot } from '../preload/contract';
import type { UserId } from '../preload/contract/ids';
import type { Settings } from '../preload/contract/settings';
import type { IncomingSignal, TurnServers } from '../preload/contract/signalling';
import type { CallEnvironment, Capture } from './call/environment';
import { Switchboard } from './call/switchboard';
import { clock } from './clock';
import { startDigitReader } from './media/digit-reader';
import { peerConnections } from './media/webrtc';

export interface Engine {
  readonly switchboard: Switchboard;
  /** Takes the calls that were there before this window, then everything since. Called once. EN-05 */
  readonly follow: (snapshot: Pick<Snapshot, 'signals' | 'sequence'>) => void;
}

/**
 * Subscribes at once, so that nothing is lost between the snapshot and the first event.
 * @param settings what holds now: a change holds from the next call on.
 */
export function makeEngine(
  carillon: Carillon,
  capture: Capture,
  settings: () => Pick<Settings, 'inviteLifetime' | 'relayOnly'>,
): Engine {
  const turn = turnSource(carillon);
  const digits = startDigitReader();
  const env: CallEnvironment = {
    clock,
    randomId,
    createPeerConnection: peerConnections(digits),
    capture,
    send: (signal) => carillon.invoke('signal:send', signal),
    turn,
    roomWith: async (account, userId) => {
      const found = await carillon.invoke('people:start', { account, userId });
      const usable = found.ok && found.person.barred === null && ['joined', 'invited'].includes(found.person.standing);
      return usable ? found.person.roomId : null;
    },
    inviteLifetime: () => settings().inviteLifetime * 1000,
    relayOnly: () => settings().relayOnly,
    get receivesDigits() {
      return digits.isReady();
    },
    report: (report) => void carillon.invoke('call:report', report),
    mark: (mark, callId) => void performance.mark(mark, { detail: { callId } }),
    log: (rule, reason) => void carillon.invoke('log:rule', { rule, reason }),
  };
  const switchboard = new Switchboard(env);
  let early: IncomingSignal[] | null = [];
  carillon.on('signal:received', (signal) => {
    if (early === null) switchboard.receive(signal);
    else early.push(signal);
  });
  carillon.on('network:changed', () => switchboard.networkChanged());
  return {
    switchboard,
    follow: ({ signals, sequence }) => {
      const since = (early ?? []).filter((signal) => signal.sequence >= sequence);
      early = null;
      for (const signal of [...signals, ...since]) switchboard.receive(signal);
    },
  };
}

/** One request per account; what main refreshes replaces it. */
function turnSource(carillon: Carillon): (account: UserId) => Promise<TurnServers | null> {
  const known = new Map<UserId, Promise<TurnServers | null>>();
  carillon.on('turn:changed', ({ account, servers }) => known.set(account, Promise.resolve(servers)));
  return async (account) => {
    const asked = known.get(account) ?? carillon.invoke('turn:get', { account });
    known.set(account, asked);
    const servers = await asked;
    // Nothing, or nothing that still works: ask again with the next call. V0-13
    if (servers === null || servers.expiresAt <= Date.now()) known.delete(account);
    return servers;
  };
}

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Bytes beyond the last whole multiple of the alphabet are thrown away: every character is equally likely. */
function randomId(length: number): string {
  let id = '';
  while (id.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(length))) {
      if (byte < 248 && id.length < length) id += alphabet.charAt(byte % 62);
    }
  }
  return id;
}
