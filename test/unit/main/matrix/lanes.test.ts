import { expect, it } from 'vitest';

import { makeLanes } from '../../../../main/matrix/lanes';

const settle = (): Promise<void> => new Promise(setImmediate);

it('so many at once; what is urgent overtakes what waits; a failure makes room, too', async () => {
  const lanes = makeLanes(2);
  const begun: string[] = [];
  const ends = new Map<string, PromiseWithResolvers<string>>();
  const start = (name: string, isUrgent = false): Promise<string> =>
    lanes(isUrgent, () => {
      begun.push(name);
      const end = Promise.withResolvers<string>();
      ends.set(name, end);
      return end.promise;
    });
  const all = [start('a'), start('b'), start('c'), start('d', true)];
  await settle();
  expect(begun).toEqual(['a', 'b']);
  ends.get('a')?.reject(new Error('gone'));
  await expect(all[0]).rejects.toThrow('gone');
  await settle();
  expect(begun).toEqual(['a', 'b', 'd']);
  ends.get('b')?.resolve('b');
  await settle();
  expect(begun).toEqual(['a', 'b', 'd', 'c']);
  for (const end of ends.values()) end.resolve('done');
  expect(await Promise.all(all.slice(2))).toEqual(['done', 'done']);
});
