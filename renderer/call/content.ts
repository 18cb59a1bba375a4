/** Reading what a stranger sent: a field of the wrong type counts as absent, and nothing throws. V1-13 */
export type Content = Readonly<Record<string, unknown>>;

/** Matrix ids are not longer. */
const longestName = 255;

/** Own properties only: a field that comes from a prototype was never sent. */
export const own = (object: Content, key: string): unknown => (Object.hasOwn(object, key) ? object[key] : undefined);

export const isObject = (value: unknown): value is Content =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** One line of a length that can be shown, without what would change the look of the rest of the screen. */
export function plainText(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = value
    .slice(0, longestName)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .trim();
  return text === '' ? null : text;
}
