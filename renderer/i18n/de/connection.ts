import type { Messages } from '../messages';

export const connection: Messages['connection'] = {
  connecting: 'Verbindung zu {server} wird aufgebaut. Anrufe erreichen Sie noch nicht.',
  offline: 'Keine Verbindung zu {server}. Anrufe erreichen Sie nicht. Neuer Versuch läuft.',
  signedOut: '{server} hat {id} abgemeldet. Anrufe erreichen Sie nicht.',
  signInAgain: 'Wieder anmelden',
  retry: 'Erneut versuchen',
  trouble: {
    locked:
      '{id}: Ein anderes Programm hat die Dateien geöffnet. Anrufe erreichen Sie nicht. Schließen Sie es und versuchen Sie es erneut.',
    readOnly:
      '{id}: In die Dateien kann nicht geschrieben werden. Anrufe erreichen Sie erst, wenn der Ordner von Carillon beschreibbar ist.',
    diskFull: '{id}: Der Datenträger ist voll. Anrufe erreichen Sie erst, wenn wieder Platz ist.',
    failed: '{id}: Der Datenträger meldet einen Fehler. Anrufe erreichen Sie nicht. Neuer Versuch läuft.',
    newer:
      '{id}: Die Dateien stammen von einer neueren Version von Carillon. Aktualisieren Sie Carillon, um Anrufe zu erhalten.',
    wrongKey:
      '{id}: Die Schlüssel sind anders versiegelt als auf diesem Computer vermerkt. Melden Sie sich wieder an; der Computer gilt dann als neues Gerät.',
    damaged:
      '{id}: Die Datei mit den Schlüsseln ist beschädigt. Melden Sie sich wieder an; der Computer gilt dann als neues Gerät. Die beschädigte Datei bleibt erhalten.',
    keysLost:
      '{id}: Die Schlüssel auf diesem Computer sind verloren. Melden Sie sich wieder an; der Computer gilt dann als neues Gerät.',
    certificate:
      '{id}: Dem Zertifikat des Servers wird nicht mehr vertraut, jemand könnte mithören. Anrufe erreichen Sie nicht. Prüfen Sie die Uhr dieses Computers oder fragen Sie den Betreiber des Servers. Neuer Versuch läuft.',
    keyring:
      '{id}: Der Schlüsselbund dieses Desktops öffnet die Sitzung nicht. Anrufe erreichen Sie nicht. Entsperren Sie ihn und starten Sie Carillon neu, oder melden Sie sich wieder an; was sich nicht öffnen lässt, bleibt erhalten.',
  },
};
