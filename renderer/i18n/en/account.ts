export const account = {
  button: 'Account {name}: {state}',
  switch: 'Show the people of',
  add: 'Add account',
  signOut: 'Sign out',
  signOutTitle: 'Sign out {id}?',
  signOutCalls: 'Calls to this account no longer reach you on this device, and running calls end.',
  signOutSession: 'To use it here again you have to sign in again. Conversations and people stay on the server.',
  signingOut: 'Signing out…',
  signOutFailed: 'Signing out did not work. Try again.',
  signOutNow: 'Sign out now',
  risk: {
    lastDevice:
      'This is the last device of the account, and there is no recovery key: its identity is lost, and everybody has to verify you anew.',
    looking: 'Looking what would be lost…',
    unknown:
      'Whether this device has keys that are nowhere else cannot be told now. If it has, the encrypted messages that only it can read are lost.',
    noBackup: 'The key backup is off: encrypted messages that only this device can read are lost.',
    keys: 'Keys of this device that are not in the backup yet: {count}. They are lost if you sign out now.',
    wait: 'Wait for the backup, then sign out',
    waiting: 'Waiting for the backup. You are signed out as soon as it is complete.',
    doNotWait: 'Do not wait',
  },
  signOutHistory: 'The list of its calls on this device is deleted.',
  state: {
    connecting: 'Connecting',
    online: 'Connected',
    offline: 'No connection',
    signedOut: 'Signed out',
  },
};
