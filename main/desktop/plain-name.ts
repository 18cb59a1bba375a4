/**
 * A name that somebody else chose, as menus and notifications of the desktop can bear it: there it has neither a box of
 * its own nor a direction, and can be anything of any length.
 */

/** Characters as people see them. */
const most = 60;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Marks that turn the direction of what follows, beyond the name; line breaks and the like are `Cc`. */
const unwanted = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;
const rightToLeft = /\p{Script=Hebrew}|\p{Script=Arabic}|\p{Script=Syriac}|\p{Script=Thaana}|\p{Script=Nko}/u;

/** @returns the name without what harms its neighbours, cut, and kept apart from words of another direction. */
export function plainName(name: string): string {
  const clean = name.replaceAll(unwanted, ' ').trim();
  const characters = [...graphemes.segment(clean)].map(({ segment }) => segment);
  const short = characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : clean;
  // First strong isolate, and its end (UAX 9).
  return rightToLeft.test(short) ? `\u2068${short}\u2069` : short;
}
