/**
 * The accounts of a profile that was left behind, in a process of their own. Prints the first trouble of one; a line on
 * standard input is "Try again", after which it prints the account and the first call that rings.
 */
import { once } from 'node:events';

import type { StoredSession } from '../../../../main/account/vault.ts';
import type { Account } from '../../../../preload/contract/accounts.ts';
import { until } from '../../../homeserver/until.ts';
import { makeProfile } from '../profile.ts';

/** A line of standard output. */
export type AccountTold =
  Pick<Account, 'connection' | 'trouble'> | { readonly rings: string; readonly encrypted: boolean };

const say = (told: AccountTold): void => console.log(JSON.stringify(told));

const [folder = '', disk = '[]'] = process.argv.slice(2);
const { accounts, signal } = makeProfile(JSON.parse(disk) as StoredSession[], folder);
const account = (fits: (account: Account) => boolean): Promise<Account> =>
  until('the account', 20_000, () => Promise.resolve(accounts.list().find(fits)));

await accounts.restore();
const { userId, ...refused } = await account(({ trouble }) => trouble !== null);
say({ connection: refused.connection, trouble: refused.trouble });
await once(process.stdin, 'data');
accounts.retry(userId);
const { connection, trouble } = await account((now) => now.connection === 'online' && now.trouble === null);
say({ connection, trouble });
const call = await signal((one) => one.kind === 'event' && one.verdict?.ring === true);
if (call.kind === 'event') say({ rings: call.callId, encrypted: call.encrypted });
await accounts.stop(1000);
process.exit(0);
