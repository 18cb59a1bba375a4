import type { Messages } from '../messages';

export const settings: Messages['settings'] = {
  page: 'Einstellungen',
  list: 'Bereiche der Einstellungen',
  back: 'Zurück zu den Einstellungen',
  sections: {
    general: 'Allgemein',
    calls: 'Anrufe',
    audioVideo: 'Audio und Video',
    keys: 'Tasten',
    notifications: 'Benachrichtigungen',
    security: 'Sicherheit',
    advanced: 'Erweitert',
  },
  trouble: {
    title: { setAside: 'Einstellungen verloren', notKept: 'Einstellungen nicht gespeichert' },
    setAside:
      'Einige Ihrer Einstellungen waren nicht zu lesen, an ihrer Stelle gelten die üblichen: Sehen Sie alle einmal durch. Die alte Datei liegt als settings.json.damaged im Ordner von Carillon.',
    notKept:
      'Ihre Einstellungen lassen sich nicht speichern: Was Sie wählen, gilt, bis Carillon beendet wird. Achten Sie darauf, dass der Datenträger nicht voll ist.',
    look: 'Einstellungen ansehen',
    close: 'Schließen',
  },
  language: 'Sprache',
  languages: { system: 'System', en: 'English', de: 'Deutsch' },
  theme: 'Darstellung',
  themes: { system: 'System', light: 'Hell', dark: 'Dunkel' },
  closeToTray: 'Im Infobereich weiterlaufen, wenn das Fenster geschlossen wird',
  closeToTrayHint: 'So erreichen Sie Anrufe weiterhin. Sonst beendet das Schließen des Fensters Carillon.',
  noTray: 'Dieser Desktop zeigt keine Symbole im Infobereich: Das Schließen des Fensters beendet Carillon trotzdem.',
  autostart: 'Mit dem Desktop starten',
  autostartHint: 'Anrufe erreichen Sie, sobald Sie sich an diesem Computer anmelden.',
  startHidden: 'Im Infobereich starten',
  startHiddenHint: 'Es öffnet sich kein Fenster, wenn Carillon mit dem Desktop startet.',
  update: {
    title: 'Aktualisierung',
    label: 'Ein neueres Carillon',
    hint: 'Carillon fragt seinen Herausgeber nur, wenn Sie auf den Knopf drücken.',
    check: 'Nach Aktualisierungen suchen',
    download: 'Herunterladen',
    install: 'Beenden und installieren',
    state: {
      checking: 'Wird gefragt …',
      current: 'Sie haben die neueste Version.',
      available: 'Version {version} ist da.',
      downloading: 'Version {version} wird geholt: {percent} %.',
      ready: 'Version {version} ist geholt. Sie wird installiert, wenn Carillon beendet wird.',
      failed: 'Das hat nicht geklappt. Prüfen Sie das Netz, und versuchen Sie es noch einmal.',
    },
  },
  callsPage: {
    trust: 'Wer an verschlüsselten Anrufen teilnehmen darf',
    trustHint: {
      all: 'Alle, mit allen ihren Geräten. Ist aber jemand, den Sie verifiziert haben, plötzlich ein anderer oder nutzt ein unbestätigtes Gerät, wird kein Anruf dorthin gesendet.',
      signed: 'Nur Geräte, die ihr Besitzer bestätigt hat. Andere Anrufe klingeln nicht; sie stehen in der Anrufliste.',
      verified:
        'Nur Personen, die Sie verifiziert haben, mit von ihnen bestätigten Geräten. Andere Anrufe klingeln nicht; sie stehen in der Anrufliste.',
    },
    trustChoice: { all: 'Alle', signed: 'Bestätigte Geräte', verified: 'Verifizierte Personen' },
    lifetime: 'So lange klingelt ein Anruf',
    lifetimeHint:
      'Danach wird ein Anruf ohne Antwort aufgegeben. Matrix verlangt mindestens 90 Sekunden: ein schlafendes Telefon braucht Zeit.',
    seconds: 'Sekunden',
    relayOnly: 'Meine Netzadresse verbergen',
    relayOnlyHint:
      'Anrufe laufen dann über ein Relais Ihres Homeservers, etwas langsamer, und niemand, mit dem Sie sprechen, erfährt, wo Sie sind. Ohne Relais gibt es keine Anrufe. Gilt ab dem nächsten Anruf.',
  },
  relay: {
    title: 'Verbindungstest',
    hint: 'Bittet die Relais (TURN) Ihres Homeservers um eine Verbindung, wie ein Anruf es täte. Dauert bis zu zehn Sekunden.',
    start: 'Verbindung testen',
    again: 'Noch einmal testen',
    running: 'Test läuft …',
    account: 'Relais von {server}',
    verdict: {
      works: 'Das Relais funktioniert. Anrufe kommen auch dort an, wo sich beide Seiten nicht direkt erreichen.',
      some: 'Ein Relais funktioniert, aber nicht auf jedem Weg. Netze, die wenig erlauben, können Anrufe verhindern.',
      fails:
        'Das Relais ist nicht nutzbar. Anrufe gelingen nur, wo sich beide Seiten direkt erreichen. Wenden Sie sich an die Betreiber des Homeservers, oder prüfen Sie die Firewall dieses Netzes.',
      none: 'Ihr Homeserver bietet kein Relais an. Anrufe gelingen nur, wo sich beide Seiten direkt erreichen.',
      offline:
        'Carillon ist nicht mit dem Homeserver verbunden und kann nicht nach Relais fragen. Versuchen Sie es wieder, wenn die Verbindung steht.',
    },
    directOutside: 'Direkt: Ihre Adresse im Internet wurde nach {ms} ms gefunden.',
    directInside: 'Direkt: Adressen in diesem Netz wurden nach {ms} ms gefunden, keine im Internet.',
    directNone: 'Direkt: keine Adresse dieses Geräts gefunden. Besteht eine Netzverbindung?',
    works: 'Relais über {transport}: funktioniert, nach {ms} ms.',
    refused: 'Relais über {transport}: weist die Zugangsdaten des Homeservers zurück.',
    unreachable: 'Relais über {transport}: antwortet nicht.',
  },
  log: {
    title: 'Protokoll',
    label: 'Das Protokoll in eine Datei sichern',
    hint: 'Für alle, die Ihnen bei einem Problem helfen. Es sagt, was wann geschah, ohne Passwörter, Adressen, Namen oder Inhalte.',
    save: 'Protokoll sichern …',
    saved: 'Das Protokoll wurde gesichert.',
    failed:
      'Das Protokoll konnte nicht gesichert werden. Wählen Sie einen anderen Ordner, und versuchen Sie es noch einmal.',
  },
  reset: {
    title: 'Zurücksetzen',
    label: 'Alle Einstellungen zurücksetzen',
    hint: 'Alles auf diesen Seiten, wie es am Anfang war. Konten, Schlüssel und die Anrufliste bleiben.',
    open: 'Einstellungen zurücksetzen …',
    ask: 'Alle Einstellungen zurücksetzen?',
    act: 'Einstellungen zurücksetzen',
    busy: 'Wird zurückgesetzt …',
    failed:
      'Die Einstellungen konnten nicht zurückgesetzt werden. Prüfen Sie, ob die Platte voll ist, und versuchen Sie es noch einmal.',
    done: 'Alle Einstellungen sind wieder wie am Anfang.',
  },
  failed:
    'Diese Einstellung konnte nicht gespeichert werden. Prüfen Sie, ob die Platte voll ist, und versuchen Sie es noch einmal.',
};
