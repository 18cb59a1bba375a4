import type { Messages } from '../messages';

export const nav: Messages['nav'] = {
  main: 'Hauptbereich',
  people: 'Personen',
  history: 'Verlauf',
  keypad: 'Wähltasten',
  settings: 'Einstellungen',
};
