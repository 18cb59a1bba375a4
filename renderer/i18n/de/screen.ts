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
  sharing: 'Sie teilen Ihren Bildschirm mit {name}',
  stop: 'Teilen beenden',
  theirs: '{name} teilt einen Bildschirm',
};
