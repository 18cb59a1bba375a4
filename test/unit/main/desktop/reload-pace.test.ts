import { expect, it } from 'vitest';
import { makeReloadPace } from '../../../../main/desktop/reload-pace';

it('a page that crashed comes back at once, then ever more slowly, and is forgiven after a minute', () => {
  let now = 0;
  const pace = makeReloadPace(() => now);
  expect([pace(), pace(), pace(), pace(), pace()]).toEqual([0, 1000, 5000, 15_000, 15_000]);
  now = 60_000;
  expect(pace()).toBe(0);
});
