import type { Messages } from '../messages';

export const notice: Messages['notice'] = {
  lost: '{name} hört Sie nicht: Ihr Mikrofon ist weg, und es gibt kein anderes. Schließen Sie eines an, dann geht der Anruf damit weiter.',
  microphone: {
    none: 'Kein Mikrofon gefunden. Schließen Sie eines an und versuchen Sie es noch einmal.',
    denied: 'Carillon darf das Mikrofon nicht benutzen.',
    busy: 'Das Mikrofon ist belegt. Schließen Sie das andere Programm, das es benutzt, und versuchen Sie es noch einmal.',
    failed: 'Das Mikrofon geht nicht. Stecken Sie es neu an und versuchen Sie es noch einmal.',
  },
  camera: {
    none: 'Keine Kamera gefunden. Schließen Sie eine an und drücken Sie dann „Kamera“.',
    denied: 'Carillon darf die Kamera nicht benutzen.',
    busy: 'Die Kamera ist belegt. Schließen Sie das andere Programm, das sie benutzt, und drücken Sie dann „Kamera“.',
    failed: 'Die Kamera geht nicht. Stecken Sie sie neu an und drücken Sie dann „Kamera“.',
  },
  screen: {
    denied:
      'Carillon darf Ihren Bildschirm nicht sehen. Erlauben Sie es in den Datenschutz-Einstellungen Ihres Systems und drücken Sie dann Teilen.',
    none: 'Es gibt keinen Bildschirm und kein Fenster zum Teilen.',
    gone: 'Ihre Auswahl ließ sich nicht aufnehmen; vielleicht wurde sie geschlossen. Drücken Sie Teilen, um neu zu wählen.',
    failed: 'Ihr Bildschirm ließ sich nicht teilen. Drücken Sie Teilen, um es noch einmal zu versuchen.',
  },
  signalling: {
    forbidden:
      'Der Server hat den Anruf nicht angenommen: Sie dürfen in dieser Unterhaltung nicht anrufen. Fragen Sie {name} oder wer sie moderiert.',
    gaveUp: 'Der Server war nicht zu erreichen. Prüfen Sie Ihre Verbindung und rufen Sie noch einmal an.',
    untrusted:
      'Der Anruf wurde nicht gesendet, denn er lässt sich nicht schützen: {name} nutzt ein Gerät, das niemand bestätigt hat, oder ist nicht die Person, die Sie verifiziert haben. Verifizieren Sie {name} neu, oder ändern Sie in den Einstellungen, wer an verschlüsselten Anrufen teilnehmen darf.',
  },
};
