export const nav = {
  main: 'Main',
  people: 'People',
  history: 'History',
  settings: 'Settings',
};
