import type { Messages } from '../messages';

export const account: Messages['account'] = {
  button: 'Konto {name}: {state}',
  switch: 'Personen anzeigen von',
  add: 'Konto hinzufügen',
  signOut: 'Abmelden',
  signOutTitle: '{id} abmelden?',
  signOutCalls: 'Anrufe an dieses Konto erreichen Sie dann nicht mehr auf diesem Gerät, und laufende Anrufe enden.',
  signOutSession:
    'Um es hier wieder zu benutzen, müssen Sie sich neu anmelden. Unterhaltungen und Personen bleiben auf dem Server.',
  signingOut: 'Wird abgemeldet…',
  signOutFailed: 'Das Abmelden ist misslungen. Versuchen Sie es noch einmal.',
  signOutHistory: 'Die Anrufliste dieses Kontos auf diesem Gerät wird gelöscht.',
  state: {
    connecting: 'Verbindet sich',
    online: 'Verbunden',
    offline: 'Keine Verbindung',
    signedOut: 'Vom Server abgemeldet',
  },
};
