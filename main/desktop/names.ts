/** What people and accounts are called in the tray and in notifications. */
import type { UserId } from '../../preload/contract/ids';
import type { Person } from '../../preload/contract/people';
import type { Accounts } from '../account/contract';
import type { Caller } from '../ringing/own-rules';
import { plainName } from './plain-name';

export interface Names {
  readonly ofPerson: (account: UserId, user: UserId) => string;
  /** `app:` URL; null where there is no picture. */
  readonly pictureOf: (account: UserId, user: UserId) => string | null;
  /** As `ofPerson`, and fit for a menu. */
  readonly inMenus: (account: UserId, user: UserId) => string;
  readonly ofCaller: (call: { readonly account: UserId; readonly sender: UserId }) => Caller;
  /** Null when there is only one account: then it goes without saying. */
  readonly ofAccount: (account: UserId) => UserId | null;
}

export function makeNames(accounts: Pick<Accounts, 'list' | 'session'>): Names {
  const find = (account: UserId, user: UserId): Person | undefined =>
    accounts
      .session(account)
      ?.people()
      .find(({ userId }) => userId === user);
  const ofPerson = (account: UserId, user: UserId): string => find(account, user)?.name ?? user;
  return {
    ofPerson,
    pictureOf: (account, user) => find(account, user)?.avatar ?? null,
    inMenus: (account, user) => plainName(ofPerson(account, user)),
    ofCaller: ({ account, sender }) => {
      const person = find(account, sender);
      return { listed: person !== undefined, favourite: person?.favourite === true };
    },
    ofAccount: (account) => (accounts.list().length > 1 ? account : null),
  };
}
