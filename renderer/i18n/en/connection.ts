export const connection = {
  connecting: 'Connecting to {server}. Calls cannot reach you yet.',
  offline: 'No connection to {server}. Calls cannot reach you. Trying again.',
  signedOut: '{server} has signed {id} out. Calls cannot reach you.',
  signInAgain: 'Sign in again',
  retry: 'Try again',
  trouble: {
    locked: '{id}: another program has its files open. Calls cannot reach you. Close that program, then try again.',
    readOnly: '{id}: its files may not be written to. Calls cannot reach you until the folder of Carillon is writable.',
    diskFull: '{id}: the disk is full. Calls cannot reach you until there is room again.',
    failed: '{id}: the disk reports an error. Calls cannot reach you. Trying again.',
    newer: '{id}: its files were written by a later version of Carillon. Update Carillon to receive calls.',
    wrongKey:
      '{id}: its keys are sealed with another key than the one on this computer. Sign in again; this computer then counts as a new device.',
    damaged:
      '{id}: the file with its keys is damaged. Sign in again; this computer then counts as a new device. The damaged file is kept.',
    keysLost: '{id}: its keys on this computer are gone. Sign in again; this computer then counts as a new device.',
    certificate:
      '{id}: the certificate of its server is not trusted any more, so someone could be listening. Calls cannot reach you. Check this computer’s clock, or ask whoever runs the server. Trying again.',
    keyring:
      '{id}: the keyring of this desktop does not open its session. Calls cannot reach you. Unlock the keyring and start Carillon again, or sign in again; what cannot be opened is kept.',
  },
};
