/** Names as they are typed on the keys of a telephone: Ben is 236. Pure. ITU-T E.161. */
import type { Person } from '../../preload/contract/people';
import { plain } from './plain';
import { numberIn, toKeys } from './phone-number';

/** Fewer digits fit half of all names. */
const shortest = 2;

/** Made once per person: main tells a new object with every change. */
const spelt = new WeakMap<Person, { readonly words: readonly string[]; readonly digits: string }>();

function spell(person: Person): { readonly words: readonly string[]; readonly digits: string } {
  const known = spelt.get(person);
  if (known !== undefined) return known;
  const words = plain(person.name)
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const number = numberIn(person.name);
  const made = { words: words.map(toKeys), digits: number.ok ? number.number : '' };
  spelt.set(person, made);
  return made;
}

/** @param digits as pressed. Does a word of the name begin with them on the keys, or is the name a number that holds them? */
export function fitsKeys(person: Person, digits: string): boolean {
  const { words, digits: number } = spell(person);
  // With and without the country code it is one number; a trunk zero stands in one of them only.
  const wanted = digits.replace(/^(\+|0+)/, '');
  if (wanted.length < shortest) return false;
  return number.includes(wanted) || (/^[2-9]+$/.test(digits) && words.some((word) => word.startsWith(digits)));
}
