/** Where an account keeps what is its own. */
import { createHash } from 'node:crypto';
import path from 'node:path';

import type { UserId } from '../../preload/contract/ids';

/** A name that fits every file system, and tells nobody who the account is. */
export function accountFolder(profile: string, userId: UserId): string {
  return path.join(profile, 'accounts', createHash('sha256').update(userId).digest('hex').slice(0, 32));
}
