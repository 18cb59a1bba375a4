/** The pictures of the 64 emoji by which keys are compared: not every desktop has a font for them. */
const files = import.meta.glob<string>('../sas/*.svg', { query: '?url', import: 'default', eager: true });

/** @param number 0 to 63. */
export const pictureOf = (number: number): string => files[`../sas/${String(number).padStart(2, '0')}.svg`] ?? '';
