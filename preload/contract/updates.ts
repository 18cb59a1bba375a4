/** Newer versions of the program. */

export type UpdateState =
  /** This build knows no place where newer ones would be; it never asks anybody. */
  | { readonly name: 'off' }
  | { readonly name: 'idle' }
  | { readonly name: 'checking' }
  /** There is nothing newer. */
  | { readonly name: 'current' }
  | { readonly name: 'available'; readonly version: string }
  /** 0 to 100 */
  | { readonly name: 'downloading'; readonly version: string; readonly percent: number }
  /** Installed when the program quits. */
  | { readonly name: 'ready'; readonly version: string }
  | { readonly name: 'failed' };
