/** Fills the stores from main: subscribes first and asks for the state then, so that nothing in between is lost. EN-05 */
import type { Snapshot } from '../../preload/contract';
import type { UserId } from '../../preload/contract/ids';
import { bridge } from '../bridge';
import { useAccounts } from './accounts';
import { useHistory } from './history';
import { usePeople } from './people';
import { useSettings } from './settings';
import { useTrust } from './trust';

/**
 * @returns the snapshot, for whoever else follows main (the call engine). Rejects when main cannot be reached; may then
 * be called again.
 */
export async function followMain(): Promise<Snapshot> {
  const [accounts, people, settings, history] = [useAccounts(), usePeople(), useSettings(), useHistory()];
  const trust = useTrust();
  // What arrives by event while we wait is as new as the snapshot or newer: it wins.
  const fresh = { accounts: false, settings: false, people: new Set<UserId>(), trust: new Set<UserId>() };
  const unsubscribe = [
    bridge().on('accounts:changed', (list) => {
      fresh.accounts = true;
      accounts.replace(list);
      trust.keep(new Set(list.map(({ userId }) => userId)));
    }),
    bridge().on('people:changed', (change) => {
      fresh.people.add(change.account);
      people.replace(change.account, change.people);
    }),
    bridge().on('trust:changed', (told) => {
      fresh.trust.add(told.account);
      trust.replace(told);
    }),
    bridge().on('history:changed', history.changed),
    bridge().on('history:open', history.show),
    bridge().on('history:return', history.returnTo),
    bridge().on('history:callBack', history.callBack),
    bridge().on('settings:changed', (told) => {
      fresh.settings = true;
      settings.replace(told);
    }),
  ];
  try {
    const snapshot = await bridge().invoke('app:snapshot', undefined);
    settings.learnDesktop(snapshot);
    if (!fresh.settings) settings.replace(snapshot.settings);
    for (const [account, list] of Map.groupBy(snapshot.people, (person) => person.account)) {
      if (!fresh.people.has(account)) people.replace(account, list);
    }
    for (const told of snapshot.trust) if (!fresh.trust.has(told.account)) trust.replace(told);
    if (!fresh.accounts) accounts.replace(snapshot.accounts);
    void history.countUnseen();
    return snapshot;
  } catch (error) {
    for (const end of unsubscribe) end();
    throw error;
  }
}
