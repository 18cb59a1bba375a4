import { expect, it } from 'vitest';
import { isolate } from '../../../../renderer/i18n/isolate';

it.each([
  ['فاطمة', '\u2068فاطمة\u2069'],
  ['Anna שרה', '\u2068Anna שרה\u2069'],
  ['Clara Núñez', 'Clara Núñez'],
  ['田中', '田中'],
  [7, 7],
])('%s', (value, shown) => {
  expect(isolate(value)).toBe(shown);
});
