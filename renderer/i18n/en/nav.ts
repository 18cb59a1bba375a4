export const nav = {
  main: 'Main',
  people: 'People',
  history: 'History',
  keypad: 'Keypad',
  settings: 'Settings',
};
