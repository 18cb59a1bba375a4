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
  signOutNow: 'Jetzt abmelden',
  risk: {
    lastDevice:
      'Das ist das letzte Gerät des Kontos, und es gibt keinen Wiederherstellungsschlüssel: Seine Identität geht verloren, und alle müssen Sie neu verifizieren.',
    looking: 'Es wird nachgesehen, was verloren ginge…',
    unknown:
      'Ob dieses Gerät Schlüssel hat, die es sonst nirgends gibt, lässt sich jetzt nicht sagen. Wenn ja, gehen verschlüsselte Nachrichten verloren, die nur dieses Gerät lesen kann.',
    noBackup:
      'Die Schlüsselsicherung ist aus: Verschlüsselte Nachrichten, die nur dieses Gerät lesen kann, gehen verloren.',
    keys: 'Schlüssel dieses Geräts, die noch nicht gesichert sind: {count}. Sie gehen verloren, wenn Sie sich jetzt abmelden.',
    wait: 'Auf die Sicherung warten, dann abmelden',
    waiting: 'Warten auf die Sicherung. Sobald sie vollständig ist, werden Sie abgemeldet.',
    doNotWait: 'Nicht warten',
  },
  signOutHistory: 'Die Anrufliste dieses Kontos auf diesem Gerät wird gelöscht.',
  state: {
    connecting: 'Verbindet sich',
    online: 'Verbunden',
    offline: 'Keine Verbindung',
    signedOut: 'Abgemeldet',
  },
};
