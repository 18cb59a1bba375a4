import type { Messages } from '../messages';

export const signIn: Messages['signIn'] = {
  page: 'Anmelden',
  addTitle: 'Konto hinzufügen',
  againTitle: 'Wieder anmelden',
  server: 'Homeserver',
  serverHint: 'Ein Servername wie matrix.org oder seine Adresse.',
  user: 'Benutzername',
  password: 'Passwort',
  showPassword: 'Passwort anzeigen',
  submit: 'Anmelden',
  busy: 'Anmeldung läuft…',
  looking: '{server} wird gefragt, wie man sich dort anmeldet…',
  asking: '{server} wird gefragt…',
  waiting: '{server} hat noch nicht geantwortet. Bitte warten…',
  cancel: 'Abbrechen',
  browser: 'Weiter im Browser',
  provider: 'Weiter mit {name}',
  singleSignOn: 'Weiter mit Single Sign-on',
  or: 'oder mit Passwort',
  inBrowser: {
    asking: '{server} wird gefragt…',
    browser: 'Melden Sie sich auf der Seite an, die sich in Ihrem Browser geöffnet hat',
    browserHint: 'Carillon macht von selbst weiter, sobald Sie dort fertig sind.',
    code: 'Geben Sie diesen Code auf einem beliebigen Gerät mit Browser ein',
    codeAt: 'Öffnen Sie dort diese Adresse:',
    codeHint: 'Carillon macht von selbst weiter, sobald Sie dort fertig sind. Der Code gilt {time}.',
    finishing: 'Anmeldung läuft…',
    open: 'Seite noch einmal öffnen',
    useCode: 'Stattdessen einen Code benutzen',
    copyCode: 'Code kopieren',
    copyAddress: 'Adresse kopieren',
    copied: 'Kopiert',
  },
  accountsLost:
    'Die Datei mit Ihren Konten konnte nicht gelesen werden. Sie liegt nun unter accounts.json.unreadable. Melden Sie sich wieder an; der Computer gilt dann als neues Gerät.',
  keyring:
    'Dieser Desktop hat keinen Schlüsselbund. Ihre Sitzung liegt in einer Datei, die andere Programme Ihres Benutzers lesen können.',
  noKeyring: {
    title: 'Dieser Desktop hat keinen Schlüsselbund',
    what: 'Carillon bleibt angemeldet, doch was es dazu braucht, liegt in einer Datei, die andere Programme Ihres Benutzers lesen können: Ihre Sitzung und der Schlüssel zu Ihren verschlüsselten Anrufen.',
    instead:
      'Um beides zu schützen, richten Sie einen Schlüsselbund wie GNOME-Schlüsselbund oder KWallet ein und starten Sie Carillon neu.',
    goOn: 'Ohne Schlüsselbund fortfahren',
  },
  missing: {
    server: 'Geben Sie den Namen Ihres Homeservers ein, zum Beispiel matrix.org.',
    user: 'Geben Sie Ihren Benutzernamen ein.',
    password: 'Geben Sie Ihr Passwort ein.',
  },
  failure: {
    malformedServer: 'Das ist kein Servername und keine Adresse. Geben Sie einen Namen wie matrix.org ein.',
    insecureServer:
      'Diese Adresse beginnt mit http://, Ihr Passwort wäre also unterwegs ungeschützt. Nehmen Sie https:// oder nur den Servernamen.',
    unknownServer: 'Einen Server mit diesem Namen gibt es nicht. Prüfen Sie die Schreibweise.',
    unreachable:
      'Der Server antwortet nicht. Prüfen Sie den Namen und Ihre Internetverbindung und versuchen Sie es noch einmal.',
    certificate:
      'Dem Zertifikat des Servers ist nicht zu trauen; es könnte jemand mithören. Prüfen Sie den Namen und die Uhr dieses Rechners, oder fragen Sie den Betreiber.',
    notMatrix:
      'Hier antwortet ein Server, aber kein Matrix-Homeserver. Prüfen Sie den Namen, oder fragen Sie den Betreiber.',
    wellKnownInvalid:
      'Der Server verweist auf einen unbrauchbaren Homeserver. Geben Sie die Adresse des Homeservers selbst ein, oder sagen Sie es dem Betreiber.',
    passwordUnsupported:
      'Dieser Homeserver nimmt von Programmen keine Passwörter an. Nehmen Sie einen anderen, oder bitten Sie den Betreiber um die Anmeldung mit Passwort.',
    wrongPassword: 'Benutzername oder Passwort ist falsch. Prüfen Sie beides; Groß- und Kleinschreibung zählt.',
    deactivated: 'Dieses Konto wurde stillgelegt. Nehmen Sie ein anderes, oder fragen Sie den Betreiber.',
    rateLimited: 'Der Server hat zu viele Versuche gesehen. Warten Sie etwas und melden Sie sich dann wieder an.',
    rateLimitedFor: 'Der Server hat zu viele Versuche gesehen. Warten Sie {time} und melden Sie sich dann wieder an.',
    otherServer:
      'Der Server hat ein Konto eines anderen Servers angemeldet; Carillon hat das abgelehnt. Geben Sie den Server ein, der in Ihrer Matrix-Adresse steht.',
    otherUser:
      'Sie haben sich als jemand anderes angemeldet. Um dieses Konto zurückzuholen, melden Sie sich als {id} an; für ein anderes wählen Sie „Konto hinzufügen“.',
    noMethods:
      'Dieser Homeserver bietet keine Anmeldung, die Carillon kennt. Nehmen Sie einen anderen, oder fragen Sie den Betreiber.',
    noBrowser:
      'Es ließ sich kein Browser öffnen. Legen Sie in den Systemeinstellungen einen Standardbrowser fest und versuchen Sie es noch einmal.',
    refusedInBrowser: 'Im Browser wurde nichts gewährt. Versuchen Sie es noch einmal, wenn Sie sich anmelden möchten.',
    serviceFailed:
      'Die Anmeldeseite hat etwas geantwortet, womit Carillon nichts anfangen kann. Versuchen Sie es noch einmal; bleibt es dabei, sagen Sie es dem Betreiber.',
    timedOut: 'Aus dem Browser kam lange nichts zurück. Versuchen Sie es noch einmal, wenn Sie so weit sind.',
    alreadySignedIn: 'Dieses Konto ist hier schon angemeldet. Wählen Sie es im Kontomenü.',
    storage:
      'Ihre Sitzung konnte nicht gespeichert werden. Sorgen Sie dafür, dass die Platte nicht voll ist und Sie in Ihren persönlichen Ordner schreiben dürfen, und melden Sie sich noch einmal an.',
    unexpected:
      'Die Anmeldung ist in Carillon selbst gescheitert. Versuchen Sie es noch einmal; Ihre Eingaben sind alle noch da.',
  },
};
