import type { Messages } from '../messages';

export const connection: Messages['connection'] = {
  connecting: 'Verbindung zu {server} wird aufgebaut. Anrufe erreichen Sie noch nicht.',
  offline: 'Keine Verbindung zu {server}. Anrufe erreichen Sie nicht. Neuer Versuch läuft.',
  signedOut: '{server} hat {id} abgemeldet. Anrufe erreichen Sie nicht.',
  signInAgain: 'Wieder anmelden',
};
