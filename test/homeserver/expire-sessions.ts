/** Sessions that have run out, without waiting for it: Synapse tells such clients to log in again and keep their keys. */
import { DatabaseSync } from 'node:sqlite';

/** Only while Synapse is stopped: it remembers tokens that it has seen. Spec: client-server API, "Soft logout". */
export function expireSessions(file: string, userId: string): void {
  const database = new DatabaseSync(file, { timeout: 5000 });
  try {
    database.prepare('UPDATE access_tokens SET valid_until_ms = 1 WHERE user_id = ?').run(userId);
  } finally {
    database.close();
  }
}
