export const screen = {
  button: 'Share',
  buttonLong: 'Share screen',
  title: 'Share your screen',
  what: '{name} sees what you choose until you stop, and everything that appears on it.',
  screens: 'Screens',
  windows: 'Windows',
  systemAudio: 'Share system audio',
  systemAudioHint: 'What your computer plays is heard too.',
  share: 'Share',
  sharing: 'You are sharing your screen with {name}',
  stop: 'Stop sharing',
  theirs: '{name} is sharing a screen',
};
