import type { Messages } from '../messages';

export const devices: Messages['devices'] = {
  role: { microphone: 'Mikrofon', speaker: 'Lautsprecher', ringer: 'Klingeln', camera: 'Kamera' },
  hint: {
    microphone: 'Womit andere Sie hören.',
    speaker: 'Wo Sie andere hören.',
    ringer: 'Wo Anrufe klingeln: etwa auf den Lautsprechern, während Sie über ein Headset sprechen.',
    camera: 'Womit andere Sie sehen.',
  },
  system: 'Wie im System eingestellt',
  systemNamed: 'Wie im System eingestellt ({name})',
  unnamed: {
    microphone: 'Mikrofon {number}',
    speaker: 'Lautsprecher {number}',
    ringer: 'Lautsprecher {number}',
    camera: 'Kamera {number}',
  },
  nameless: 'Ein Gerät ohne Namen',
  again: '{name} ({number})',
  gone: '{name} (nicht angeschlossen)',
  missing: '{name} ist nicht angeschlossen. Bis es wieder da ist, benutzt Carillon: {used}.',
  now: {
    microphone: 'Ihr Mikrofon ist jetzt: {name}',
    speaker: 'Sie hören andere jetzt über: {name}',
    ringer: 'Anrufe klingeln jetzt auf: {name}',
    camera: 'Ihre Kamera ist jetzt: {name}',
  },
  order: 'Reihenfolge',
  orderHint: 'Benutzt wird das erste, das angeschlossen ist. Ist keines da, gilt die Einstellung des Systems.',
  notThere: 'Nicht angeschlossen',
  up: '{name} nach oben',
  down: '{name} nach unten',
  remove: '{name} aus der Reihenfolge entfernen',
  moved: '{name}: Platz {place} von {count}',
  sound: {
    noiseSuppression: 'Geräusche unterdrücken',
    echoCancellation: 'Echo unterdrücken',
    autoGainControl: 'Lautstärke angleichen',
  },
  soundHint: {
    noiseSuppression: 'Nimmt Lüfter und Tastaturen aus Ihrer Stimme. Für Musik besser aus.',
    echoCancellation: 'Verhindert, dass andere sich selbst über Ihre Lautsprecher hören. Mit Headset entbehrlich.',
    autoGainControl: 'Macht eine leise Stimme lauter und eine laute leiser.',
  },
  test: {
    microphone: 'Pegel',
    microphoneHint: 'Sprechen Sie: Der Balken bewegt sich, wenn das Mikrofon Sie hört.',
    start: 'Testen',
    stop: 'Beenden',
    level: 'Pegel des Mikrofons',
    voice: 'Sich selbst hören',
    voiceHint: 'Nimmt bis zu fünf Sekunden auf und spielt sie ab, wie andere Sie hören. Nichts wird aufbewahrt.',
    voiceButton: { idle: 'Aufnehmen', recording: 'Beenden und abspielen', playing: 'Beenden', failed: 'Aufnehmen' },
    voiceState: {
      recording: 'Aufnahme läuft. Sprechen Sie jetzt.',
      playing: 'Die Aufnahme wird abgespielt.',
      failed:
        'Das ließ sich nicht aufnehmen und abspielen. Wählen Sie ein anderes Mikrofon oder einen anderen Lautsprecher und versuchen Sie es noch einmal.',
    },
    speaker: 'Testton',
    speakerButton: 'Ton abspielen',
    ringer: 'Probeklingeln',
    ringerButton: 'Einmal klingeln',
    outputFailed:
      'Dieses Gerät spielt nichts ab. Was Sie hören, kommt vom nächsten in der Reihenfolge oder vom Standardgerät des Systems.',
    camera: 'Vorschau',
    cameraHint: 'Nur Sie sehen sie.',
    cameraStart: 'Vorschau zeigen',
    cameraStop: 'Vorschau ausblenden',
  },
  headset: {
    buttons: 'Headset-Tasten',
    hint: 'Mit den Tasten eines USB- oder Bluetooth-Headsets nehmen Sie an, legen auf und schalten stumm; seine Lämpchen zeigen, wie es um den Anruf steht.',
    inUse: 'Verwendetes Headset',
    none: 'Es ist kein Headset mit Anruftasten angeschlossen.',
    refused: '{name} ist angeschlossen, aber das System gibt seine Tasten nicht an Carillon weiter.',
    wayOut: {
      linux:
        'Ein Administrator kann das erlauben: Speichern Sie diese Zeile als /etc/udev/rules.d/70-headset.rules, ziehen Sie das Headset ab und stecken Sie es wieder ein.',
      other: 'Vielleicht hält ein anderes Programm sie fest: Schließen Sie es und versuchen Sie es dann noch einmal.',
    },
    retry: 'Noch einmal versuchen',
  },
  problem: {
    microphone: {
      none: 'Kein Mikrofon gefunden. Schließen Sie eines an und drücken Sie dann „Testen“.',
      denied: 'Carillon darf das Mikrofon nicht benutzen.',
      busy: 'Ein anderes Programm benutzt das Mikrofon. Schließen Sie es oder wählen Sie ein anderes Mikrofon.',
      failed: 'Das Mikrofon geht nicht. Stecken Sie es neu an oder wählen Sie ein anderes.',
    },
    camera: {
      none: 'Keine Kamera gefunden. Schließen Sie eine an und zeigen Sie dann die Vorschau.',
      denied: 'Carillon darf die Kamera nicht benutzen.',
      busy: 'Ein anderes Programm benutzt die Kamera. Schließen Sie es oder wählen Sie eine andere Kamera.',
      failed: 'Die Kamera geht nicht. Stecken Sie sie neu an oder wählen Sie eine andere.',
    },
  },
  allow: {
    mac: {
      microphone:
        'Erlauben Sie es in den Systemeinstellungen unter Datenschutz & Sicherheit, Mikrofon; macOS startet Carillon dann neu.',
      camera:
        'Erlauben Sie es in den Systemeinstellungen unter Datenschutz & Sicherheit, Kamera; macOS startet Carillon dann neu.',
    },
    windows: {
      microphone: 'Erlauben Sie es in den Einstellungen unter Datenschutz, Mikrofon, auch für Desktop-Apps.',
      camera: 'Erlauben Sie es in den Einstellungen unter Datenschutz, Kamera, auch für Desktop-Apps.',
    },
    linux: {
      microphone:
        'Ihr System gibt es nicht frei. Als Flatpak oder Snap braucht Carillon dort die Erlaubnis für das Mikrofon.',
      camera:
        'Ihr System gibt sie nicht frei. Als Flatpak oder Snap braucht Carillon dort die Erlaubnis für die Kamera.',
    },
  },
  openPrivacy: 'Datenschutz-Einstellungen öffnen',
};
