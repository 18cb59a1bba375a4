/** The stand-in for a picture: initials on a hue that follows from the Matrix id, so that it is the same everywhere. */

/** 0 to 359, spread evenly over ids (FNV-1a, 32 bit). */
export function hueOf(userId: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(userId)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash % 360;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Up to two characters as people see them: of the first and the last word of a name, or of the local part of an id. */
export function initialsOf(name: string): string {
  const plain = name.startsWith('@') ? name.slice(1).split(':', 1).join('') : name;
  const words = plain.split(/[^\p{L}\p{N}\p{Extended_Pictographic}\p{M}\u200d]+/u).filter((word) => word !== '');
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words;
  const first = chosen.map((word) => [...graphemes.segment(word ?? '')][0]?.segment ?? '');
  return first.join('').toLocaleUpperCase() || '?';
}
