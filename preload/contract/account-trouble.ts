/** What may be wrong with an account beyond its connection, mostly with its files. Apart from the schemas: the page needs a value, and never parses. */

/**
 * Why an account cannot use what it keeps on this disk (its keys, its tokens, where its sync stands) or its homeserver.
 * Nothing was changed or lost by the trouble itself.
 * - `locked`: another program has it open.
 * - `readOnly`: the folder or a file may not be written to.
 * - `diskFull`: no room, or the person's quota is used up.
 * - `failed`: the disk reports an error, or anything else.
 * - `newer`: written by a later version of this program.
 * - `wrongKey`, `damaged`: it cannot be read any more.
 * - `keysLost`: the keys of this device are gone, and others would be mistaken for a stranger's.
 * - `keyring`: the keyring does not open its token, or the key of its store: another one, or locked. It stays on the disk.
 * - `certificate`: that of the homeserver is no longer trusted.
 */
export type AccountTrouble =
  | 'locked'
  | 'readOnly'
  | 'diskFull'
  | 'failed'
  | 'newer'
  | 'wrongKey'
  | 'damaged'
  | 'keysLost'
  | 'keyring'
  | 'certificate';

/** Of those there is no way back: the account can only start over as a new device. */
export const finalTroubles: ReadonlySet<AccountTrouble> = new Set(['wrongKey', 'damaged', 'keysLost']);
