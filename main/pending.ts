/** Work whose answer may never come because what it asks ends first: whoever waits for it is told. */
export interface Pending {
  /** Settles as the work does; rejects when `end` comes first. */
  readonly whileOpen: <T>(work: Promise<T>) => Promise<T>;
  /** Ends all that waits now; later work may wait again. */
  readonly end: (why: string) => void;
}

export function makePending(): Pending {
  const pending = new Set<(error: Error) => void>();
  return {
    whileOpen: (work) =>
      new Promise((resolve, reject) => {
        pending.add(reject);
        void work.then(resolve, reject).finally(() => pending.delete(reject));
      }),
    end: (why) => {
      for (const reject of pending) reject(new Error(why));
      pending.clear();
    },
  };
}
