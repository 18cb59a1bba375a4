/** The words of the tray, the notifications and the few dialogs of main. The window has its own (renderer/i18n). */
import type { QuietChoice } from '../../preload/contract/quiet';
import type { Settings } from '../../preload/contract/settings';

export interface Messages {
  readonly ready: string;
  readonly offline: string;
  readonly notSignedIn: string;
  readonly missedCalls: (count: number) => string;
  /** @param until a time, or null when only a person can switch it off. */
  readonly quiet: (until: string | null) => string;
  readonly doNotDisturb: string;
  readonly quietFor: Readonly<Record<QuietChoice, string>>;
  readonly quietByTimes: (until: string) => string;
  readonly quietUntil: (until: string) => string;
  readonly inCall: (name: string) => string;
  readonly inCallMuted: (name: string) => string;
  readonly incomingCall: (name: string) => string;
  readonly incomingVideoCall: (name: string) => string;
  readonly missedCall: string;
  readonly missedVideoCall: string;
  /** More than one, of one person. */
  readonly severalMissed: (count: number) => string;
  readonly missedFrom: (name: string) => string;
  /** Where names are hidden. */
  readonly missedFromSomebody: string;
  readonly incomingFromSomebody: string;
  readonly incomingVideoFromSomebody: string;
  readonly callBack: string;
  readonly lostCall: (name: string) => string;
  /** Where names are hidden. */
  readonly lostCallWithSomebody: string;
  readonly nobodyHungUp: string;
  readonly windowBrokeDown: string;
  readonly callAgain: string;
  readonly answeredByItself: (name: string) => string;
  readonly answeredBySetting: string;
  readonly somebody: string;
  /** Name of a choice of files in a dialog. */
  readonly soundFiles: string;
  /** Name of a file. */
  readonly exportedCalls: string;
  /** Name of a file. */
  readonly recoveryKeyFile: string;
  /** Name of a file. */
  readonly exportedLog: string;
  /** Said under a call when several accounts are signed in. */
  readonly callTo: (account: string) => string;
  readonly answer: string;
  readonly answerWithVideo: string;
  readonly decline: string;
  readonly holdAndAnswer: string;
  readonly endAndAnswer: string;
  readonly silence: string;
  readonly silenced: string;
  readonly mute: string;
  readonly unmute: string;
  readonly stopSharing: string;
  readonly hangUp: string;
  readonly microphone: string;
  readonly speaker: string;
  readonly systemDefault: string;
  /** For a device whose name the system keeps from us. */
  readonly unnamedDevice: (number: number) => string;
  readonly open: string;
  readonly quit: string;
  readonly quitDuringCall: (names: string) => string;
  readonly quitEndsCall: string;
  readonly quitAnyway: string;
  readonly stay: string;
  readonly cannotStart: string;
  /** On the browser's last page: signed in, refused there, or not the sign-in that is waited for. */
  readonly browser: Readonly<
    Record<'done' | 'refused' | 'foreign', { readonly title: string; readonly words: string }>
  >;
}

const en: Messages = {
  ready: 'Carillon: ready for calls',
  offline: 'Carillon: not connected, calls cannot come in',
  notSignedIn: 'Carillon: not signed in',
  missedCalls: (count) => `Carillon: ${count === 1 ? '1 missed call' : `${String(count)} missed calls`}`,
  quiet: (until) => `Carillon: do not disturb${until === null ? '' : ` until ${until}`}`,
  doNotDisturb: 'Do not disturb',
  quietFor: {
    off: 'Off',
    hour: 'For 1 hour',
    tomorrow: 'Until tomorrow, 8:00',
    untilSwitchedOff: 'Until I switch it off',
  },
  quietByTimes: (until) => `By timetable until ${until}`,
  quietUntil: (until) => `Until ${until}`,
  inCall: (name) => `Carillon: in a call with ${name}`,
  inCallMuted: (name) => `Carillon: in a call with ${name}, microphone muted`,
  incomingCall: (name) => `Incoming call from ${name}`,
  incomingVideoCall: (name) => `Incoming video call from ${name}`,
  missedCall: 'Missed call',
  missedVideoCall: 'Missed video call',
  severalMissed: (count) => `${String(count)} missed calls`,
  missedFrom: (name) => `${name} tried to call you.`,
  missedFromSomebody: 'Somebody tried to call you.',
  incomingFromSomebody: 'Incoming call',
  incomingVideoFromSomebody: 'Incoming video call',
  callBack: 'Call back',
  lostCall: (name) => `Call with ${name} lost`,
  lostCallWithSomebody: 'Call lost',
  nobodyHungUp: 'The connection broke off; nobody hung up.',
  windowBrokeDown: 'Carillon’s window broke down, and the call was hung up.',
  callAgain: 'Call again',
  answeredByItself: (name) => `In a call with ${name}`,
  answeredBySetting: 'Answered by itself, as you set it. Your microphone is on.',
  somebody: 'somebody',
  soundFiles: 'Sounds',
  exportedCalls: 'Carillon calls',
  recoveryKeyFile: 'Matrix recovery key',
  exportedLog: 'Carillon log',
  callTo: (account) => `To ${account}`,
  answer: 'Answer',
  answerWithVideo: 'Answer with video',
  decline: 'Decline',
  holdAndAnswer: 'Hold and answer',
  endAndAnswer: 'End and answer',
  silence: 'Silence',
  silenced: 'Silenced',
  mute: 'Mute microphone',
  unmute: 'Unmute microphone',
  stopSharing: 'Stop sharing the screen',
  hangUp: 'Hang up',
  microphone: 'Microphone',
  speaker: 'Speaker',
  systemDefault: 'System default',
  unnamedDevice: (number) => `Device ${number}`,
  open: 'Open Carillon',
  quit: 'Quit',
  quitDuringCall: (names) => `You are in a call with ${names}.`,
  quitEndsCall: 'Quitting hangs up, and no call can reach you on this computer until Carillon is started again.',
  quitAnyway: 'Hang up and quit',
  stay: 'Stay in the call',
  cannotStart: 'Carillon cannot start',
  browser: {
    done: { title: 'Back to Carillon', words: 'Carillon goes on by itself. You can close this page.' },
    refused: {
      title: 'Not signed in',
      words: 'Nothing was granted. Carillon says how to go on; you can close this page.',
    },
    foreign: {
      title: 'Not the sign-in that Carillon waits for',
      words: 'This page belongs to another attempt. Close it, go back to Carillon and open the browser from there.',
    },
  },
};

