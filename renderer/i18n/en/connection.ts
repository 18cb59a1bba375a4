export const connection = {
  connecting: 'Connecting to {server}. Calls cannot reach you yet.',
  offline: 'No connection to {server}. Calls cannot reach you. Trying again.',
  signedOut: '{server} has signed {id} out. Calls cannot reach you.',
  signInAgain: 'Sign in again',
};
