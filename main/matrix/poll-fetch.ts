/**
 * The SDK's way to the network. A long poll whose connection has silently died would keep us deaf for as long as a call
 * rings, so it is bounded and can be ended by hand.
 */
export type Fetch = typeof globalThis.fetch;

export interface PollFetch {
  readonly fetch: Fetch;
  /** Ends the long poll under way; the SDK begins the next one. */
  readonly interrupt: () => void;
  /** From now on nothing goes out, and what is still under way is never answered. */
  readonly end: () => void;
}

/** ms that the homeserver may hold a poll. */
export const POLL = 20_000;
/** ms beyond which nobody can be there any more. */
const GRACE = 10_000;

/** ms for the first question to the homeserver, which nothing else waits for longer than this. */
const FIRST_WORD = 3000;

/** @param lean what becomes of the filter of a sync that asks for everything. */
export function makePollFetch(fetch: Fetch, lean: (filter: string) => string = (filter) => filter): PollFetch {
  let poll = new AbortController();
  const end = new AbortController();
  const isOver = (): boolean => end.signal.aborted;
  let isFirstSync = true;
  let askedVersions = false;

  function send(resource: Parameters<Fetch>[0], options: Parameters<Fetch>[1]): Promise<Response> {
    const url = syncUrl(resource);
    if (url === null) {
      if (askedVersions || !isVersions(resource)) return fetch(resource, options);
      askedVersions = true;
      // The SDK reads nothing from its store before it has heard which versions the homeserver speaks, or that it does not
      // answer. People who are known must not wait for a network that is not there.
      return fetch(resource, { ...options, signal: anyOf(options?.signal, AbortSignal.timeout(FIRST_WORD)) });
    }
    const asksForAll = !url.searchParams.has('since');
    const filter = url.searchParams.get('filter');
    if (asksForAll && filter !== null) url.searchParams.set('filter', lean(filter));
    const fresh = isFirstSync ? unlikeBefore(url) : asksForAll ? url : resource;
    const held = asksForAll ? 0 : Number(url.searchParams.get('timeout'));
    isFirstSync = false;
    // A first sync, or one after a pause, asks for everything at once and may take its time.
    const limit = held > 0 ? AbortSignal.timeout(held + GRACE) : null;
    return fetch(fresh, { ...options, signal: anyOf(poll.signal, options?.signal, limit) });
  }

  return {
    fetch: async (resource, options) => {
      // What the SDK still begins after its end has nobody who would take an answer, or catch a failure.
      if (isOver()) return never;
      try {
        const response = await send(resource, options);
        return isOver() ? await never : response;
      } catch (error) {
        if (isOver()) return never;
        throw error;
      }
    },
    interrupt: () => {
      poll.abort();
      poll = new AbortController();
    },
    end: () => {
      end.abort();
      poll.abort();
    },
  };
}

const never = new Promise<never>(() => undefined);

function anyOf(...signals: readonly (AbortSignal | null | undefined)[]): AbortSignal {
  return AbortSignal.any(signals.filter((signal) => signal instanceof AbortSignal));
}

function isVersions(resource: Parameters<Fetch>[0]): boolean {
  const url = resource instanceof Request ? resource.url : resource.toString();
  return url.endsWith('/_matrix/client/versions');
}

function syncUrl(resource: Parameters<Fetch>[0]): URL | null {
  const url = URL.parse(resource instanceof Request ? resource.url : resource.toString());
  return url?.pathname.endsWith('/sync') === true ? url : null;
}

/** ms; among so many values two starts within minutes hardly share one. */
const SPREAD = 250;

/**
 * A homeserver answers equal syncs from a cache for minutes (Synapse: two). A program that is started again would see the
 * calls of its last start, without what became of them since. The time to hold makes it another one: it means nothing to
 * a sync that asks for everything, and next to nothing to one that goes on from where the last start ended. LV-05, LV-07
 */
function unlikeBefore(url: URL): URL {
  const other = new URL(url);
  other.searchParams.set('timeout', String(Date.now() % (url.searchParams.has('since') ? SPREAD : POLL)));
  return other;
}
