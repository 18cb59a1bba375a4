/** A map that forgets its oldest entries beyond a bound: what is kept per event must not grow with the days. */
export interface Recent<K, V> {
  readonly has: (key: K) => boolean;
  readonly get: (key: K) => V | undefined;
  /** @returns true, so that it can stand in a condition. */
  readonly set: (key: K, value: V) => true;
}

export function makeRecent<K, V>(most: number): Recent<K, V> {
  const entries = new Map<K, V>();
  return {
    has: (key) => entries.has(key),
    get: (key) => entries.get(key),
    set: (key, value) => {
      entries.set(key, value);
      for (const oldest of entries.keys()) {
        if (entries.size <= most) break;
        entries.delete(oldest);
      }
      return true;
    },
  };
}
