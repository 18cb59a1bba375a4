/**
 * Opens a store, prints what came of it, and then holds it until it is killed (`hold`) or writes rows until one fails
 * (`fill`).
 */
import { openAccountStore, type WriteFailure } from '../../../../main/store/account-store.ts';
import { keysOf, openSimple, put } from '../../../unit/main/store/indexeddb.ts';

/** A line of standard output. */
export type Told =
  | { readonly opened: true }
  | { readonly opened: false; readonly reason: string; readonly file: string | null }
  | { readonly fatal: string; readonly error: string; readonly rows: number };

const say = (told: Told): void => console.log(JSON.stringify(told));

const [folder = '', key = '', then = ''] = process.argv.slice(2);
const fatal = Promise.withResolvers<WriteFailure>();
const opened = await openAccountStore({ folder, key: Buffer.from(key, 'hex'), onFatal: fatal.resolve });
if (!opened.ok) {
  say({ opened: false, reason: opened.reason, file: opened.file });
  process.exit(0);
}
say({ opened: true });
if (then === 'hold') setInterval(() => undefined, 60_000);
if (then === 'fill') {
  const database = await openSimple(indexedDB, `${opened.store.crypto.cryptoDatabasePrefix}::db`);
  for (let n = (await keysOf(database)).length; ; n++) {
    try {
      await put(database, n, 'x'.repeat(20_000));
    } catch (error) {
      say({ fatal: (await fatal.promise).reason, error: String(error), rows: n });
      process.exit(0);
    }
  }
}
