/** German. The type asks for every message of English; test/unit/renderer/i18n compares the values in braces. */
import { account } from './de/account';
import { alerts } from './de/alerts';
import { app } from './de/app';
import { call } from './de/call';
import { connection } from './de/connection';
import { devices } from './de/devices';
import { dial } from './de/dial';
import { emoji } from './de/emoji';
import { ended } from './de/ended';
import { history } from './de/history';
import { keypad } from './de/keypad';
import { keys } from './de/keys';
import { link } from './de/link';
import { nav } from './de/nav';
import { notice } from './de/notice';
import { people } from './de/people';
import { quality } from './de/quality';
import { ringing } from './de/ringing';
import { screen } from './de/screen';
import { settings } from './de/settings';
import { security } from './de/security';
import { signIn } from './de/sign-in';
import { transfer } from './de/transfer';
import { trust } from './de/trust';
import type { Messages } from './messages';

export const de: Messages = {
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
