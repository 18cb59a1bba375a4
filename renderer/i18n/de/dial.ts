import type { Messages } from '../messages';

export const dial: Messages['dial'] = {
  title: 'Wählen',
  field: 'Adresse oder Nummer',
  erase: 'Letztes Zeichen löschen',
  from: 'Anrufe von',
  fromAccount: 'Anrufe gehen von {account} aus. Anderes Konto wählen',
  redial: 'Wahlwiederholung: {name}',
  start: 'Wen möchten Sie anrufen?',
  startHint:
    'Geben Sie eine Adresse, eine Nummer oder einen Matrix-Link ein, oder drücken Sie die Tasten: 236 findet Ben.',
  looking: '{number} wird gesucht…',
  choose: 'Mehrere passen. Wählen Sie eine Person aus, oder geben Sie die ganze Adresse ein.',
  nobody: 'Sie kennen niemanden namens „{name}“. Geben Sie die ganze Adresse ein, zum Beispiel {example}.',
  empty:
    'Geben Sie eine Adresse wie {example} oder eine Nummer ein. „Anrufen“ bei leerem Feld holt zurück, was Sie zuletzt gewählt haben.',
  room: 'Das führt in einen Raum, Carillon ruft aber Personen an. Geben Sie die Adresse einer Person ein.',
  signedOut: '{server} hat Sie abgemeldet. Melden Sie sich wieder an, um anzurufen.',
  invalid: {
    noServer: 'Der Server fehlt. Eine ganze Adresse sieht so aus: {example}.',
    noName: 'Der Name fehlt. Eine ganze Adresse sieht so aus: {example}.',
    noSign: 'Eine Adresse beginnt mit einem At-Zeichen, zum Beispiel {example}.',
    badServer: 'Was hinter dem Doppelpunkt steht, ist kein Server. Eine ganze Adresse sieht so aus: {example}.',
    tooLong: 'Das ist zu lang für eine Adresse.',
    numberTooLong: 'Das ist zu lang für eine Telefonnummer.',
    badLink: 'Dieser Link führt nirgendwohin, wo man anrufen könnte.',
    sip: 'Das ist die Adresse eines anderen Netzes (SIP). Carillon ruft Matrix-Adressen an, zum Beispiel {example}.',
    otherLink: 'Dieser Link ist weder von Matrix noch eine Nummer. Adressen sehen so aus: {example}.',
  },
  failure: {
    noBridge:
      '{server} erreicht keine Telefonnummern: Dort ist keine Brücke ins Telefonnetz eingerichtet. Matrix-Adressen können Sie anrufen.',
    unknownNumber:
      'Die Brücke von {server} erreicht {number} nicht. Prüfen Sie die Nummer; vielleicht fehlt die Landesvorwahl.',
    bridgeSilent: 'Die Brücke von {server} antwortet nicht für {number}. Versuchen Sie es gleich noch einmal.',
  },
};
