/** What people and accounts are called in the tray and in notifications. */
import type { UserId } from '../../preload/contract/ids';
import type { Accounts } from '../account/contract';

export interface Names {
  readonly ofPerson: (account: UserId, user: UserId) => string;
  /** Null when there is only one account: then it goes without saying. */
  readonly ofAccount: (account: UserId) => UserId | null;
}

export function makeNames(accounts: Pick<Accounts, 'list' | 'session'>): Names {
  return {
    ofPerson: (account, user) => {
      const people = accounts.session(account)?.people() ?? [];
      return people.find(({ userId }) => userId === user)?.name ?? user;
    },
    ofAccount: (account) => (accounts.list().length > 1 ? account : null),
  };
}
