/** Names in sentences. Pure. Unicode Standard Annex #9, "Explicit directional isolates". */

/** Letters that run from right to left. */
const rightToLeft =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/**
 * Keeps a value that runs the other way from pulling the words and figures around it along. Others stay as they are: most
 * of them are also looked for, as names of buttons.
 */
export const isolate = (value: string | number): string | number =>
  typeof value === 'string' && rightToLeft.test(value) ? `\u2068${value}\u2069` : value;
