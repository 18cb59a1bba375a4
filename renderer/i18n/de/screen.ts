import type { Messages } from '../messages';

export const screen: Messages['screen'] = {
  button: 'Teilen',
  buttonLong: 'Bildschirm teilen',
  title: 'Ihren Bildschirm teilen',
  what: '{name} sieht, was Sie wählen, und alles, was darauf erscheint, bis Sie das Teilen beenden.',
  screens: 'Bildschirme',
  windows: 'Fenster',
  systemAudio: 'Ton des Computers teilen',
  systemAudioHint: 'Was Ihr Computer abspielt, ist dann auch zu hören.',
  share: 'Teilen',
  noSystemAudio: 'Geteilt wird nur das Bild: Dieses System gibt den Ton anderer Programme nicht her.',
  sharing: {
    unknown: 'Sie teilen Ihren Bildschirm mit {name}',
    screen: 'Sie teilen einen ganzen Bildschirm mit {name}: {what}',
    window: 'Sie teilen ein Fenster mit {name}: {what}',
    withSound: '{words}. Was dieser Computer abspielt, ist auch zu hören.',
  },
  stop: 'Teilen beenden',
  theirs: '{name} teilt einen Bildschirm',
};
