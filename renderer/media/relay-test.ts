/**
 * Can a call get through? Asks each relay (TURN, RFC 8656) of a homeserver for an address, as a call would, and what
 * address this machine has towards the world (STUN, RFC 8489).
 */
import type { TurnServers } from '../../preload/contract/signalling';

export type RelayTransport = 'UDP' | 'TCP' | 'TLS';

export interface RelayResult {
  readonly transport: RelayTransport;
  /** ms until it gave an address; null when it gave none. */
  readonly took: number | null;
  /** Why it gave none: it did not want our credentials, or could not be reached. */
  readonly why: 'refused' | 'unreachable' | null;
}

export interface RelayReport {
  /** ms until an address of this machine was known that can be sent to without a relay; null: there is no network. */
  readonly direct: number | null;
  /** ms until a relay had said under which address the internet sees this machine; null: nobody said. */
  readonly outside: number | null;
  /** One per address of a relay, in the homeserver's order. Empty: it has none. */
  readonly relays: readonly RelayResult[];
}

export interface RelayTestEnv {
  readonly createPeerConnection: (configuration: RTCConfiguration) => RTCPeerConnection;
  /** Steady, ms. */
  readonly now: () => number;
  readonly after: (ms: number, action: () => void) => () => void;
}

/** ms that each address is given: a call gives up far earlier, but slow is not the same as broken. */
const patience = 10_000;

/** @param servers null where the homeserver offers none. Never rejects; takes at most 10 s. */
export async function testRelays(servers: TurnServers | null, env: RelayTestEnv): Promise<RelayReport> {
  const { urls, username, credential } = servers ?? { urls: [], username: '', credential: '' };
  const relays = urls.filter((url) => /^turns?:/i.test(url));
  const ask = (addresses: readonly string[], iceTransportPolicy: RTCIceTransportPolicy): Promise<Gathered> =>
    gather(env, {
      iceServers: addresses.length === 0 ? [] : [{ urls: [...addresses], username, credential }],
      iceTransportPolicy,
    });
  const [all, ...results] = await Promise.all([ask(urls, 'all'), ...relays.map((url) => ask([url], 'relay'))]);
  return {
    direct: all.first.host ?? all.first.srflx ?? null,
    outside: all.first.srflx ?? null,
    relays: results.map(({ first, refused }, index) => {
      const took = first.relay ?? null;
      const why = refused ? 'refused' : 'unreachable';
      return { transport: transportOf(relays[index] ?? ''), took, why: took === null ? why : null };
    }),
  };
}

/** RFC 7065: without a transport, `turn:` means UDP and `turns:` TLS over TCP. */
function transportOf(url: string): RelayTransport {
  if (/^turns:/i.test(url)) return 'TLS';
  return /[?&]transport=tcp\b/i.test(url) ? 'TCP' : 'UDP';
}

interface Gathered {
  /** ms until the first address of each kind. */
  readonly first: Partial<Record<RTCIceCandidateType, number>>;
  readonly refused: boolean;
}

/** Gathers to the end, or until a relay has given what it was asked for. */
function gather(env: RelayTestEnv, configuration: RTCConfiguration): Promise<Gathered> {
  return new Promise((resolve) => {
    const started = env.now();
    const first: Partial<Record<RTCIceCandidateType, number>> = {};
    let refused = false;
    let connection: RTCPeerConnection | null = null;
    const end = (): void => {
      cancel();
      connection?.close();
      resolve({ first, refused });
    };
    const cancel = env.after(patience, end);
    try {
      connection = env.createPeerConnection(configuration);
    } catch {
      end(); // an address that the browser does not take
      return;
    }
    connection.onicecandidate = ({ candidate }) => {
      if (candidate?.type) first[candidate.type] ??= Math.round(env.now() - started);
      if (candidate === null || (candidate.type === 'relay' && configuration.iceTransportPolicy === 'relay')) end();
    };
    // RFC 8656, 19: 4xx is about what we asked or who we are. 701 is the browser's own: no answer.
    connection.onicecandidateerror = ({ errorCode }) => {
      if (errorCode >= 400 && errorCode < 500) refused = true;
    };
    connection.createDataChannel('');
    connection.setLocalDescription().catch(end);
  });
}
