import { expect, it } from 'vitest';
import { sayTime } from '../../../../main/desktop/said-time';

const now = new Date(2026, 2, 4, 12, 0).getTime();
const seen = (text: string) => text.replaceAll(/\s/g, ' ');

it('says a time of today alone, and with its day otherwise, as the language counts hours', () => {
  expect(seen(sayTime(new Date(2026, 2, 4, 14, 30).getTime(), 'en-US', now))).toBe('2:30 PM');
  expect(seen(sayTime(new Date(2026, 2, 4, 14, 30).getTime(), 'de-DE', now))).toBe('14:30');
  expect(seen(sayTime(new Date(2026, 2, 5, 8, 0).getTime(), 'en-GB', now))).toMatch(/^Thu,? 0?8:00$/);
});
