import type { Messages } from '../messages';

export const settings: Messages['settings'] = {
  page: 'Einstellungen',
  list: 'Bereiche der Einstellungen',
  back: 'Zurück zu den Einstellungen',
  sections: {
    general: 'Allgemein',
  },
  language: 'Sprache',
  languages: { system: 'System', en: 'English', de: 'Deutsch' },
  theme: 'Darstellung',
  themes: { system: 'System', light: 'Hell', dark: 'Dunkel' },
  closeToTray: 'Im Infobereich weiterlaufen, wenn das Fenster geschlossen wird',
  closeToTrayHint: 'So erreichen Sie Anrufe weiterhin. Sonst beendet das Schließen des Fensters Carillon.',
  failed:
    'Diese Einstellung konnte nicht gespeichert werden. Prüfen Sie, ob die Platte voll ist, und versuchen Sie es noch einmal.',
};
