/**
 * How many room keys still wait to be backed up. The SDK tells it only while it uploads, and only when there are many; the
 * machine beneath it knows, and is no part of the SDK's interface: where it is not found, nobody knows.
 */
import type { CryptoApi } from 'matrix-js-sdk/lib/crypto-api/index.js';

interface Counts {
  readonly total: number;
  readonly backedUp: number;
}

interface Machine {
  readonly roomKeyCounts: () => Promise<Counts>;
}

/** Null where nobody knows. Never rejects. */
export async function keysWaiting(crypto: CryptoApi): Promise<number | null> {
  const { olmMachine } = crypto as { olmMachine?: Partial<Machine> };
  try {
    const counts = await olmMachine?.roomKeyCounts?.();
    return counts === undefined ? null : Math.max(0, counts.total - counts.backedUp);
  } catch {
    return null; // the machine is closed
  }
}
