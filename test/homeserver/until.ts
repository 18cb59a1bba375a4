/** Waiting for something that only polling can tell: a port that answers, a row in another process's database. */
import { setTimeout as wait } from 'node:timers/promises';

/**
 * The first value of `look` that is not `undefined`.
 * @param timeout ms
 * @throws when nothing came in time, naming `what`.
 */
export async function until<T>(what: string, timeout: number, look: () => Promise<T | undefined>): Promise<T> {
  const end = performance.now() + timeout;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error(`waited ${timeout} ms in vain for ${what}`);
    await wait(50);
  }
}
