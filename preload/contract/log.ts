/** The log: what the page adds to it, and what it is for, whoever is asked for help. */
import { z } from 'zod';

/**
 * A rule of the call engine that was applied, and why. One short line without what SDP, user ids and further facts are
 * written with; what could still be an address is blotted out as in every line.
 */
export const RuleLine = z.strictObject({
  rule: z.string().regex(/^[A-Z][A-Z\d]{0,3}-\d{1,2}$/),
  reason: z.string().regex(/^[A-Za-z][A-Za-z\d ,;:._-]{0,119}$/),
});
export type RuleLine = z.infer<typeof RuleLine>;

/** `cancelled`: the person closed the dialog. */
export type LogExportResult = { readonly ok: true } | { readonly ok: false; readonly reason: 'cancelled' | 'failed' };
