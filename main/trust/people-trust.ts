/** Who of the people is verified, and whose identity is another than it was. */
import type { CryptoApi, UserVerificationStatus } from 'matrix-js-sdk/lib/crypto-api/index.js';

import type { UserId } from '../../preload/contract/ids';
import type { AccountTrust, PersonTrust } from '../../preload/contract/trust';

export interface PeopleTrust {
  readonly list: () => AccountTrust['people'];
  /** As known now. */
  readonly of: (userId: UserId) => PersonTrust;
  /** Looks at one of them, and from then on at every change. */
  readonly look: (userId: UserId) => Promise<PersonTrust>;
  /** Looks at all of them, and at all that were looked at before. */
  readonly lookAtAll: (userIds: readonly UserId[]) => Promise<void>;
  readonly learn: (userId: UserId, status: Status) => void;
}

export type Status = Pick<
  UserVerificationStatus,
  'isCrossSigningVerified' | 'wasCrossSigningVerified' | 'needsUserApproval'
>;

/** Strangers who were looked at; the oldest give way. */
const MOST_KNOWN = 2000;

export function makePeopleTrust(crypto: () => CryptoApi | undefined, changed: () => void): PeopleTrust {
  const known = new Map<UserId, PersonTrust>();

  function learn(userId: UserId, status: Status): PersonTrust {
    const trust = trustOf(status);
    const before = known.get(userId);
    if (before === undefined && known.size >= MOST_KNOWN) known.delete([...known.keys()][0] ?? userId);
    known.set(userId, trust);
    if (trust !== (before ?? 'unverified')) changed();
    return trust;
  }

  async function look(userId: UserId): Promise<PersonTrust> {
    const status = await crypto()
      ?.getUserVerificationStatus(userId)
      .catch(() => undefined);
    return status === undefined ? (known.get(userId) ?? 'unverified') : learn(userId, status);
  }

  return {
    list: () => [...known].flatMap(([userId, trust]) => (trust === 'unverified' ? [] : [{ userId, trust }])),
    of: (userId) => known.get(userId) ?? 'unverified',
    look,
    lookAtAll: async (userIds) => {
      for (const userId of new Set([...known.keys(), ...userIds])) await look(userId);
    },
    learn: (userId, status) => {
      if (known.has(userId)) learn(userId, status);
    },
  };
}

/** An identity that replaced a verified one, or the first one that we knew, is told until the person accepts it. */
export function trustOf(status: Status): PersonTrust {
  if (status.isCrossSigningVerified()) return 'verified';
  return status.wasCrossSigningVerified() || status.needsUserApproval ? 'changed' : 'unverified';
}
