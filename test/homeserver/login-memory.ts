/** What a login service remembers, for as long as it runs. Its library has the like, and warns of it at every start. */
import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

interface Entry {
  readonly payload: AdapterPayload;
  /** ms since the epoch. */
  readonly end: number;
}

/** One memory per service; each kind of thing has its own. */
export function loginMemory(): AdapterFactory {
  const kinds = new Map<string, Map<string, Entry>>();
  return (kind) => {
    const entries = kinds.get(kind) ?? new Map<string, Entry>();
    kinds.set(kind, entries);
    const living = (fits: (payload: AdapterPayload) => boolean): Promise<AdapterPayload | undefined> =>
      Promise.resolve([...entries.values()].find(({ payload, end }) => end > Date.now() && fits(payload))?.payload);
    return {
      upsert: (id, payload, seconds = Infinity) => {
        entries.set(id, { payload, end: Date.now() + seconds * 1000 });
        return done;
      },
      find: (id) => {
        const entry = entries.get(id);
        return Promise.resolve(entry !== undefined && entry.end > Date.now() ? entry.payload : undefined);
      },
      findByUid: (uid) => living((payload) => payload.uid === uid),
      findByUserCode: (userCode) => living((payload) => payload.userCode === userCode),
      consume: (id) => {
        const entry = entries.get(id);
        if (entry) entry.payload.consumed = Math.floor(Date.now() / 1000);
        return done;
      },
      destroy: (id) => {
        entries.delete(id);
        return done;
      },
      revokeByGrantId: (grantId) => {
        for (const [id, { payload }] of entries) if (payload.grantId === grantId) entries.delete(id);
        return done;
      },
    } satisfies Adapter;
  };
}

const done: Promise<void> = Promise.resolve();
