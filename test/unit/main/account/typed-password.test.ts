import { expect, it } from 'vitest';

import { makeTypedPassword } from '../../../../main/account/typed-password';
import { turnedClock } from '../turned-clock';

it('is given up once', () => {
  const password = makeTypedPassword('secret', turnedClock());
  expect([password.take(), password.take()]).toEqual(['secret', null]);
});

it('is kept for five minutes at the most', () => {
  const clock = turnedClock();
  const password = makeTypedPassword('secret', clock);
  clock.turn(5 * 60_000);
  expect(password.take()).toBeNull();
});

it('need not be there', () => {
  expect(makeTypedPassword(null, turnedClock()).take()).toBeNull();
});
