import { expect, it } from 'vitest';

import { ageOf, UNKNOWN_AGE } from '../../../../main/matrix/age';

const date = 1_700_000_000_000;
const received = { receivedAt: 1000 };

it.each([
  ['LV-01 the count of the homeserver and our own wait', { age: 400, sentAt: date - 9e9 }, 3000, 2400],
  ['LV-01 at the moment of receipt', { age: 400, sentAt: 0 }, 1000, 400],
  ['LV-02 a homeserver whose clock runs ahead', { age: -5000, sentAt: date }, 1500, 500],
  ['LV-02 no count: the wall clocks', { age: undefined, sentAt: date - 7000 }, 3000, 7000],
  ['LV-02 no count, a little in the future', { age: undefined, sentAt: date + 500 }, 3000, 0],
  ['LV-02 no count, far in the future: nobody knows', { age: undefined, sentAt: date + 3_600_000 }, 3000, UNKNOWN_AGE],
  ['LV-02 nothing at all is not fresh', { age: undefined, sentAt: undefined }, 3000, UNKNOWN_AGE],
  ['V1-13 a count that is text', { age: '12', sentAt: date - 7000 }, 3000, 7000],
  ['V1-13 a count that is no number', { age: Number.NaN, sentAt: undefined }, 3000, UNKNOWN_AGE],
])('%s', (_what, event, now, age) => {
  expect(ageOf({ ...received, ...event }, now, date)).toBe(age);
});
