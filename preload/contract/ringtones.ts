/** The ringtones, by the names under which they are kept. Apart from the schema: the page needs the list. */

/** Synthesised by the page. */
export const ringtones = ['carillon', 'marimba', 'glass', 'bell', 'dawn', 'pulse'] as const;
export type Ringtone = (typeof ringtones)[number];
