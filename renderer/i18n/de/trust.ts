import type { Messages } from '../messages';

export const trust: Messages['trust'] = {
  chip: {
    verified: 'Verifiziert',
    unverified: 'Nicht verifiziert',
    changed: 'Identität geändert',
    encrypted: 'Verschlüsselt',
    notEncrypted: 'Nicht verschlüsselt',
  },
  chips: 'Wer das ist, und wer mithören kann',
  person: {
    verify: '{name} verifizieren',
    changed:
      '{name} hat eine neue Identität. Das kommt vor, wenn jemand alle Geräte verliert und neu anfängt, oder wenn sich jemand anderes als {name} ausgibt. Fragen Sie {name} auf einem anderen Weg, oder verifizieren Sie erneut.',
    accept: 'Neue Identität annehmen',
  },
  banner: {
    recovery:
      'Sichern Sie einen Wiederherstellungsschlüssel: Ohne ihn gehen mit diesem Gerät auch Ihre Identität und Ihre Schlüssel verloren.',
    recoveryOf:
      'Sichern Sie einen Wiederherstellungsschlüssel für {id}: Ohne ihn gehen mit diesem Gerät auch Identität und Schlüssel verloren.',
    setUp: 'Einrichten',
    verify:
      'Dieses Gerät ist nicht verifiziert: Andere werden davor gewarnt, und ältere Schlüssel sind nicht erreichbar.',
    verifyOf:
      'Dieses Gerät ist für {id} nicht verifiziert: Andere werden davor gewarnt, und ältere Schlüssel sind nicht erreichbar.',
    verifyNow: 'Verifizieren',
    later: 'Später',
  },
  task: {
    password: 'Passwort von {id}',
    passwordHint: 'Ihr Homeserver fragt noch einmal danach, bevor er das zulässt.',
    passwordShow: 'Passwort anzeigen',
    wrongPassword: 'Das ist nicht das Passwort. Versuchen Sie es noch einmal.',
    continue: 'Weiter',
    browser: 'Weiter im Browser: Bestätigen Sie dort, dass Sie es sind. Hier geht es von selbst weiter.',
    openBrowser: 'Browser noch einmal öffnen',
  },
  setUp: {
    title: 'Wiederherstellungsschlüssel sichern',
    resetTitle: 'Mit neuer Identität neu anfangen',
    what: 'Mit diesem Schlüssel bekommen Sie Ihre Identität und Ihre verschlüsselten Anrufe auf einem neuen Gerät zurück, auch wenn alle anderen verloren sind. Wer ihn hat, kann das ebenso; bewahren Sie ihn auf wie einen Wohnungsschlüssel: in einem Passwortmanager oder auf Papier.',
    once: 'Er wird nur dieses eine Mal gezeigt. Carillon behält ihn nicht und kann ihn nicht noch einmal zeigen.',
    key: 'Wiederherstellungsschlüssel',
    copy: 'Kopieren',
    copied: 'Kopiert',
    save: 'In Datei sichern…',
    savedToFile: 'Gesichert',
    kept: 'Ich habe ihn gesichert',
    making: 'Ein Schlüssel wird erzeugt…',
    working: 'Ihr Konto wird geschützt…',
    done: 'Ihr Konto ist geschützt. Die Sicherung Ihrer Schlüssel ist eingeschaltet.',
    close: 'Schließen',
    resetWarning:
      'Alles, was nur die alte Identität öffnen konnte, geht verloren: die Sicherung Ihrer Schlüssel und ältere verschlüsselte Nachrichten, die kein anderes Ihrer Geräte lesen kann. Wer Sie verifiziert hat, erfährt, dass sich Ihre Identität geändert hat, und Ihre anderen Geräte müssen erneut verifiziert werden.',
    resetGo: 'Neu anfangen',
  },
  restore: {
    title: 'Dieses Gerät verifizieren',
    what: 'Damit Ihre anderen Geräte und Ihre Gesprächspartner wissen, dass Sie das sind.',
    byDevice: 'Emoji mit einem anderen Gerät vergleichen',
    byDeviceHint:
      'Halten Sie ein Gerät bereit, auf dem Sie schon angemeldet sind: Carillon, Element oder eine andere Matrix-App.',
    or: 'oder',
    key: 'Wiederherstellungsschlüssel',
    keyOrPassphrase: 'Wiederherstellungsschlüssel oder Passphrase',
    show: 'Wiederherstellungsschlüssel anzeigen',
    go: 'Schlüssel verwenden',
    working: 'Ihre Schlüssel werden geöffnet…',
    lost: 'Ich habe beides nicht',
    noWay:
      'Dieses Konto hat noch keinen Wiederherstellungsschlüssel. Verifizieren Sie dieses Gerät von einem anderen aus, oder fangen Sie neu an, wenn es keines mehr gibt.',
    backup: 'Schlüsselsicherung einschalten',
    backupWhat: 'Ihr Schlüssel liegt unter Ihrem Wiederherstellungsschlüssel; deshalb wird dieser einmal gebraucht.',
    backupGo: 'Einschalten',
  },
  sas: {
    requestOwn: 'Ein anderes Ihrer Geräte möchte verifiziert werden',
    requestPerson: '{name} möchte Sie verifizieren',
    device: 'Gerät: {name}',
    forAccount: 'Konto: {id}',
    requestHint: 'Nehmen Sie nur an, was Sie erwarten. Sie vergleichen dann sieben Emoji.',
    accept: 'Annehmen',
    decline: 'Ablehnen',
    titleOwn: 'Mit einem anderen Gerät verifizieren',
    titlePerson: '{name} verifizieren',
    waitingOwn: 'Nehmen Sie die Anfrage auf Ihrem anderen Gerät an.',
    waitingPerson: 'Warten, bis {name} annimmt. Die Anfrage liegt in Ihrer Unterhaltung.',
    preparing: 'Schlüssel werden ausgetauscht…',
    compare: 'Zeigen beide Seiten dieselben Emoji in derselben Reihenfolge?',
    compareHint:
      'Vergleichen Sie auf einem anderen Weg als diesem: nebeneinander, oder in einem Gespräch mit vertrauter Stimme.',
    compareNumbers: 'Zeigen beide Seiten dieselben Zahlen in derselben Reihenfolge?',
    match: 'Sie stimmen überein',
    mismatch: 'Sie sind verschieden',
    confirmed: 'Warten, bis die andere Seite das auch sagt…',
    doneOwn: 'Verifiziert. Die beiden Geräte vertrauen einander jetzt.',
    donePerson: 'Verifiziert. Von jetzt an sehen Sie das, wenn Sie mit {name} sprechen.',
    close: 'Schließen',
    cancelled: {
      theyCancelled: 'Die andere Seite hat abgebrochen. Es wurde nichts verifiziert.',
      weCancelled: 'Abgebrochen. Es wurde nichts verifiziert.',
      declined: 'Die Anfrage wurde abgelehnt. Es wurde nichts verifiziert.',
      timedOut:
        'Niemand hat rechtzeitig geantwortet. Es wurde nichts verifiziert; beginnen Sie neu, wenn beide bereit sind.',
      mismatch:
        'Die beiden Seiten haben nicht dieselben Schlüssel. Entweder hat jemand den falschen Knopf gedrückt, oder jemand sitzt zwischen Ihnen: Teilen Sie nichts Vertrauliches, bevor es gelungen ist.',
      elsewhere: 'Die Anfrage wurde auf einem anderen Ihrer Geräte beantwortet.',
      unsupported: 'Die andere App kann keine Emoji vergleichen. Es wurde nichts verifiziert.',
      unreachable:
        'Der Homeserver war mittendrin nicht mehr erreichbar. Es wurde nichts verifiziert; beginnen Sie neu, wenn er wieder da ist.',
      failed: 'Das hat nicht geklappt. Es wurde nichts verifiziert; versuchen Sie es noch einmal.',
    },
  },
  failure: {
    malformedKey:
      'Das ist kein Wiederherstellungsschlüssel. Er hat 48 Buchstaben und Ziffern in Vierergruppen; prüfen Sie, ob etwas fehlt.',
    wrongKey: 'Das ist ein Schlüssel, aber nicht der dieses Kontos. Suchen Sie den neuesten, den Sie gesichert haben.',
    noStorage: 'Es gibt nichts, was ein Wiederherstellungsschlüssel öffnen könnte: Dieses Konto hat keinen.',
    incomplete:
      'Der Schlüssel passt, aber was er öffnet, gehört nicht zur Identität dieses Kontos. Verifizieren Sie von einem anderen Gerät aus, oder fangen Sie neu an.',
    noIdentity: '{name} hat noch keine Identität eingerichtet; es gibt also nichts zu vergleichen.',
    noRoom: 'Sie haben keine Unterhaltung mit {name}, in der Sie fragen könnten. Beginnen Sie zuerst eine.',
    unknownDevice: 'Dieses Gerät hat keine Schlüssel oder ist weg. Mit ihm lässt sich nichts vergleichen.',
    unsupported:
      'Ihr Homeserver verlangt einen Nachweis, den Carillon nicht geben kann. Tun Sie das in einer anderen Matrix-App.',
    refused: 'Ihr Homeserver erlaubt das nicht.',
    unreachable: 'Keine Antwort vom Homeserver. Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.',
    cancelled: 'Abgebrochen.',
    busy: 'Für dieses Konto läuft gerade etwas anderes. Warten Sie sein Ende ab und versuchen Sie es noch einmal.',
    signedOut: 'Dieses Konto ist nicht verbunden. Versuchen Sie es noch einmal, wenn es das ist.',
    failed: 'Das ist in Carillon fehlgeschlagen. Versuchen Sie es noch einmal.',
  },
};
