/** How one stands with a person, in words. Pure. */
import type { UserId } from '../../preload/contract/ids';
import type { Person } from '../../preload/contract/people';
import type { MessageKey } from '../i18n/messages';

/** Somebody of whom no more is known than an address, and perhaps a name. */
export const unknownPerson = (account: UserId, userId: UserId, name: string = userId): Person => ({
  account,
  userId,
  name,
  roomId: null,
  standing: 'none',
  barred: null,
  favourite: false,
  avatar: null,
});

export const canCall = (person: Person): boolean => person.standing === 'joined' && person.barred === null;

/** The short line below the name; null where there is nothing to say. Presence is unknown, so none is claimed. */
export function stateLineOf({ standing, barred }: Person): MessageKey | null {
  if (standing !== 'joined') return `people.standing.${standing}`;
  return barred === null ? null : `people.barredShort.${barred}`;
}

/** Why no call can be placed, and what to do; takes `{name}`. Null when one can. */
export function whyNoCall({ standing, barred }: Person): MessageKey | null {
  if (standing !== 'joined') return `people.why.${standing}`;
  return barred === null ? null : `people.why.${barred}`;
}
