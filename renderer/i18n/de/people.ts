import type { Messages } from '../messages';

export const people: Messages['people'] = {
  search: 'Personen suchen oder Adresse eingeben',
  clear: 'Suche leeren',
  list: 'Personen',
  invitations: 'Warten auf Ihre Antwort',
  directory: 'Auf dem Server',
  matches: 'Treffer',
  loading: 'Ihre Personen werden geholt…',
  searching: '{server} wird durchsucht…',
  empty: 'Noch niemand da',
  emptyHint:
    'Suchen Sie einen Namen, oder geben Sie eine Adresse wie {example} ein, um die erste Person zum Anrufen zu finden.',
  nobody: 'Niemand gefunden für „{term}“',
  nobodyHint: 'Prüfen Sie die Schreibweise, oder geben Sie die ganze Adresse ein, zum Beispiel {example}.',
  choose: 'Wählen Sie, wen Sie anrufen möchten',
  chooseHint: 'Oder suchen Sie nach einem Namen oder einer Adresse.',
  call: '{name} anrufen',
  videoCall: '{name} mit Video anrufen',
  callShort: 'Anrufen',
  videoCallShort: 'Videoanruf',
  accept: 'Annehmen',
  acceptName: 'Annehmen: {name}',
  decline: 'Ablehnen',
  declineName: 'Ablehnen: {name}',
  start: 'Beginnen',
  startName: 'Beginnen: Unterhaltung mit {name}',
  startLong: 'Unterhaltung beginnen',
  inviteAgain: 'Noch einmal einladen',
  back: 'Zurück zu den Personen',
  standing: {
    invited: 'Hat auf Ihre Einladung noch nicht geantwortet',
    invitesUs: 'Möchte mit Ihnen sprechen',
    left: 'Hat die Unterhaltung verlassen',
    none: 'Noch keine Unterhaltung',
  },
  barredShort: {
    powerLevel: 'Anrufe sind hier nicht erlaubt',
    encrypted: 'Verschlüsselt: noch keine Anrufe',
  },
  why: {
    invited:
      '{name} hat Ihre Einladung noch nicht angenommen. Sobald das geschieht, können Sie anrufen; die Einladung wartet dort in der Matrix-App.',
    invitesUs: '{name} möchte mit Ihnen sprechen. Nehmen Sie an, dann können Sie einander anrufen.',
    left: '{name} hat Ihre Unterhaltung verlassen, ein Anruf käme nicht an. Laden Sie {name} noch einmal ein, um anzurufen.',
    none: 'Mit {name} haben Sie noch keine Unterhaltung. Beginnen Sie eine: {name} bekommt eine Einladung, und nach der Annahme können Sie einander anrufen.',
    powerLevel:
      'Ihre Rechte in dieser Unterhaltung erlauben keine Anrufe. Bitten Sie {name} oder wer sie moderiert, Ihnen das Senden von Anruf-Ereignissen zu erlauben.',
    encrypted:
      'Diese Unterhaltung ist Ende-zu-Ende-verschlüsselt, und dort kann Carillon noch nicht anrufen. Rufen Sie {name} vorerst aus einer anderen Matrix-App an.',
    signedOut: '{server} hat Sie abgemeldet. Melden Sie sich wieder an, um {name} anzurufen.',
    settingUp: 'Anrufe werden vorbereitet. Einen Augenblick…',
  },
  started: 'Ihre Einladung an {name} ist unterwegs.',
  failure: {
    notFound:
      'Unter der Adresse {address} gibt es niemanden. Prüfen Sie die Schreibweise, auch hinter dem Doppelpunkt.',
    malformed:
      'Das ist keine vollständige Matrix-Adresse. Sie sieht so aus: {example}, also At-Zeichen, Name, Doppelpunkt, Server.',
    self: 'Das ist Ihre eigene Adresse. Geben Sie die einer anderen Person ein.',
    forbidden: '{server} erlaubt das nicht. Fragen Sie den Betreiber, oder nehmen Sie ein anderes Konto.',
    unreachable: '{server} antwortet nicht. Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.',
    rateLimited: '{server} bittet um eine Pause. Warten Sie einen Augenblick und versuchen Sie es noch einmal.',
    signedOut: '{server} hat Sie abgemeldet. Melden Sie sich wieder an und wiederholen Sie dies.',
    unexpected: 'Das ist in Carillon selbst gescheitert. Versuchen Sie es noch einmal.',
  },
};
