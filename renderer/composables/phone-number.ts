/** Telephone numbers as people type, paste and click them. Pure. RFC 3966, ITU-T E.161 (letters on the keys). */

/** Digits with `+` in front of an international number; `*` and `#` for what a bridge may know by them. */
export type NumberResult =
  | { readonly ok: true; readonly number: string }
  /** `notANumber`: something else altogether, e.g. a name. */
  | { readonly ok: false; readonly reason: 'notANumber' | 'tooLong' };

/** E.164 has 15 digits; prefixes of exchanges come on top. */
const longest = 32;
/** Marks between digits, as people write them and as RFC 3966 §3 allows them. */
const separators = /[\s().\-/\u2010-\u2015\u2212]/g;
/** A word that begins with a digit is a name; letters count as digits only behind so many of them, as in 0800 FLOWERS. */
const digitsBeforeLetters = 3;
/** Where the ten decimal digits of other scripts begin: Arabic, Persian, Devanagari, full width. */
const zeros = [0x0660, 0x06f0, 0x0966, 0xff10];

/**
 * The number in a text: `+49 (0)30 90-18 20`, `0800 FLOWERS`, `tel:+1-201-555-0123`, `callto:…`. Visual marks go, letters
 * become the digits of their keys, digits of other scripts become ours.
 */
export function numberIn(text: string): NumberResult {
  const uri = /^(?:tel|callto):(?:\/\/)?(.*)$/is.exec(text.trim())?.[1];
  const written = uri === undefined ? text.trim() : fromUri(uri);
  const typed = toDigits(written.replace(/\uff0b/g, '+'));
  // An optional trunk prefix is for callers within the country only.
  const plain = (typed.startsWith('+') ? typed.replace('(0)', '') : typed).replace(separators, '');
  const letters = /[a-z]/i.exec(plain);
  const isNumber = /^\+?[0-9a-z*#]+$/i.test(plain) && /^[+0-9*#]/.test(plain) && /[0-9*#]/.test(plain);
  if (!isNumber || (letters !== null && plain.slice(0, letters.index).length < digitsBeforeLetters)) {
    return { ok: false, reason: 'notANumber' };
  }
  const number = toKeys(plain);
  return number.length > longest ? { ok: false, reason: 'tooLong' } : { ok: true, number };
}

/** RFC 3966 §3: parameters follow; a local number may name the prefix that makes it international. */
function fromUri(uri: string): string {
  const [number = '', ...parameters] = decode(uri).split(';');
  const context = parameters.find((parameter) => /^phone-context=\+/i.test(parameter))?.slice('phone-context='.length);
  return context === undefined || number.startsWith('+') ? number : context + number;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a lone % is no escape: taken as it stands
  }
}

function toDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    const zero = zeros.find((first) => code >= first && code < first + 10);
    return zero === undefined ? digit : String(code - zero);
  });
}

/** Letters on the keys 2 to 9. */
export const lettersOn: Readonly<Record<string, string>> = {
  2: 'ABC',
  3: 'DEF',
  4: 'GHI',
  5: 'JKL',
  6: 'MNO',
  7: 'PQRS',
  8: 'TUV',
  9: 'WXYZ',
};

/** Letters become the digits of their keys; all else stays. */
export const toKeys = (text: string): string => text.replace(/[a-z]/gi, keyOf);

function keyOf(letter: string): string {
  const wanted = letter.toUpperCase();
  return Object.keys(lettersOn).find((digit) => lettersOn[digit]?.includes(wanted)) ?? letter;
}
