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
  signOutHistory: 'The list of its calls on this device is deleted.',
  state: {
    connecting: 'Connecting',
    online: 'Connected',
    offline: 'No connection',
    signedOut: 'Signed out by the server',
  },
};
