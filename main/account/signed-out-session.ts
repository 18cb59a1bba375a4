/** An account whose token is lost, known from the vault: it is shown, and waits for its person to sign in again. */
import type { AccountTrouble } from '../../preload/contract/account-trouble';
import type { UserId } from '../../preload/contract/ids';
import type { AccountSession } from './contract';
import { accountOf } from './session';

/** @param trouble why, where it was not the homeserver. */
export function signedOutSession(userId: UserId, trouble: AccountTrouble | null = null): AccountSession {
  const refused = Promise.resolve({ ok: false, reason: 'signedOut' } as const);
  return {
    userId,
    account: () => accountOf(userId, { connection: 'signedOut', trouble }),
    people: () => [],
    search: () => refused,
    startDirect: () => refused,
    accept: () => refused,
    declineInvitation: () => refused,
    setFavourite: () => refused,
    presence: (userIds) => Promise.resolve(userIds.map(() => null)),
    avatar: () => Promise.resolve(null),
    numberSupport: () => Promise.resolve('unknown'),
    findNumber: () => refused,
    send: () => refused,
    turn: () => Promise.resolve(null),
    trust: () => undefined,
    prepare: () => undefined,
    wake: () => undefined,
    start: () => Promise.resolve(),
    retry: () => undefined,
    stop: () => Promise.resolve(),
    logout: () => Promise.resolve(),
  };
}
