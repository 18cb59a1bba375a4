/**
 * The SDK's way to the network. A long poll whose connection has silently died would keep us deaf for as long as a call
 * rings, so it is bounded and can be ended by hand.
 */
export type Fetch = typeof globalThis.fetch;

export interface PollFetch {
  readonly fetch: Fetch;
  /** Ends the long poll under way; the SDK begins the next one. */
  readonly interrupt: () => void;
  /** From now on nothing goes out and nothing comes back. */
  readonly end: () => void;
}

/** ms that the homeserver may hold a poll. */
export const POLL = 20_000;
/** ms beyond which nobody can be there any more. */
const GRACE = 10_000;

export function makePollFetch(fetch: Fetch): PollFetch {
  let poll = new AbortController();
  let ended = false;
  return {
    fetch: (resource, options) => {
      // What the SDK still begins after its end has nobody who would take an answer, or catch a failure.
      if (ended) return new Promise(() => undefined);
      const url = syncUrl(resource);
      if (url === null) return fetch(resource, options);
      const isFirst = !url.searchParams.has('since');
      const held = isFirst ? 0 : Number(url.searchParams.get('timeout'));
      const signals = [poll.signal, ...(options?.signal ? [options.signal] : [])];
      // A first sync, or one after a pause, asks for everything at once and may take its time.
      if (held > 0) signals.push(AbortSignal.timeout(held + GRACE));
      return fetch(isFirst ? unlikeBefore(url) : resource, { ...options, signal: AbortSignal.any(signals) });
    },
    interrupt: () => {
      poll.abort();
      poll = new AbortController();
    },
    end: () => {
      ended = true;
    },
  };
}

function syncUrl(resource: Parameters<Fetch>[0]): URL | null {
  const url = URL.parse(resource instanceof Request ? resource.url : resource.toString());
  return url?.pathname.endsWith('/sync') === true ? url : null;
}

/**
 * A homeserver answers equal syncs from a cache for minutes (Synapse: two). A program that is started again would see the
 * calls of its last start, without what became of them since. The time to hold means nothing to a first sync, which is
 * answered at once, but makes it another one. LV-05, LV-07
 */
function unlikeBefore(url: URL): URL {
  const other = new URL(url);
  other.searchParams.set('timeout', String(Date.now() % POLL));
  return other;
}
