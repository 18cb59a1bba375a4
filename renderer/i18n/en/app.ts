export const app = {
  name: 'Carillon',
  title: '{page} – Carillon',
  tagline: 'Calls for Matrix',
  starting: 'Starting…',
  startFailed: 'This window could not reach the rest of Carillon.',
  startFailedHint: 'Try again. If it stays like this, quit Carillon from its tray icon and start it anew.',
  retry: 'Try again',
  cancel: 'Cancel',
  back: 'Back',
};
