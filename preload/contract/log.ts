/** The log, for whoever is asked for help. */

/** `cancelled`: the person closed the dialog. */
export type LogExportResult = { readonly ok: true } | { readonly ok: false; readonly reason: 'cancelled' | 'failed' };
