import type { Messages } from '../messages';

export const keypad: Messages['keypad'] = {
  button: 'Tasten',
  label: 'Tasten für diesen Anruf',
  close: 'Tasten schließen',
  sent: 'Bisher gedrückt',
  star: 'Stern',
  hash: 'Raute',
  zero: '0, Plus',
  holdForPlus: 'Halten für +',
  byKeyboard: 'Die Ziffern Ihrer Tastatur gehen auch.',
  notNow: 'Ziffern gehen wieder, sobald der Anruf weitergeht.',
  unsure: 'Die App am anderen Ende hat nicht gesagt, dass sie Tastentöne versteht.',
  anyway: 'Tasten trotzdem zeigen',
  youPressed: 'Sie haben {digits} gedrückt',
  theyPressed: '{name} hat {digits} gedrückt',
};
