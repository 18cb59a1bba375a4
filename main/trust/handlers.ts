/** What each command about trust does: one line of delegation to the account that it names. */
import type { UserId } from '../../preload/contract/ids';
import type { trustCommands } from '../../preload/contract/trust';
import type { Handlers } from '../ipc';
import type { Trust } from './contract';
import { failed } from './failure';

export type TrustHandlers = Pick<Handlers, keyof typeof trustCommands>;

/** @param of undefined while an account has no client: signed out, or with a store that cannot be opened. */
export function makeTrustHandlers(of: (account: UserId) => Trust | undefined): TrustHandlers {
  const signedOut = failed('signedOut');
  const tell = (account: UserId, what: (trust: Trust) => void): null => {
    const trust = of(account);
    if (trust !== undefined) what(trust);
    return null;
  };
  return {
    'trust:check': ({ account }) => tell(account, (trust) => trust.check()),
    'trust:newRecoveryKey': async ({ account }) => (await of(account)?.newRecoveryKey()) ?? signedOut,
    'trust:saveRecoveryKey': async ({ account }) => (await of(account)?.saveRecoveryKey()) ?? signedOut,
    'trust:setUp': async ({ account, reset }) => (await of(account)?.setUp(reset)) ?? signedOut,
    'trust:restore': async ({ account, key }) => (await of(account)?.restore(key)) ?? signedOut,
    'trust:turnOnBackup': async ({ account, key }) => (await of(account)?.turnOnBackup(key)) ?? signedOut,
    'trust:password': ({ account, password }) => tell(account, (trust) => trust.password(password)),
    'trust:openBrowser': ({ account }) => tell(account, (trust) => trust.openBrowser()),
    'trust:cancelTask': ({ account }) => tell(account, (trust) => trust.cancelTask()),
    'trust:verify': async ({ account, ...whom }) => (await of(account)?.verify(whom)) ?? signedOut,
    'trust:answer': ({ account, id, answer }) => tell(account, (trust) => trust.answer(id, answer)),
    'trust:acceptIdentity': async ({ account, userId }) => (await of(account)?.acceptIdentity(userId)) ?? signedOut,
    'trust:look': async ({ account, userId, roomId }) =>
      (await of(account)?.look(userId, roomId)) ?? { trust: 'unverified', encrypted: null },
    'trust:devices': async ({ account }) => (await of(account)?.devices()) ?? signedOut,
    'trust:removeDevice': async ({ account, deviceId }) => (await of(account)?.removeDevice(deviceId)) ?? signedOut,
    'trust:signOutRisk': async ({ account }) => (await of(account)?.signOutRisk()) ?? null,
  };
}