const de: Messages = {
  ready: 'Carillon: bereit für Anrufe',
  offline: 'Carillon: nicht verbunden, Anrufe kommen nicht an',
  notSignedIn: 'Carillon: nicht angemeldet',
  missedCalls: (count) => `Carillon: ${count === 1 ? '1 verpasster Anruf' : `${String(count)} verpasste Anrufe`}`,
  quiet: (until) => `Carillon: nicht stören${until === null ? '' : ` bis ${until}`}`,
  doNotDisturb: 'Nicht stören',
  quietFor: {
    off: 'Aus',
    hour: 'Für 1 Stunde',
    tomorrow: 'Bis morgen, 8:00 Uhr',
    untilSwitchedOff: 'Bis ich es ausschalte',
  },
  quietByTimes: (until) => `Nach Zeitplan bis ${until}`,
  quietUntil: (until) => `Bis ${until}`,
  inCall: (name) => `Carillon: im Gespräch mit ${name}`,
  inCallMuted: (name) => `Carillon: im Gespräch mit ${name}, Mikrofon stumm`,
  incomingCall: (name) => `Anruf von ${name}`,
  incomingVideoCall: (name) => `Videoanruf von ${name}`,
  missedCall: 'Verpasster Anruf',
  missedVideoCall: 'Verpasster Videoanruf',
  severalMissed: (count) => `${String(count)} verpasste Anrufe`,
  missedFrom: (name) => `${name} hat versucht, Sie anzurufen.`,
  missedFromSomebody: 'Jemand hat versucht, Sie anzurufen.',
  incomingFromSomebody: 'Anruf',
  incomingVideoFromSomebody: 'Videoanruf',
  callBack: 'Zurückrufen',
  lostCall: (name) => `Gespräch mit ${name} abgebrochen`,
  lostCallWithSomebody: 'Gespräch abgebrochen',
  nobodyHungUp: 'Die Verbindung ist abgerissen; niemand hat aufgelegt.',
  windowBrokeDown: 'Das Fenster von Carillon ist abgestürzt; das Gespräch wurde beendet.',
  callAgain: 'Noch einmal anrufen',
  answeredByItself: (name) => `Im Gespräch mit ${name}`,
  answeredBySetting: 'Von selbst angenommen, wie Sie es eingestellt haben. Ihr Mikrofon ist an.',
  somebody: 'jemandem',
  soundFiles: 'Klänge',
  exportedCalls: 'Carillon-Anrufe',
  recoveryKeyFile: 'Matrix-Wiederherstellungsschlüssel',
  exportedLog: 'Carillon-Protokoll',
  callTo: (account) => `An ${account}`,
  answer: 'Annehmen',
  answerWithVideo: 'Mit Video annehmen',
  decline: 'Ablehnen',
  holdAndAnswer: 'Halten und annehmen',
  endAndAnswer: 'Beenden und annehmen',
  silence: 'Klingeln ausschalten',
  silenced: 'Klingeln aus',
  mute: 'Mikrofon stummschalten',
  unmute: 'Mikrofon einschalten',
  stopSharing: 'Bildschirm nicht mehr teilen',
  hangUp: 'Auflegen',
  microphone: 'Mikrofon',
  speaker: 'Lautsprecher',
  systemDefault: 'Wie im System eingestellt',
  unnamedDevice: (number) => `Gerät ${number}`,
  open: 'Carillon öffnen',
  quit: 'Beenden',
  quitDuringCall: (names) => `Sie sind im Gespräch mit ${names}.`,
  quitEndsCall: 'Beim Beenden wird aufgelegt, und bis zum nächsten Start von Carillon erreicht Sie hier kein Anruf.',
  quitAnyway: 'Auflegen und beenden',
  stay: 'Im Gespräch bleiben',
  cannotStart: 'Carillon kann nicht starten',
  browser: {
    done: { title: 'Zurück zu Carillon', words: 'Carillon macht von selbst weiter. Sie können diese Seite schließen.' },
    refused: {
      title: 'Nicht angemeldet',
      words: 'Es wurde nichts gewährt. Carillon sagt, wie es weitergeht; Sie können diese Seite schließen.',
    },
    foreign: {
      title: 'Nicht die Anmeldung, auf die Carillon wartet',
      words:
        'Diese Seite gehört zu einem anderen Versuch. Schließen Sie sie und öffnen Sie den Browser noch einmal aus Carillon.',
    },
  },
};

/** @param systemLanguage BCP 47 tag of the desktop, which decides when the person did not. */
export function messagesFor(language: Settings['language'], systemLanguage: string): Messages {
  const tag = language === 'system' ? systemLanguage : language;
  return /^de\b/i.test(tag) ? de : en;
}
