/**
 * English, and the shape that every other language has to have. `{name}` is a value; a literal @, {, } or | must be
 * written as {'@'} because vue-i18n reads them as syntax.
 */
import { account } from './en/account';
import { alerts } from './en/alerts';
import { app } from './en/app';
import { call } from './en/call';
import { connection } from './en/connection';
import { devices } from './en/devices';
import { dial } from './en/dial';
import { emoji } from './en/emoji';
import { ended } from './en/ended';
import { history } from './en/history';
import { keypad } from './en/keypad';
import { keys } from './en/keys';
import { link } from './en/link';
import { nav } from './en/nav';
import { notice } from './en/notice';
import { people } from './en/people';
import { quality } from './en/quality';
import { ringing } from './en/ringing';
import { screen } from './en/screen';
import { settings } from './en/settings';
import { security } from './en/security';
import { signIn } from './en/sign-in';
import { transfer } from './en/transfer';
import { trust } from './en/trust';

export const en = {
  app,
  alerts,
  nav,
  keys,
  link,
  account,
  connection,
  signIn,
  people,
  history,
  quality,
  ringing,
  call,
  screen,
  keypad,
  devices,
  dial,
  ended,
  notice,
  transfer,
  settings,
  security,
  trust,
  emoji,
};
