/** How a connection finds its way: through which servers, and whether through relays only. V0-12, V0-13, V0-15 */
import type { UserId } from '../../preload/contract/ids';
import type { CallEnvironment } from './environment';

/** With what the homeserver gives now: credentials have a time to live. V0-14 */
export async function connectionConfiguration(
  env: Pick<CallEnvironment, 'turn' | 'relayOnly'>,
  account: UserId,
): Promise<RTCConfiguration> {
  const servers = await env.turn(account);
  // V0-13: Chromium takes no server without an address.
  const usable = servers !== null && servers.urls.length > 0;
  return {
    iceServers: usable ? [{ urls: [...servers.urls], username: servers.username, credential: servers.credential }] : [],
    iceTransportPolicy: env.relayOnly() ? 'relay' : 'all',
    bundlePolicy: 'max-bundle',
  };
}

/** Calls may go through a relay only, and the homeserver has none. V0-15 */
export class NoRelay extends Error {
  override readonly name = 'NoRelay';
}
