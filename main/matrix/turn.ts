/**
 * TURN credentials, fetched before a call needs them and renewed before they run out.
 * Spec: `GET /voip/turnServer`; checklist V0-12, V0-13: without them a call goes on all the same.
 */
import { z } from 'zod';

import type { TurnServers } from '../../preload/contract/signalling';
import type { Clock } from '../clock';
import { requestFailure } from './request-failure';

export interface Turn {
  /** Null: the homeserver has none, or does not answer in time. Never rejects. */
  readonly get: () => Promise<TurnServers | null>;
  readonly stop: () => void;
}

export interface TurnEnv {
  /** The answer of `GET /voip/turnServer`; rejects as the SDK does. */
  readonly ask: () => Promise<unknown>;
  readonly clock: Clock;
  /** ms since the epoch. */
  readonly date: () => number;
  /** What `get` said is no longer true. */
  readonly changed: (servers: TurnServers | null) => void;
}

/** ms that a call may wait; what comes later is told by `changed`. */
const PATIENCE = 2000;
/** Share of the lifetime after which credentials are renewed: the rest is for failed attempts. */
const RENEW_AT = 0.8;
const SHORTEST_RENEWAL = 10_000;
const LONGEST_TIMER = 86_400_000; // a timer of more than 24.8 days fires at once
const RETRY = 10_000;
/** A homeserver without TURN is asked again now and then: it may get one. */
const RETRY_NONE = 600_000;

const Credentials = z.object({
  uris: z.array(z.unknown()),
  username: z.string(),
  password: z.string(),
  ttl: z.number().positive(),
});

interface Fetched {
  readonly servers: TurnServers | null;
  /** ms until the next attempt. */
  readonly again: number;
}

export function makeTurn({ ask, clock, date, changed }: TurnEnv): Turn {
  let servers: TurnServers | null = null;
  /** ms since the epoch: the homeserver has just said that there is nothing. */
  let noneUntil = 0;
  let pending: Promise<void> | null = null;
  let cancelRenewal: (() => void) | null = null;
  let stopped = false;

  async function renew(): Promise<void> {
    const fetched = await fetchServers();
    pending = null;
    if (stopped) return;
    const before = valid();
    servers = fetched.servers ?? before; // a failed renewal does not spoil what still holds
    noneUntil = servers ? 0 : date() + fetched.again;
    cancelRenewal = clock.after(Math.min(fetched.again, LONGEST_TIMER), () => void start());
    if (servers !== before) changed(servers);
  }

  function start(): Promise<void> {
    cancelRenewal?.();
    return (pending ??= renew());
  }

  async function fetchServers(): Promise<Fetched> {
    try {
      const read = readServers(await ask(), date());
      if (!read) return { servers: null, again: RETRY_NONE };
      return { servers: read, again: Math.max((read.expiresAt - date()) * RENEW_AT, SHORTEST_RENEWAL) };
    } catch (error) {
      const failure = requestFailure(error);
      if (failure.reason === 'rateLimited') return { servers: null, again: Math.max(failure.retryAfter ?? 0, RETRY) };
      return { servers: null, again: failure.reason === 'unreachable' ? RETRY : RETRY_NONE };
    }
  }

  function valid(): TurnServers | null {
    return servers !== null && servers.expiresAt > date() ? servers : null;
  }

  return {
    get: async () => {
      const known = valid();
      if (known || stopped || date() < noneUntil) return known;
      await patiently(start(), clock);
      return valid();
    },
    stop: () => {
      stopped = true;
      cancelRenewal?.();
    },
  };
}

function readServers(answer: unknown, now: number): TurnServers | null {
  const read = Credentials.safeParse(answer);
  if (!read.success) return null; // `{}` is how some homeservers say "none"
  const urls = read.data.uris.filter((uri) => typeof uri === 'string').filter(isAddress);
  if (urls.length === 0) return null; // an empty list makes RTCPeerConnection throw
  const { username, password: credential, ttl } = read.data;
  return { urls, username, credential, expiresAt: now + ttl * 1000 };
}

/** RFC 7064, RFC 7065. One address that is none would keep WebRTC from making any connection. */
function isAddress(uri: string): boolean {
  const [, scheme = '', port, transport] =
    /^(stuns?|turns?):(?:\[[0-9a-f:.]+\]|[^\s:?#/@[\]]+)(?::(\d{1,5}))?(\?transport=(?:udp|tcp))?$/i.exec(uri) ?? [];
  const isPort = port === undefined || (Number(port) > 0 && Number(port) < 65_536);
  return scheme !== '' && isPort && (transport === undefined || /^turn/i.test(scheme));
}

function patiently(work: Promise<void>, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.after(PATIENCE, resolve);
    void work.then(() => {
      cancel();
      resolve();
    });
  });
}
